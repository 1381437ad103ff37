"""Totals in prose that are not the sum of the parts beside them: 計300人(自行到案計120人、查獲計180人)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate

from gatehouse.kernel.results import Reason
from gatehouse.performance.auditor.comparing import amount
from gatehouse.performance.auditor.findings import Confidence, Finding, Rule, Seen, Severity
from gatehouse.performance.auditor.model import Document, Sentence
from gatehouse.performance.auditor.quantities import Quantity
from gatehouse.performance.auditor.rules.operands import Operand, operands

_TOTAL = re.compile(r"(?:合計|總計|共計|合共|總共|加總|總數)(?:為|約|達|有|[:：])*$")
_SPLIT = re.compile(
    r"[^，。；]{0,10}(?:，|：|(?<=[)]))?(?:分別(?:為|係|是|有)|(?:區|可)?分為|包括|包含|計有|含|係|為|：)"
    r"|，(?=[^，。；：\d]{1,12}\d)"
)
_CLOSED = re.compile(r"分別|分為|係|：")
#: Before a mere comma: the clause that follows has the parts only where this is said to be a sum.
_SAID = re.compile(r"(?:合計|總計|共計|共|計)$")
#: Parts that need not add up: a subset, an open list, one thing counted under several heads.
_OPEN = re.compile(r"其中|等[^級候]|等$|複選|重複|重疊|不含|另有|扣除|主要|以上|每")
_SERIES = re.compile(r"連續|每年|逐年|較|去年|上年|目標|預定")
_EXPLICIT = re.compile(
    r"(?<![\d,.])(?P<terms>\d[\d,.]{0,20}(?:[^\d+=]{0,3}[+]\d[\d,.]{0,20}){1,8})[^\d+=]{0,3}=(?P<total>\d[\d,.]{0,20})"
)
#: So much of the total may be missing before a list after 包括 is taken for examples.
_NEARLY = Fraction(1, 20)
#: More parts than this are no list that somebody added up in a sentence.
_MOST = 24


def sums(document: Document) -> Seen:
    """Totals of sentences."""
    seen = Seen()
    for sentence in document.sentences:
        found = [operand for operand in operands(sentence) if not operand.quantity.about]
        for total in found:
            _bracket(sentence, total, found, seen)
            _after(sentence, total, found, seen)
            _before(sentence, total, found, seen)
            _subset(sentence, total, found, seen)
        _written(sentence, seen)
    return seen


def _bracket(sentence: Sentence, total: Operand, found: Sequence[Operand], seen: Seen) -> None:
    """T(A a、B b)."""
    start = total.quantity.end
    if not sentence.text.startswith("(", start):
        return
    end = closing(sentence.text, start)
    inside = sentence.text[start + 1 : end]
    parts = _same(total, [operand for operand in found if start < operand.quantity.start < end])
    if len(parts) < 2 or _OPEN.search(inside) or _SERIES.search(inside):
        return
    _compare(sentence, total, parts, seen, Confidence.HIGH)


def _after(sentence: Sentence, total: Operand, found: Sequence[Operand], seen: Seen) -> None:
    """共 T，分別為 a、b 及 c. After 包括 the parts may be examples: only nearly the whole is taken for the whole."""
    tail = sentence.text[total.quantity.end :]
    split = _SPLIT.match(tail)
    if not split or tail.startswith("("):
        return
    if split[0] == "，" and not _SAID.search(total.words):
        return
    ends = r"(?<=.)[，；。]" if split[0] == "，" else r"[；。]"
    end = total.quantity.end + len(re.split(ends, tail)[0])
    inside = [operand for operand in found if total.quantity.end < operand.quantity.start < end]
    parts = _same(total, [operand for operand in inside if depth(sentence.text, total.quantity.end, operand) == 0])
    text = sentence.text[total.quantity.end : end]
    if len(parts) < 2 or _OPEN.search(text) or _SERIES.search(text):
        return
    if any(operand.value > total.value for operand in parts):
        return
    whole = sum((operand.value for operand in parts), Fraction(0))
    if _runs(total.value, parts) or _CLOSED.search(split[0]) or abs(total.value - whole) <= _NEARLY * total.value:
        _compare(sentence, total, parts, seen, Confidence.MEDIUM)


def _before(sentence: Sentence, total: Operand, found: Sequence[Operand], seen: Seen) -> None:
    """A a、B b，合計 T."""
    if not _TOTAL.search(sentence.text[max(0, total.quantity.start - 6) : total.quantity.start]):
        return
    begins = max(sentence.text.rfind(mark, 0, total.quantity.start) for mark in "；。：") + 1
    before = [operand for operand in found if begins <= operand.quantity.start < total.quantity.start]
    parts = _same(total, [operand for operand in before if depth(sentence.text, begins, operand) == 0])
    text = sentence.text[begins : total.quantity.end]
    if len(parts) < 2 or _OPEN.search(text) or _SERIES.search(text):
        return
    _compare(sentence, total, parts, seen, Confidence.MEDIUM)


def _subset(sentence: Sentence, total: Operand, found: Sequence[Operand], seen: Seen) -> None:
    """T，其中 a: a part is not more than its whole."""
    after = [operand for operand in found if operand.quantity.start > total.quantity.end and operand.unit == total.unit]
    if not after:
        return
    between = sentence.text[total.quantity.end : after[0].quantity.start]
    if not re.match(r"[，(；]?其中", between) or _SERIES.search(between):
        return
    part = after[0]
    if part.value <= total.value:
        seen.add("sums")
        return
    reason = Reason("%(part)s of it are more than the whole, %(total)s", part=part.printed, total=total.printed)
    expected = Reason("at most %(total)s", total=total.printed)
    kind = (Severity.HIGH, Confidence.HIGH)
    seen.add("sums", _finding(sentence, (total.quantity, part.quantity), part.quantity, kind, (expected, reason)))


def _compare(sentence: Sentence, total: Operand, parts: Sequence[Operand], seen: Seen, confidence: Confidence) -> None:
    if _runs(total.value, parts):
        seen.add("sums")
        return
    whole = sum((operand.value for operand in parts), Fraction(0))
    rounded = [o.quantity for o in (total, *parts) if o.quantity.step < 1 or o.quantity.scale]
    # Rounded parts may miss their rounded total in its last digit, by one.
    slack = min(sum((q.slack for q in rounded), Fraction(0)), max((q.step for q in rounded), default=Fraction(0)))
    if abs(whole - total.value) <= slack:
        seen.add("sums")
        return
    expected = amount(whole, total.quantity if total.quantity.scale == parts[0].quantity.scale else parts[0].quantity)
    reason = Reason(
        "%(parts)s add up to %(expected)s, not %(printed)s",
        parts="、".join(operand.printed for operand in parts),
        expected=expected,
        printed=total.printed,
    )
    quantities = (total.quantity, *(operand.quantity for operand in parts))
    seen.add("sums", _finding(sentence, quantities, total.quantity, (Severity.HIGH, confidence), (expected, reason)))


def _runs(total: Fraction, parts: Sequence[Operand]) -> bool:
    """Whether some neighbouring parts, two or more, add up to the total: others may be parts of parts."""
    upto = [Fraction(0), *accumulate(operand.value for operand in parts)]
    return any(
        upto[last] - upto[first] == total for first in range(len(parts)) for last in range(first + 2, len(parts) + 1)
    )


def _same(total: Operand, found: Sequence[Operand]) -> list[Operand]:
    """The parts that are counted as the total is; none where other things are counted among them."""
    same = [operand for operand in found if operand.unit == total.unit and operand is not total]
    return same if len(same) <= _MOST else []


def _written(sentence: Sentence, seen: Seen) -> None:
    """12,478+9,454=21,932, as it is written."""
    for found in _EXPLICIT.finditer(sentence.text):
        terms = [
            Fraction(term.replace(",", "").rstrip(".")) for term in re.findall(r"\d[\d,]*(?:\.\d+)?", found["terms"])
        ]
        total = Fraction(found["total"].replace(",", "").rstrip("."))
        whole = sum(terms, Fraction(0))
        if whole == total:
            seen.add("sums")
            continue
        expected = f"{float(whole):,g}" if whole.denominator > 1 else f"{int(whole):,}"
        reason = Reason(
            "%(parts)s add up to %(expected)s, not %(printed)s",
            parts=found["terms"],
            expected=expected,
            printed=found["total"],
        )
        quote = sentence.around(found.start(), found.end())
        line = sentence.passage.line(found.start())
        seen.add(
            "sums", Finding(Rule.SUM, Severity.HIGH, Confidence.HIGH, quote, line, found["total"], expected, reason)
        )


def closing(text: str, start: int) -> int:
    """The place of the bracket that closes the one at `start`; the end of the text where none does."""
    level = 0
    for place in range(start, len(text)):
        level += (text[place] == "(") - (text[place] == ")")
        if level == 0:
            return place
    return len(text)


def depth(text: str, start: int, operand: Operand) -> int:
    """How many brackets are open at a quantity, from `start` on."""
    before = text[start : operand.quantity.start]
    return max(0, before.count("(") - before.count(")"))


def _finding(
    sentence: Sentence,
    quantities: Sequence[Quantity],
    printed: Quantity,
    kind: tuple[Severity, Confidence],
    said: tuple[str | Reason, Reason],
) -> Finding:
    start, end = min(q.start for q in quantities), max(q.end for q in quantities)
    line = sentence.passage.line(start)
    return Finding(Rule.SUM, *kind, sentence.around(start, end), line, sentence.printed(printed), *said)
