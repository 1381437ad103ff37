"""Values that were rounded up to their target or the wrong way."""

from __future__ import annotations

from gatehouse.kernel.results import Reason
from gatehouse.performance.auditor.comparing import percent
from gatehouse.performance.auditor.findings import Confidence, Rule, Seen, Severity
from gatehouse.performance.auditor.model import Document
from gatehouse.performance.auditor.rules import ratio
from gatehouse.performance.auditor.rules.achievements import Verdict, judged


def rounding(document: Document) -> Seen:
    """Rates that were rounded up to the target, or the wrong way in the last digit."""
    seen = Seen()
    seen.findings.extend(ratio.prose(document)[1].findings)
    for row in judged(document):
        if row.verdict is Verdict.UP_TO_TARGET:
            exact = percent(row.raw, row.rate.step / 100)
            reason = Reason(
                "%(over)s is below the target of %(under)s: the rate of %(expected)s was rounded up to %(printed)s",
                over=row.cell(row.division.over),
                under=row.cell(row.division.under),
                expected=exact,
                printed=row.cell(row.division.rate),
            )
            seen.findings.append(row.finding(Rule.ROUNDING, Severity.MEDIUM, Confidence.HIGH, exact, reason))
        if row.verdict is Verdict.CUT:
            expected = percent(row.raw, row.rate.step)
            reason = Reason(
                "the rate is %(expected)s when it is rounded, not %(printed)s",
                expected=expected,
                printed=row.cell(row.division.rate),
            )
            seen.findings.append(row.finding(Rule.ROUNDING, Severity.LOW, Confidence.MEDIUM, expected, reason))
    return seen
