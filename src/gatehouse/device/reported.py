"""What a desk reports of a chip's reading, as far as an inspection takes its word.

Bytes are verified here, whoever read them. What the chip proved while it lay on the reader cannot be repeated, so a
report of it is shown as the desk's word: it can make a verdict worse, never better.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from gatehouse.device.reading_report import ZONE_OF_CHIP, ReadingReport
from gatehouse.kernel.results import Check, Reason, Result

#: The checks that a desk may report, and the file whose key each rests on: without it nothing was proved.
REPORTED: Mapping[str, str] = {
    "chip_access": "",
    "card_access": "DG14",
    "chip_authentication_mapping": "",
    "chip_authentication": "DG14",
    "active_authentication": "DG15",
    "terminal_authentication": "",
}
#: Those that speak against the document where they failed. A chip that does not open may have been asked with a zone
#: that was read wrongly, and what a terminal may read says nothing about the document.
_AGAINST = frozenset({"card_access", "chip_authentication_mapping", "chip_authentication", "active_authentication"})
#: The event that somebody has to know of: the chip was opened with less than it offers.
_DOWNGRADE = "fell_to_bac"


def reported_checks(report: ReadingReport, files: Iterable[str]) -> Iterator[Check]:
    """How the chip was opened, what it proved, and why it was not read to its end."""
    present = frozenset(files)
    seen: set[str] = set()
    for reported in report.checks:
        if reported.result is Result.ABORTED and report.failure is not None:
            continue  # the failure below says why for all of them
        if reported.id in REPORTED and reported.id not in seen:
            seen.add(reported.id)
            yield _believable(reported.check(), report, present)
    if report.failure is not None:
        cause = report.failure.reason()
        yield Check("chip", Result.ABORTED, Reason("the chip was not read to its end: %(cause)s", cause=cause))


def verdict_with(report: ReadingReport, checks: Iterable[Check], result: Result) -> Result:
    """The verdict on the document, with what was reported: failed where the chip failed a proof; a positive verdict on
    a chip that was not read to its end is undetermined."""
    if any(check.id in _AGAINST and check.result is Result.FAILED for check in checks):
        return Result.FAILED
    if report.failure is not None and result is Result.SUCCESSFUL:
        return Result.UNDETERMINED
    return result


def believable_zone(check: Check, report: ReadingReport | None) -> Check:
    """Whether chip and page say the same, where the page was seen: a zone from the chip agrees with itself."""
    from_chip = report is not None and any(event.name == ZONE_OF_CHIP for event in report.events)
    if not from_chip or check.result is not Result.SUCCESSFUL:
        return check
    reason = Reason("the zone on the page could not be read, and this is the chip's own: compare the page by eye")
    return Check(check.id, Result.UNDETERMINED, reason, check.duration_ms)


def _believable(check: Check, report: ReadingReport, files: frozenset[str]) -> Check:
    """The check, where it can have been made; else what is left of it."""
    if check.result is not Result.SUCCESSFUL:
        return check
    needed = REPORTED[check.id]
    if needed and needed not in files:
        reason = Reason("reported as passed, but %(file)s with its key was not sent along", file=needed)
        return Check(check.id, Result.UNDETERMINED, reason, check.duration_ms)
    fall = next((event.detail.reason() for event in report.events if event.name == _DOWNGRADE), None)
    if check.id == "chip_access" and fall is not None:
        reason = Reason("opened with %(access)s: %(why)s", access=report.access, why=fall)
        return Check(check.id, Result.UNDETERMINED, reason, check.duration_ms)
    return check
