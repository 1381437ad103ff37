"""Growth in percent, in numbers and in percentage points, between two values that are printed beside it."""

from __future__ import annotations

import re
from fractions import Fraction

from gatehouse.kernel.results import Reason
from gatehouse.performance.auditor.comparing import Fit, amount, fit, percent, ratio_fit
from gatehouse.performance.auditor.findings import Confidence, Finding, Rule, Seen, Severity
from gatehouse.performance.auditor.model import Document, Sentence
from gatehouse.performance.auditor.quantities import PERCENT, POINTS, Quantity
from gatehouse.performance.auditor.rules.operands import Operand, operands

_UP, _DOWN = r"增加|成長|上升|提升|提高|增幅|升幅|增長|增", r"減少|下降|降低|減幅|降幅|衰退|下跌|縮減|減"
_CHANGE = re.compile(
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:了|率|幅度|幅|比率|比例|約|近|逾|達|為|計|共|高達|[:：(])*$"
)
_TO = re.compile(r"(?:增|增加|提升|提高|成長|上升|擴增|降|降低|下降|減|減少|縮短)(?:至|到|為)(?:[^，。；：、\d]{0,6})$")
_FROM = re.compile(r"(?:由|從|自)[^，；。]{0,30}$")
_THAN = re.compile(r"(?:較|比|相較|相較於|較之)[^，；。]{0,24}$")


def growth(document: Document) -> Seen:
    """Percentages and numbers of growth that do not follow from the two values beside them."""
    seen = Seen()
    for sentence in document.sentences:
        for change in sentence.quantities:
            words = sentence.text[max(0, change.start - 10) : change.start]
            found = _CHANGE.search(words)
            if found and not change.about:
                _look(sentence, change, seen, up=found["up"] is not None)
    return seen


def _look(sentence: Sentence, change: Quantity, seen: Seen, *, up: bool) -> None:
    pair = _pair(sentence, change)
    if pair is None:
        return
    old, new = pair
    values = [operand.value for operand in _values(sentence, change)]
    if any(_fits(one, other, change) for one in values for other in values if one != other):
        rises = new.value > old.value
        turned = new.value != old.value and rises != up
        seen.add(_kind(change), _turned(sentence, change, old, new) if turned else None)
        return
    seen.add(_kind(change), _finding(sentence, change, old, new))


def _kind(change: Quantity) -> str:
    return "ratios" if change.unit == PERCENT else "sums"


def _values(sentence: Sentence, change: Quantity) -> list[Operand]:
    """The values around a change that it may be the difference of; other changes are none."""
    wanted = PERCENT if change.unit == POINTS else None if change.unit == PERCENT else change.unit
    found = operands(sentence, percents=change.unit == POINTS)
    return [
        operand
        for operand in found
        if operand.quantity is not change
        and (wanted is None or operand.quantity.unit == wanted)
        and not _CHANGE.search(sentence.text[max(0, operand.quantity.start - 10) : operand.quantity.start])
    ]


def _pair(sentence: Sentence, change: Quantity) -> tuple[Operand, Operand] | None:
    """The old and the new value, where the words leave one pair: 由 … 增至 …, 較 …, or two years."""
    values = _values(sentence, change)
    if len(values) != 2 or values[0].unit != values[1].unit or values[0].quantity.about or values[1].quantity.about:
        return None
    first, second = values
    text = sentence.text
    if _TO.search(text[: second.quantity.start][-14:]) or _FROM.search(text[: first.quantity.start][-34:]):
        return first, second
    if _THAN.search(text[: second.quantity.start][-28:]):
        return second, first
    if change.start < second.quantity.start:
        return None
    years = [_year(sentence, operand) for operand in values]
    if years[0] is None or years[1] is None or years[0] == years[1]:
        return None
    return (first, second) if years[0] < years[1] else (second, first)


def _year(sentence: Sentence, operand: Operand) -> int | None:
    start = operand.quantity.start
    near = [day for day in sentence.days if start - 20 <= day.start < start]
    return near[-1].first.year if near and near[-1].first else None


def _fits(old: Fraction, new: Fraction, change: Quantity) -> bool:
    difference = abs(new - old)
    if change.unit == PERCENT:
        return old > 0 and ratio_fit((difference, difference), (old, old), change) is not Fit.NONE
    return fit(difference, difference, change) is Fit.EXACT


def _finding(sentence: Sentence, change: Quantity, old: Operand, new: Operand) -> Finding | None:
    difference = abs(new.value - old.value)
    parts = {"old": old.printed, "new": new.printed, "printed": sentence.printed(change)}
    if change.unit != PERCENT:
        expected = amount(difference, change)
        reason = Reason(
            "the difference of %(old)s and %(new)s is %(expected)s, not %(printed)s", expected=expected, **parts
        )
    elif old.value > 0:
        expected = percent(100 * difference / old.value, change.step)
        reason = Reason(
            "from %(old)s to %(new)s is a change of %(expected)s, not %(printed)s", expected=expected, **parts
        )
    else:
        return None
    return _as_finding(sentence, change, (old, new), expected, reason)


def _turned(sentence: Sentence, change: Quantity, old: Operand, new: Operand) -> Finding:
    reason = Reason("from %(old)s to %(new)s is a change the other way", old=old.printed, new=new.printed)
    return _as_finding(sentence, change, (old, new), "-" + sentence.printed(change), reason)


def _as_finding(
    sentence: Sentence, change: Quantity, pair: tuple[Operand, Operand], expected: str | Reason, reason: Reason
) -> Finding:
    start = min(change.start, *(operand.quantity.start for operand in pair))
    end = max(change.end, *(operand.quantity.end for operand in pair))
    return Finding(
        Rule.RATIO if change.unit == PERCENT else Rule.SUM,
        Severity.HIGH,
        Confidence.MEDIUM,
        sentence.around(start, end),
        sentence.passage.line(start),
        sentence.printed(change),
        expected,
        reason,
    )
