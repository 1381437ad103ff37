"""Values of unlike units that were divided by each other, and one amount printed in two units that differ."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise

from gatehouse.kernel.results import Reason
from gatehouse.performance.auditor.comparing import amount, bounds, percent
from gatehouse.performance.auditor.findings import Confidence, Finding, Rule, Seen, Severity
from gatehouse.performance.auditor.model import Document, Sentence
from gatehouse.performance.auditor.quantities import MONEY, Quantity
from gatehouse.performance.auditor.rules.achievements import Judged, Verdict, judged

#: What may stand between an amount and the same amount in another unit.
_SAME = re.compile(r"[(](?:即|約|折合|新臺幣|合)*")


def units(document: Document) -> Seen:
    """Rates of values that count different things, said once a table."""
    seen = Seen()
    rows = list(judged(document))
    seen.checked["units"] += len(rows)
    unlike = [row for row in rows if row.verdict is Verdict.UNLIKE]
    for _, group in groupby(unlike, key=lambda row: id(row.table)):
        seen.findings.append(_unlike(list(group)))
    for sentence in document.sentences:
        _restated(sentence, seen)
    return seen


def _restated(sentence: Sentence, seen: Seen) -> None:
    """An amount with the same amount in another unit in brackets: 1億2,000萬元(120,000千元)."""
    for first, second in pairwise(sentence.quantities):
        between = sentence.text[first.end : second.start]
        if first.unit != MONEY or second.unit != MONEY or first.scale == second.scale or not _SAME.fullmatch(between):
            continue
        if not sentence.text.startswith(")", second.end) or first.about or second.about:
            continue
        low, high = bounds(first)
        same = low <= second.value + second.slack and high >= second.value - second.slack
        seen.add("units", None if same else _two_amounts(sentence, first, second))


def _two_amounts(sentence: Sentence, first: Quantity, second: Quantity) -> Finding:
    expected = amount(first.value, second)
    reason = Reason(
        "%(first)s is %(expected)s, not %(printed)s",
        first=sentence.printed(first),
        expected=expected,
        printed=sentence.printed(second),
    )
    quote = sentence.around(first.start, second.end)
    line = sentence.passage.line(first.start)
    return Finding(Rule.UNITS, Severity.HIGH, Confidence.HIGH, quote, line, sentence.printed(second), expected, reason)


def _unlike(rows: Sequence[Judged]) -> Finding:
    first = rows[0]
    parts = {
        "over": first.cell(first.division.over),
        "under": first.cell(first.division.under),
        "rate": first.cell(first.division.rate),
        "raw": percent(first.raw, first.rate.step),
    }
    if first.over.unit == first.under.unit:
        reason = Reason(
            "the targets are weights that add up to 100%%, but %(over)s is the completion of a milestone: the one is"
            " not divided by the other (that would be %(raw)s; %(rate)s is printed)",
            **parts,
        )
        expected = Reason("%(under)s of the weight, or 100%% of the milestone, in both columns", **parts)
        return first.finding(Rule.UNITS, Severity.MEDIUM, Confidence.HIGH, expected, reason)
    reason = Reason("%(over)s is divided by %(under)s: they do not count the same thing", **parts)
    return first.finding(Rule.UNITS, Severity.MEDIUM, Confidence.MEDIUM, Reason("one unit in both columns"), reason)
