"""Logging profiles (BSI TR-03135-2 v2.5 section 4.3): what each holds, as data.

Narrower than the guideline on purpose. Its standard profile adds the files of a chip and the page's data where a check
failed; here only the profiles that a person asks for by permission and purpose hold these. Part 1 section 6.3 leaves it
to the operator and its data-protection officer. What the guideline would have added is named as withheld.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from gatehouse.documents.inspectionlog.names import Domain
from gatehouse.kernel.results import Result

#: Table 4.26: what details a check of each kind; the guideline's own names.
EXTENDED_NODES: Mapping[Domain, tuple[str, ...]] = {
    Domain.OPTICAL: ("dco:ScannedArea", "dco:ScannedImages", "dc:DocumentDetails"),
    Domain.ELECTRONIC: ("dce:ChipFiles", "dce:Trace"),
    Domain.COMBINED: ("dcc:Mismatch",),
    Domain.SEAL: ("dcs:Content",),
    Domain.BIOMETRIC: ("dc:Image",),
}
_DETAILED = frozenset({Result.FAILED, Result.UNDETERMINED})


class LoggingProfile(StrEnum):
    BASIC = "basic"
    STANDARD = "standard"
    STANDARD_OPTICAL = "standard-optical"
    STANDARD_ELECTRONIC = "standard-electronic"
    STANDARD_SEAL = "standard-seal"
    FULL = "full"

    @property
    def is_personal(self) -> bool:
        """Whether it may hold what names a person: it takes a permission and a purpose."""
        return bool(HELD[self].nodes)


@dataclass(frozen=True, slots=True)
class Held:
    """`details`: why a check failed or was undetermined, in which elements and data groups, and what happened
    meanwhile. `nodes`: the extended nodes of these kinds of checks, whatever the results."""

    details: bool
    nodes: frozenset[Domain] = frozenset()


HELD: Mapping[LoggingProfile, Held] = {
    LoggingProfile.BASIC: Held(details=False),
    LoggingProfile.STANDARD: Held(details=True),
    LoggingProfile.STANDARD_OPTICAL: Held(details=True, nodes=frozenset({Domain.OPTICAL})),
    LoggingProfile.STANDARD_ELECTRONIC: Held(details=True, nodes=frozenset({Domain.ELECTRONIC})),
    LoggingProfile.STANDARD_SEAL: Held(details=True, nodes=frozenset({Domain.SEAL})),
    LoggingProfile.FULL: Held(details=True, nodes=frozenset(Domain)),
}


def withheld(profile: LoggingProfile, domain: Domain, result: Result | None) -> tuple[str, ...]:
    """The extended nodes that the guideline asks for with this result and that this profile leaves out."""
    if profile is LoggingProfile.BASIC or result not in _DETAILED or domain in HELD[profile].nodes:
        return ()
    optical_too = EXTENDED_NODES[Domain.OPTICAL] if domain is Domain.ELECTRONIC else ()
    if Domain.OPTICAL in HELD[profile].nodes:
        optical_too = ()
    return (*EXTENDED_NODES[domain], *optical_too)
