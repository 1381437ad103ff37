"""The narrative: the agency's own text, in which every figure is a reference to the book.

A line that begins with a numeral of the form (壹、 一、 (一) 1. (1)) opens a section of that level. On the first two
levels the rest of the line is its title; below them a title is what ends in ： before any other punctuation, and
without one the section is a numbered paragraph. Lines that begin with | are a table, the first of them its headings.
Every other line is a paragraph. A figure stands as `{id}` or `{id:style}`; a brace that is meant is doubled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gatehouse.kernel.errors import UnreadableError

_DIGITS = "一二三四五六七八九十"
#: The numerals of the five levels, as they are printed.
NUMERALS = (
    re.compile(r"(?P<number>[壹貳參肆伍陸柒捌玖拾]+、)(?P<rest>.*)"),
    re.compile(rf"(?P<number>[{_DIGITS}]+、)(?P<rest>.*)"),
    re.compile(rf"(?P<number>[(（][{_DIGITS}]+[)）])\s*(?P<rest>.*)"),
    re.compile(r"(?P<number>\d{1,2}\.)\s*(?P<rest>.*)"),
    re.compile(r"(?P<number>[(（]\d{1,2}[)）])\s*(?P<rest>.*)"),
)
_RUN = re.compile(r"\{\{|\}\}|\{(?P<id>[a-z0-9][A-Za-z0-9.-]*)(?::(?P<style>[a-z0-9]+))?\}|\{|\}")
_TITLE = re.compile(r"(?P<title>[^，。；、：{}]{1,30}：)(?P<text>.*)")
#: Digits that are no figures: ordinals (第3次), years of the calendar (112年度, 2023-2024), names in quotes.
_NAMES = re.compile(r"「[^」]*」|第\d+|\d{2,3}年度|\d{2,3}年(?=[及至、起期])|\d{4}-\d{4}")
_FIGURE = re.compile(r"\d[\d,.]*")


@dataclass(frozen=True, slots=True)
class Reference:
    """`{id:style}` in the narrative. The style of a whole number is `number` where none is named."""

    id: str
    style: str


Part = str | Reference
Line = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class TextLine:
    parts: Line


@dataclass(frozen=True, slots=True)
class Rows:
    headings: tuple[str, ...]
    cells: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """Opens a section; everything until the next heading of its level or above belongs to it."""

    level: int
    number: str
    title: Line


Element = TextLine | Rows | Heading


def parse(text: str) -> tuple[Element, ...]:
    """The elements of a narrative in their order.

    Raises `UnreadableError`, with the line's number, for a lone brace or a row with more or fewer cells than headings.
    """
    return tuple(_elements([(n, line.strip()) for n, line in enumerate(text.splitlines(), 1)]))


def _elements(lines: list[tuple[int, str]]) -> Iterator[Element]:
    rows: list[tuple[int, str]] = []
    for number, line in [*lines, (0, "")]:
        if line.startswith("|"):
            rows.append((number, line))
            continue
        if rows:
            yield _table(rows)
            rows = []
        if line:
            yield from _line(number, line)


def _line(number: int, line: str) -> Iterator[Element]:
    for level, numeral in enumerate(NUMERALS, 1):
        if found := numeral.fullmatch(line):
            title, text = _title(level, found["rest"])
            yield Heading(level, found["number"], parts_of(title, number))
            if text:
                yield TextLine(parts_of(text, number))
            return
    yield TextLine(parts_of(line, number))


def _title(level: int, rest: str) -> tuple[str, str]:
    if level <= 2:
        return rest, ""
    found = _TITLE.fullmatch(rest)
    return (found["title"], found["text"]) if found else ("", rest)


def _table(rows: list[tuple[int, str]]) -> Rows:
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for _, line in rows]
    for (number, _), row in zip(rows, cells, strict=True):
        if len(row) != len(cells[0]):
            raise UnreadableError("line %(line)s: the row has not as many cells as the headings", line=str(number))
    body = [tuple(parts_of(cell, number) for cell in row) for (number, _), row in zip(rows, cells, strict=True)][1:]
    return Rows(tuple(cells[0]), tuple(body))


def parts_of(line: str, number: int = 1) -> Line:
    """A line as words and references. Raises `UnreadableError` for a lone brace."""
    parts: list[Part] = []
    end = 0
    for found in _RUN.finditer(line):
        if found[0] in "{}":
            raise UnreadableError(
                "line %(line)s: a brace opens or closes no reference; write it twice where it is meant",
                line=str(number),
            )
        parts.append(line[end : found.start()])
        doubled = found["id"] is None
        parts.append(found[0][0] if doubled else Reference(found["id"], found["style"] or "number"))
        end = found.end()
    parts.append(line[end:])
    return _joined(parts)


def _joined(parts: list[Part]) -> Line:
    """Neighbouring words as one; nothing empty."""
    joined: list[Part] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        elif part != "":
            joined.append(part)
    return tuple(joined)


def references(text: str) -> tuple[Reference, ...]:
    """Each reference of a narrative, in the order of the text. Raises as `parse`."""
    return tuple(part for line in _lines(parse(text)) for part in line if isinstance(part, Reference))


def typed_figures(text: str) -> tuple[str, ...]:
    """Figures that were typed where a reference belongs: `91,378` in the words. Raises as `parse`."""
    words = [part for line in _lines(parse(text)) for part in line if isinstance(part, str)]
    return tuple(figure[0] for part in words for figure in _FIGURE.finditer(_NAMES.sub("", part)))


def _lines(elements: tuple[Element, ...]) -> Iterator[Line]:
    for element in elements:
        match element:
            case Heading():
                yield element.title
            case TextLine():
                yield element.parts
            case Rows():
                yield from (cell for row in element.cells for cell in row[1:])
