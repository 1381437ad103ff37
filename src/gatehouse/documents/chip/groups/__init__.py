"""The groups in which chip and terminal agree on keys: elliptic curves and prime fields (ICAO 9303-11 clause 9.5)."""

from gatehouse.documents.chip.groups.base import Group
from gatehouse.documents.chip.groups.standardised import standardised_group
from gatehouse.documents.chip.groups.static_keys import StaticKey

__all__ = ["Group", "StaticKey", "standardised_group"]
