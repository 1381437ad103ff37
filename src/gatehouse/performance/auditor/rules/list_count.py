"""Lists that are shorter or longer than the number that stands beside them.

A list that ends with 等 may be open: it is questioned only where one item seems to be lacking and the last is joined by
及, or where it is longer than its number. Every way of counting it is tried: brackets, and 及 within an item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gatehouse.kernel.results import Reason
from gatehouse.performance.auditor.findings import Confidence, Finding, Rule, Seen, Severity
from gatehouse.performance.auditor.model import Document, Sentence
from gatehouse.performance.auditor.quantities import Quantity
from gatehouse.performance.auditor.rules.sums import closing

_WORDS = """
項 種 類 個 國 處 場 場次 案 款 縣市 家 所 條 點 面向 階段 校 座 站 組 部 件 區 國家 機關 單位 城市 館 園 班
"""
_UNITS = frozenset(_WORDS.split())
_MOST = 30
_COUNT = re.compile(r"(?:共計|合計|共|計|總計)$")
_ETC = re.compile(r"等(?P<noun>[^，。；：、()等]{0,14}?)(?:共計|合計|共|計|總計)?$")
_AFTER = re.compile(
    r"[^，。；：()、\d]{0,14}(?:[:：]|，?(?P<way>分別為|分別是|即為|即(?![時將可刻便予])|包括|包含|計有|涵蓋)[:：]?|(?P<open>[(]))"
)
_EACH = re.compile(r"(?:各|每|第|前|其餘|其他|另|逾|新增|增加|減少)$")
_CLOSED = re.compile(r"分別")
_JOIN = re.compile(r"以及|[及與和暨]")
#: Items in brackets that may be meant as items of their own: 大陸(港澳、外人).
_IN_BRACKETS = re.compile(r"[(]([^()]*、[^()]*)[)]")
_ENUMERATED = re.compile(r"[(（]\d{1,2}[)）]|[①-⑳]|(?<![\d.])\d{1,2}[.、](?![\d])")
_BELOW = re.compile(r"(?:如下|下列|以下|如次)[^。]{0,20}$")


@dataclass(frozen=True, slots=True)
class _List:
    """What stands beside a number: the ways to count it, and whether it may be open."""

    readings: frozenset[int]
    usual: int
    start: int
    end: int
    is_open: bool
    joined: bool
    lenient: bool = False

    def fits(self, count: int) -> bool:
        if count in self.readings:
            return True
        lacking = count - max(self.readings)
        if self.is_open:
            return lacking > 0 and not (self._one_short(count) and self.joined and self.usual >= 3)
        return self.lenient and lacking > 1

    def _one_short(self, count: int) -> bool:
        return count - self.usual == 1


def list_count(document: Document) -> Seen:
    """Each number that a list stands beside."""
    seen = Seen()
    for sentence in document.sentences:
        for quantity in sentence.quantities:
            if quantity.unit not in _UNITS or not 2 <= quantity.value <= _MOST or quantity.about:
                continue
            if _EACH.search(sentence.text[max(0, quantity.start - 2) : quantity.start]):
                continue
            for found in _lists(sentence, quantity):
                seen.add("lists", None if found.fits(int(quantity.value)) else _finding(sentence, quantity, found))
        _below(document, sentence, seen)
    return seen


def _lists(sentence: Sentence, quantity: Quantity) -> Iterator[_List]:
    before = _before(sentence.text, quantity, sentence.begins)
    after = _after(sentence.text, quantity)
    if before:
        yield before
    elif after:
        yield after


def _before(text: str, quantity: Quantity, begins: int) -> _List | None:
    """A、B及C等3項, A、B、C共3項."""
    head = text[: quantity.start]
    etc = _ETC.search(head[-24:])
    end = quantity.start - (len(etc[0]) if etc else 0)
    if not etc:
        counted = _COUNT.search(head)
        if not counted:
            return None
        end = counted.start() - head[: counted.start()].endswith("，")
    start = max(begins, _opening(text, end))
    return _counted(text, start, end, is_open=etc is not None)


def _after(text: str, quantity: Quantity) -> _List | None:
    """3項：A、B及C; 3項，分別為A、B、C."""
    found = _AFTER.match(text, quantity.end)
    if not found:
        return None
    start = found.end()
    stops = [place for mark in "。；" if (place := text.find(mark, start)) >= 0]
    end = closing(text, start - 1) if found["open"] else min(stops, default=len(text))
    inside = text[start:end]
    numbered = len(_ENUMERATED.findall(inside))
    if numbered >= 2:
        return _List(frozenset({numbered}), numbered, start, end, is_open=False, joined=False)
    if "，" in _flat(inside) or re.search(r"\d", inside):
        return None
    etc = re.search(r"等[^、]{0,8}$", inside)
    lenient = found["way"] in ("包括", "包含", "計有", "涵蓋")
    return _counted(
        text, start, start + (etc.start() if etc else len(inside)), is_open=etc is not None, lenient=lenient
    )


def _opening(text: str, end: int) -> int:
    """Where the list that ends at a place begins: after the last mark outside brackets."""
    level = 0
    for place in range(end - 1, -1, -1):
        level += (text[place] == ")") - (text[place] == "(")
        if level == 0 and text[place] in "，。；：":
            return place + 1
        if level < 0:
            return place + 1
    return 0


def _flat(text: str) -> str:
    """A text without what stands in brackets or quotes."""
    kept, level = [], 0
    for character in text:
        level += character in "(「『"
        if level == 0:
            kept.append(character)
        level -= character in ")」』" and level > 0
    return "".join(kept)


def _counted(text: str, start: int, end: int, *, is_open: bool, lenient: bool = False) -> _List | None:
    inside = text[start:end]
    flat = _flat(inside)
    items = [item for item in flat.split("、") if item]
    if len(items) < 2 or re.search(r"\d(?!代|級|期|G)", flat):
        return None
    joins = [len(_JOIN.findall(item)) for item in items]
    usual = len(items) + (1 if joins[-1] else 0)
    least, most = len(items), len(items) + sum(joins)
    readings = set(range(least, most + 1)) if joins[-1] != 1 or sum(joins) != 1 else {usual}
    bracketed = sum(len(found.split("、")) for found in _IN_BRACKETS.findall(inside))
    readings |= {reading + bracketed for reading in tuple(readings)}
    return _List(frozenset(readings), usual, start, end, is_open, joined=joins[-1] > 0, lenient=lenient)


def _below(document: Document, sentence: Sentence, seen: Seen) -> None:
    """下列3項： or 3處： with numbered paragraphs below, none of which counts more than one of the kind."""
    text = sentence.text.rstrip("：")
    if text == sentence.text:
        return
    near = 12 if _BELOW.search(text) else 0
    counts = [q for q in sentence.quantities if q.unit in _UNITS and len(text) - q.end <= near]
    children = [section for section in document.sections if section.parent == sentence.section]
    if len(counts) != 1 or len(children) < 2 or counts[0].about or counts[0].value < 2:
        return
    below = [each for child in children for each in document.inside(child.index)]
    if any(q.unit == counts[0].unit for each in below for q in each.quantities):
        return
    wanted = int(counts[0].value)
    found = _List(frozenset({len(children)}), len(children), 0, len(text), is_open=False, joined=False)
    seen.add("lists", None if wanted == len(children) else _finding(sentence, counts[0], found))


def _finding(sentence: Sentence, quantity: Quantity, found: _List) -> Finding:
    others = sorted(found.readings - {found.usual})
    parts = {"printed": sentence.printed(quantity), "count": found.usual, "others": "、".join(map(str, others))}
    if others:
        reason = Reason(
            "%(printed)s are stated; the list has %(count)s by its punctuation, %(others)s with brackets counted apart",
            **parts,
        )
    else:
        reason = Reason("%(printed)s are stated; the list has %(count)s", **parts)
    start, end = min(found.start, quantity.start), max(found.end, quantity.end)
    expected = "/".join(str(count) for count in (found.usual, *others))
    kind = (Severity.LOW, Confidence.LOW) if found.is_open else (Severity.MEDIUM, Confidence.MEDIUM)
    quote = sentence.passage.quote(start, end)
    return Finding(
        Rule.LIST_COUNT, *kind, quote, sentence.passage.line(start), sentence.printed(quantity), expected, reason
    )
