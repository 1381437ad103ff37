"""The results that follow from others, by the guideline's tables (BSI TR-03135-1 v2.5, clauses 5.4 to 5.9).

Where a table leaves open which of two rules wins, failed comes before aborted, as its tables 5.44 and 5.55 say.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from gatehouse.documents.inspectionlog.names import Domain
from gatehouse.kernel.results import Result

_SUCCESSFUL, _FAILED, _UNDETERMINED, _NOT_SUPPORTED, _ABORTED = Result
Rule = Callable[[Collection[Result]], Result]


def at_least_one(results: Collection[Result]) -> Result:
    """Tables 5.6, 5.7, 5.44, 5.55, 5.56, 5.60, 5.64, 5.69, 5.72: what is not supported takes nothing from the rest."""
    for each in (_FAILED, _ABORTED, _UNDETERMINED, _SUCCESSFUL):
        if each in results:
            return each
    return _NOT_SUPPORTED


def every_one(results: Collection[Result]) -> Result:
    """Tables 5.22, 5.27, 5.31, 5.39: what a chip holds. "Not supported" below makes it undetermined."""
    for each in (_FAILED, _ABORTED):
        if each in results:
            return each
    return _SUCCESSFUL if set(results) == {_SUCCESSFUL} else _UNDETERMINED


def one_protocol(results: Collection[Result]) -> Result:
    """Table 5.18 (BAC or PACE) and table 5.23 (AA, CA or PACE-CAM): one that succeeds is enough."""
    for each in (_SUCCESSFUL, _FAILED, _ABORTED, _UNDETERMINED):
        if each in results:
            return each
    return _NOT_SUPPORTED


def access(results: Collection[Result]) -> Result:
    """Table 5.17, of the mandatory protocols."""
    for each in (_FAILED, _ABORTED, _NOT_SUPPORTED):
        if each in results:
            return each
    return _SUCCESSFUL


def overall(results: Collection[Result]) -> Result:
    """Table 5.2. What it leaves to the application: nothing supported is not supported, a mixture undetermined."""
    for each in (_FAILED, _ABORTED):
        if each in results:
            return each
    found = set(results)
    if len(found) == 1 and found <= {_SUCCESSFUL, _NOT_SUPPORTED}:
        return found.pop()
    return _UNDETERMINED


@dataclass(frozen=True, slots=True)
class Group:
    """A result that is put together: from the checks of these ids, and from the groups below."""

    clause: str
    title: str
    rule: Rule
    checks: tuple[str, ...] = ()
    below: tuple[Group, ...] = field(default=())


GROUPS: Mapping[Domain, Group] = {
    Domain.OPTICAL: Group(
        "5.5.4",
        "Optical check result",
        at_least_one,
        below=(Group("5.5.4.1", "Check MRZ for ICAO compliance", at_least_one, ("mrz_check_digits",)),),
    ),
    Domain.ELECTRONIC: Group(
        "5.6",
        "Electronic checks of electronic MRTDs",
        at_least_one,
        ("chip",),
        (
            # Terminal authentication says what a terminal may read, nothing of the document: logged, not counted.
            Group(
                "5.6.3",
                "Chip access protocols",
                access,
                below=(Group("5.6.3.1", "Chip access performing BAC or PACE", one_protocol, ("bac", "pace")),),
            ),
            Group(
                "5.6.4",
                "Checking chip content",
                every_one,
                ("issuer_state",),
                (
                    Group(
                        "5.6.4.1",
                        "Checking chip authenticity (AA, CA, PACE-CAM)",
                        one_protocol,
                        ("active_authentication", "chip_authentication", "chip_authentication_mapping"),
                    ),
                    Group("5.6.4.2.1", "Verification of the security objects", every_one, ("sod_signature",)),
                    Group(
                        "5.6.4.3.1",
                        "Final result of the issuer certificate check",
                        every_one,
                        ("dsc_chain", "dsc_validity", "revocation"),
                    ),
                    Group(
                        "5.6.4.4",
                        "Integrity of chip contents",
                        every_one,
                        ("com_sod", "dg_hash", "dg1_content", "dg2_content", "dg11_content"),
                    ),
                ),
            ),
        ),
    ),
    Domain.COMBINED: Group("5.7", "Combined checks", at_least_one, ("expiry", "dg1_zone")),
    Domain.SEAL: Group(
        "5.9.1",
        "Overall result",
        at_least_one,
        below=(
            Group("5.9.1.1", "Readability check", at_least_one, ("seal_read",)),
            Group("5.9.1.2", "Integrity check", at_least_one, ("seal_contents", "seal_zone")),
            Group(
                "5.9.1.3",
                "Issuer certificates check",
                at_least_one,
                ("signer_chain", "signer_validity", "signer_revocation", "signer_purpose"),
            ),
            Group("5.9.1.4", "Authenticity check", at_least_one, ("seal_signature",)),
            Group("5.9.1.5", "Country comparison", at_least_one, ("issuer_state",)),
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Aggregated:
    clause: str
    title: str
    result: Result


def aggregated(group: Group, results: Mapping[str, Result]) -> tuple[Aggregated, ...]:
    """The group's result first, then those of the groups below; empty where none of its checks was made."""
    below = [found for each in group.below if (found := aggregated(each, results))]
    counted = [results[id] for id in group.checks if id in results] + [found[0].result for found in below]
    if not counted:
        return ()
    own = Aggregated(group.clause, group.title, group.rule(counted))
    return (own, *(each for found in below for each in found))


_STRICTNESS = {_SUCCESSFUL: 0, _NOT_SUPPORTED: 1, _UNDETERMINED: 1, _ABORTED: 1, _FAILED: 2}


def stricter(house: Result, guideline: Result) -> str:
    """Which of two verdicts on one document lets less pass: "house", "guideline", or "" where neither does."""
    difference = _STRICTNESS[house] - _STRICTNESS[guideline]
    return "house" if difference > 0 else "guideline" if difference < 0 else ""
