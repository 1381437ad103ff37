"""What a desk reports of a chip's reading, as far as an inspection takes its word.

Bytes are verified here, whoever read them. What the chip proved while it lay on the reader cannot be repeated, so a
report of it is shown as the desk's word: it can make a verdict worse, never better.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from gatehouse.device.reading_report import ReadingReport
from gatehouse.kernel.results import Check, Reason, Result

#: The checks that a desk may report, and the file whose key each rests on: without it nothing was proved.
REPORTED: Mapping[str, str] = {
    "active_authentication": "DG15",
    "chip_authentication": "DG14",
    "chip_authentication_mapping": "DG14",
    "terminal_authentication": "",
}
#: Events that somebody has to know of: the chip was opened with less than it offers.
DOWNGRADES = frozenset({"fell_to_bac"})


def reported_checks(report: ReadingReport, files: Iterable[str]) -> Iterator[Check]:
    """How the chip was opened, what it proved, and why it was not read to its end."""
    if report.access:
        yield _access(report)
    present = frozenset(files)
    seen: set[str] = set()
    for reported in report.checks:
        if reported.id in REPORTED and reported.id not in seen:
            seen.add(reported.id)
            yield _believable(reported.check(), present)
    if report.failure is not None:
        cause = report.failure.reason()
        yield Check("chip", Result.ABORTED, Reason("the chip was not read to its end: %(cause)s", cause=cause))


def verdict_with(report: ReadingReport, checks: Iterable[Check], result: Result) -> Result:
    """The verdict on the document, with what was reported: failed where the chip failed a proof; a positive verdict on
    a chip that was not read to its end is undetermined."""
    if any(check.id in REPORTED and check.result is Result.FAILED for check in checks):
        return Result.FAILED
    if report.failure is not None and result is Result.SUCCESSFUL:
        return Result.UNDETERMINED
    return result


def _access(report: ReadingReport) -> Check:
    for event in report.events:
        if event.name in DOWNGRADES:
            reason = Reason("opened with %(access)s: %(why)s", access=report.access, why=event.detail.reason())
            return Check("chip_access", Result.UNDETERMINED, reason)
    if report.access == "none":
        return Check("chip_access", Result.NOT_SUPPORTED, Reason("the chip asks for no key"))
    return Check("chip_access", Result.SUCCESSFUL, Reason("opened with %(access)s", access=report.access))


def _believable(check: Check, files: frozenset[str]) -> Check:
    needed = REPORTED[check.id]
    if check.result is Result.SUCCESSFUL and needed and needed not in files:
        reason = Reason("reported as passed, but %(file)s with its key was not sent along", file=needed)
        return Check(check.id, Result.UNDETERMINED, reason)
    return check
