"""Password authenticated connection establishment (ICAO 9303-11 clause 4.4)."""

from gatehouse.documents.chip.pace.mapping_proof import MappingProof
from gatehouse.documents.chip.pace.parameters import Mapping, PaceParameters, usable
from gatehouse.documents.chip.pace.terminal import PaceSession, open_with_pace
from gatehouse.documents.chip.pace.tokens import token

__all__ = ["Mapping", "MappingProof", "PaceParameters", "PaceSession", "open_with_pace", "token", "usable"]
