"""Lines of text as paragraphs and tables: a report's lines are wrapped anywhere, in the middle of words and figures.

A paragraph ends where a sentence ends at the end of a line, where the next line begins with a numeral of the form
(壹、 一、 (一) 1. (1)) or a bullet, or where a line is clearly shorter than the others and the next begins anew.
"""

from __future__ import annotations

import re
import statistics
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gatehouse.performance.auditor.grids import Grid, piped, spaced, tabbed

Line = tuple[int, str]
_HAN = "一二三四五六七八九十"
#: The numerals of the five levels: 壹、 一、 (一) 1. (1), and bullets, which open no section.
MARKERS = (
    re.compile(r"\s*[壹貳參叁肆伍陸柒捌玖拾]{1,3}[、.．]"),
    re.compile(rf"\s*[{_HAN}]{{1,3}}[、.．]"),
    re.compile(rf"\s*[(（][{_HAN}]{{1,3}}[)）]"),
    re.compile(r"\s*[\d０-９]{1,2}[.．、](?![\d０-９])"),
    re.compile(r"\s*[(（][\d０-９]{1,2}[)）]"),
)
_BULLET = re.compile(r"\s*(?:[-*•‧●○◎■□※◆➢▪]\s*(?![\d.])|[①-⑳⑴-⒇])")
_PAGE = re.compile(r"(?:第\s*\d{1,4}\s*頁(?:[，,/]?\s*共\s*\d{1,4}\s*頁)?|-?\s*\d{1,4}\s*-?|\d{1,4}\s*/\s*\d{1,4})")
_END = re.compile(r"[。！？：!?:][」』）)]?\s*$")
#: Text wrapped by a printer is not wider than this in columns.
_WIDEST = 130
_LONGEST_PAGE = 24
#: So many paragraphs at least show that they are lines.
_FEWEST = 8


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together, with their numbers."""

    lines: tuple[Line, ...]


def level_of(text: str) -> int:
    """The level of the numeral that a line begins with, 1 to 5; 6 for a bullet; 0 for none."""
    for level, marker in enumerate(MARKERS, 1):
        if marker.match(text):
            return level
    return 6 if _BULLET.match(text) else 0


def blocks_of(lines: Sequence[Line], width: float | None = None) -> Iterator[Paragraph | Grid]:
    """Paragraphs and tables in the order of the lines; numbers of pages are left out.

    `width` is where the whole text was wrapped, if these lines are a part of it.
    """
    kept = [(number, text) for number, text in lines if text.strip()]
    kept = [line for index, line in enumerate(kept) if not _is_page(kept, index)]
    width = width or wrapped_at(kept)
    begun: list[Line] = []
    index = 0
    while index < len(kept):
        found = piped(kept, index) or tabbed(kept, index) or spaced(kept, index)
        if found:
            if begun:
                yield Paragraph(tuple(begun))
                begun = []
            grid, index = found
            yield grid
            continue
        if begun and _breaks(begun[-1], kept[index], width):
            yield Paragraph(tuple(begun))
            begun = []
        begun.append(kept[index])
        index += 1
    if begun:
        yield Paragraph(tuple(begun))


def unwrapped(blocks: Iterable[Paragraph | Grid]) -> Iterator[Paragraph | Grid]:
    """The blocks of a document, where somebody made each printed line a paragraph of its own: as they were meant."""
    run: list[Paragraph] = []
    for block in (*blocks, None):
        if isinstance(block, Paragraph):
            run.append(block)
            continue
        lines = [line for paragraph in run for line in paragraph.lines]
        yield from blocks_of(lines) if _all_wrapped(run) else run
        run = []
        if block is not None:
            yield block


def _all_wrapped(run: Sequence[Paragraph]) -> bool:
    """Whether paragraphs are lines of one width: where one is much wider than usual, each is a paragraph indeed."""
    lines = [paragraph.lines[0] for paragraph in run]
    if len(lines) < _FEWEST or any(len(paragraph.lines) > 1 for paragraph in run):
        return False
    width = wrapped_at(lines)
    return width is not None and max(columns(text) for _, text in lines) <= 1.5 * width


def _is_page(lines: Sequence[Line], index: int) -> bool:
    """A line that holds only the number of a page: it begins or ends no sentence."""
    text = lines[index][1].strip()
    if len(text) > _LONGEST_PAGE or not _PAGE.fullmatch(text):
        return False
    return "頁" in text or index == 0 or bool(_END.search(lines[index - 1][1])) or index + 1 == len(lines)


def _breaks(before: Line, line: Line, width: float | None) -> bool:
    if level_of(line[1]) and not before[1].rstrip().endswith("第"):
        return True
    if _END.search(before[1]):
        return True
    if width is None:
        return True
    return columns(before[1]) < 0.7 * width


def columns(text: str) -> int:
    """How wide a line is printed: a Chinese character is as wide as two letters."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text.strip())


def wrapped_at(lines: Sequence[Line]) -> float | None:
    """The width at which the text was wrapped; None where each line is a paragraph of its own."""
    within = [columns(text) for _, text in lines if not _END.search(text)]
    if not within or len(within) < max(2, len(lines) // 4):
        return None
    usual = statistics.median(within)
    near = sum(abs(width - usual) <= 0.3 * usual for width in within)
    return usual if 16 <= usual <= _WIDEST and near >= 0.5 * len(within) else None
