"""One thing counted twice with different numbers, put as a question with both readings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from gatehouse.kernel.results import Reason
from gatehouse.performance.auditor.columns import divisions
from gatehouse.performance.auditor.comparing import Fit, fit
from gatehouse.performance.auditor.findings import Confidence, Finding, Rule, Seen, Severity
from gatehouse.performance.auditor.model import Document, Row, Sentence
from gatehouse.performance.auditor.numerals import CHINESE, chinese
from gatehouse.performance.auditor.quantities import PERCENT, Quantity
from gatehouse.performance.auditor.rules.operands import unit_of

_TAIL = re.compile(r"(?:共計|合計|總計|累計|共|計|達|為|約|數|已|合計|有|等|總數|件數|人數|[:：])+$")
_LEAD = re.compile(
    r"(?:完成|已|業|共|本署|本局|本部|本會|本府|本院|並|於|持續|辦理|賡續|全國|全年|年度|年|累計|截至|底止|止|本年度|今年|另|[\d.()、])*"
)
_ORDINAL = re.compile(rf"第(?P<number>[{CHINESE}]{{1,4}})(?=[代期階屆級])")
_YEARLY = re.compile(r"本年度|當年|年內|今年|新增|當期|單月|\d年度(?!計畫)")
_TO_DATE = re.compile(r"累計|累積|歷年|截至|迄今|至今|總計達|目前")
_LONG = 7
#: The shortest name of an indicator that is looked for in prose, and how near its value has to follow.
_SHORTEST, _NEAR = 5, 60
_ELSEWHEN = re.compile(r"目標|去年|上年|前一年|上半年|下半年|季|較|增加|提升|減少|下降|預計|預期|至少|以上|月(?!台)")


@dataclass(frozen=True, slots=True)
class _Mention:
    sentence: Sentence
    quantity: Quantity
    phrase: str
    years: frozenset[int]
    yearly: bool
    to_date: bool


def two_counts(document: Document) -> Seen:
    """Counts of the same words, and indicators whose value stands in a table and in prose."""
    seen = Seen()
    groups: dict[str, list[_Mention]] = defaultdict(list)
    for mention in _mentions(document):
        groups[unit_of(mention.quantity) + mention.phrase[-_LONG:]].append(mention)
    for mentions in groups.values():
        if len({mention.quantity.value for mention in mentions}) > 2:
            continue
        for one, other in combinations(mentions, 2):
            if _same(document, one, other):
                seen.add("counts", None if one.quantity.value == other.quantity.value else _question(one, other))
    _indicators(document, seen)
    return seen


def _mentions(document: Document) -> Iterator[_Mention]:
    for sentence in document.sentences:
        for quantity in sentence.quantities:
            if quantity.about or quantity.unit in ("", PERCENT, "元", "年", "次", "百分點", "個月") or quantity.chinese:
                continue
            before = re.split(r"[，；。：、]", sentence.text[: quantity.start])
            phrase = _TAIL.sub("", _ORDINAL.sub(_arabic, before[-1]))
            if len(phrase) < _LONG or sentence.text.startswith("(", quantity.start - 1):
                continue
            near = sentence.text[max(0, quantity.start - 60) : quantity.start]
            near = re.split(r"[；。]", near)[-1]
            years = _years(sentence, quantity)
            yield _Mention(sentence, quantity, phrase, years, bool(_YEARLY.search(near)), bool(_TO_DATE.search(near)))


def _years(sentence: Sentence, quantity: Quantity) -> frozenset[int]:
    """The years that are named shortly before a number."""
    near = [day for day in sentence.days if quantity.start - 60 <= day.start and day.end <= quantity.start]
    return frozenset(day.first.year for day in near if day.first)


def _arabic(found: re.Match[str]) -> str:
    return f"第{chinese(found['number'])}"


def _same(document: Document, one: _Mention, other: _Mention) -> bool:
    """Whether two mentions count the same: the same words but for neutral ones, in two places, of no two periods."""
    if one.sentence.paragraph == other.sentence.paragraph:
        return False
    if (one.yearly and other.to_date) or (other.yearly and one.to_date):
        return False
    if one.years and other.years and one.years != other.years:
        return False
    common = _suffix(one.phrase, other.phrase)
    rest = [mention.phrase[: len(mention.phrase) - common] for mention in (one, other)]
    return common >= _LONG and all(_LEAD.fullmatch(text) for text in rest) and not _siblings(document, one, other)


def _siblings(document: Document, one: _Mention, other: _Mention) -> bool:
    """Whether the mentions stand in two sections below one heading that each are of something else, such as a place."""
    first = document.sections[one.sentence.section]
    second = document.sections[other.sentence.section]
    return first.parent == second.parent and first.index != second.index and bool(first.title and second.title)


def _suffix(one: str, other: str) -> int:
    count = 0
    while count < min(len(one), len(other)) and one[-1 - count] == other[-1 - count]:
        count += 1
    return count


def _question(one: _Mention, other: _Mention) -> Finding:
    first, second = one.sentence.printed(one.quantity), other.sentence.printed(other.quantity)
    reason = Reason(
        "%(first)s here and %(second)s on line %(line)s in the same words: one within the year, one in all?",
        first=first,
        second=second,
        line=other.sentence.passage.line(other.quantity.start),
    )
    quotes = [mention.sentence.around(mention.quantity.start, mention.quantity.end).strip() for mention in (one, other)]
    expected = Reason("one number, or both with their period: within the year, or in all")
    return Finding(
        Rule.TWO_COUNTS,
        Severity.MEDIUM,
        Confidence.LOW if one.to_date != other.to_date else Confidence.MEDIUM,
        " / ".join(quotes),
        one.sentence.passage.line(one.quantity.start),
        f"{first} / {second}",
        expected,
        reason,
    )


def _indicators(document: Document, seen: Seen) -> None:
    for table in document.tables:
        for division in divisions(table):
            if not division.achievement:
                continue
            scope = document.inside(document.plan_of(table.section))
            for row in table.rows:
                _indicator(document, row, division.over, scope, seen)


def _indicator(document: Document, row: Row, actual: int, scope: list[Sentence], seen: Seen) -> None:
    name = re.sub(r"^[(]?[\d一二三四五六七八九十]{1,2}[).、]", "", row.label)
    value = row.cells[actual].quantity
    if len(name) < _SHORTEST or value is None or value.unit not in ("", PERCENT):
        return
    known = [cell.quantity.value for cell in row.cells[1:] if cell.quantity]
    for sentence in scope:
        found = _value_of(document, name, sentence)
        if found:
            same = found.value in known or fit(value.value, value.value, found) is Fit.EXACT
            seen.add("counts", None if same else _two_values(row, actual, sentence, found))


def _value_of(document: Document, name: str, sentence: Sentence) -> Quantity | None:
    """The percentage that a sentence gives for an indicator that it, or the heading above it, names."""
    place = sentence.text.find(name)
    if place > 0 and sentence.text[place - 1] not in "，、：；-」)之的.":
        return None
    start = place + len(name)
    if place < 0:
        title = document.sections[sentence.section].title
        if not title.endswith(name) or (len(title) > len(name) and title[-len(name) - 1] not in "-)、."):
            return None
        start = 0
    after = [q for q in sentence.quantities if q.unit == PERCENT and q.start >= start]
    if not after or after[0].start - start > _NEAR or _ELSEWHEN.search(sentence.text[start : after[0].start]):
        return None
    return after[0]


def _two_values(row: Row, actual: int, sentence: Sentence, quantity: Quantity) -> Finding:
    printed = row.cells[actual].passage.printed
    reason = Reason(
        "the table on line %(line)s has %(table)s, the text %(text)s",
        line=row.line,
        table=printed,
        text=sentence.printed(quantity),
    )
    quote = sentence.around(quantity.start, quantity.end)
    line = sentence.passage.line(quantity.start)
    return Finding(
        Rule.TWO_COUNTS,
        Severity.MEDIUM,
        Confidence.MEDIUM,
        quote,
        line,
        f"{sentence.printed(quantity)} / {printed}",
        printed,
        reason,
    )
