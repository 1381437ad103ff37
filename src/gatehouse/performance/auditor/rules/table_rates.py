"""Rates of (C/B) tables that do not follow from their row."""

from __future__ import annotations

from gatehouse.kernel.results import Reason
from gatehouse.performance.auditor.comparing import percent
from gatehouse.performance.auditor.findings import Confidence, Finding, Rule, Seen, Severity
from gatehouse.performance.auditor.model import Document
from gatehouse.performance.auditor.rules.achievements import Judged, Verdict, judged


def ratios(document: Document) -> Seen:
    """Rates that do not follow from their row."""
    seen = Seen()
    for row in judged(document):
        if row.verdict in (Verdict.WRONG, Verdict.RIGHT, Verdict.CAPPED, Verdict.UP_TO_TARGET, Verdict.CUT):
            seen.add("ratios", _wrong(row) if row.verdict is Verdict.WRONG else None)
    return seen


def _wrong(row: Judged) -> Finding:
    return row.finding(
        Rule.RATIO,
        Severity.HIGH,
        Confidence.HIGH,
        percent(row.raw, row.rate.step),
        Reason(
            "%(over)s divided by %(under)s is %(expected)s, not %(printed)s",
            over=row.cell(row.division.over),
            under=row.cell(row.division.under),
            expected=percent(row.raw, row.rate.step),
            printed=row.cell(row.division.rate),
        ),
    )
