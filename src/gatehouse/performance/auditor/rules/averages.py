"""Averages that do not follow from the one total and the one count beside them: 42場，2萬9,400人次，平均每場700人次."""

from __future__ import annotations

import re

from gatehouse.kernel.results import Reason
from gatehouse.performance.auditor.comparing import Fit, amount, bounds, fit
from gatehouse.performance.auditor.findings import Confidence, Finding, Rule, Seen, Severity
from gatehouse.performance.auditor.model import Document, Sentence
from gatehouse.performance.auditor.quantities import Quantity
from gatehouse.performance.auditor.rules.operands import Operand, operands

_AVERAGE = re.compile(r"平均每(?:一|1)?(?P<per>[^\d，。；：、()]{1,3}?)(?:約|為|達|計|近|逾|補助|參加|服務)*$")


def averages(document: Document) -> Seen:
    """Every average of so much for each of a kind, where one total and one count stand before it."""
    seen = Seen()
    for sentence in document.sentences:
        for mean in sentence.quantities:
            named = _AVERAGE.search(sentence.text[max(0, mean.start - 16) : mean.start])
            pair = _pair(sentence, mean, named["per"]) if named else None
            if pair:
                seen.add("ratios", _judge(sentence, mean, *pair))
    return seen


def _pair(sentence: Sentence, mean: Quantity, per: str) -> tuple[Operand, Operand] | None:
    """The total and the count, where there is one of each: two totals leave more than one reading."""
    before = operands(sentence, until=mean.start)
    totals = [operand for operand in before if operand.quantity.unit == mean.unit]
    counts = [operand for operand in before if operand.quantity.unit == per and operand.value > 0]
    if len(totals) != 1 or len(counts) != 1 or mean.unit == per or len(before) > 3:
        return None
    return totals[0], counts[0]


def _judge(sentence: Sentence, mean: Quantity, total: Operand, count: Operand) -> Finding | None:
    low, high = bounds(total.quantity)
    fewest, most = bounds(count.quantity)
    if fewest <= 0 or fit(low / most, high / fewest, mean) is not Fit.NONE:
        return None
    expected = amount(total.value / count.value, mean)
    reason = Reason(
        "%(over)s divided by %(under)s is %(expected)s, not %(printed)s",
        over=total.printed,
        under=count.printed,
        expected=expected,
        printed=sentence.printed(mean),
    )
    start = min(total.quantity.start, count.quantity.start)
    quote, line = sentence.around(start, mean.end), sentence.passage.line(start)
    return Finding(Rule.RATIO, Severity.HIGH, Confidence.MEDIUM, quote, line, sentence.printed(mean), expected, reason)
