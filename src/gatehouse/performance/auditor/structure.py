"""Paragraphs and tables as a document: sections by their numerals, sentences by their marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from gatehouse.performance.auditor.dates import days_of
from gatehouse.performance.auditor.grids import Grid
from gatehouse.performance.auditor.joining import Line, Paragraph, blocks_of, level_of
from gatehouse.performance.auditor.model import Cell, Document, Row, Section, Sentence, Table
from gatehouse.performance.auditor.numerals import SCALES
from gatehouse.performance.auditor.passage import Passage
from gatehouse.performance.auditor.quantities import quantities_of

Block = Paragraph | Grid
_TITLE = re.compile(
    r"(?P<number>[(（]?[^、.．)）]{1,4}[、.．)）])(?P<title>[^，。；：、！？]{1,60}(?:、[^，。；：！？]{1,40})?)(?P<end>：|$)"
)
_YEAR = re.compile(r"(?P<year>\d{2,4})年度?[^，。]{0,20}(?:報告|績效|成果)")
_UNIT = re.compile(r"單位[:：]?(?:新臺幣)?(?P<unit>[億百萬千]{0,2}[^\d,，;；、()。：/]{1,3})")
_HEADED = re.compile(
    r"[(（](?:新臺幣)?(?P<unit>[億百萬千]{0,2}(?:元|人次|人|件次|件|座|臺|處|場次|場|家|戶|輛|公頃|公里|公噸|項|個|班次|次|%))[)）]"
)
#: The heading of the annex with what the figures rest on. It explains the report and claims nothing of its own.
_ANNEX = "數字之依據"
_ENDS = "。！？"
#: No sentence of a report is longer in characters: beyond the first it is cut at a mark, beyond the second anywhere.
_LONG, _LONGEST = 1200, 1500


def document_of(blocks: Iterable[Block], lines: int = 0) -> Document:
    """The typed model of what was read."""
    builder = _Builder()
    for block in blocks:
        if isinstance(block, Paragraph):
            builder.paragraph(block)
        else:
            builder.table(block)
    return builder.document(lines)


def document_of_lines(lines: Sequence[Line]) -> Document:
    """A report from the lines of a text."""
    return document_of(blocks_of(lines), len(lines))


class _Builder:
    def __init__(self) -> None:
        self.sections = [Section(0, 0, "", "", None, 1)]
        self.open = [0]
        self.sentences: list[Sentence] = []
        self.tables: list[Table] = []
        self.paragraphs = 0
        self.year: int | None = None
        self.unit = ""
        self.annex: list[str] | None = None

    def paragraph(self, block: Paragraph) -> None:
        passage = Passage.of(block.lines)
        if passage.plain == _ANNEX:
            self.annex = []
        if self.annex is not None:
            self.annex.append(passage.plain)
            return
        if not passage.plain:
            return
        level = level_of(block.lines[0][1])
        if 1 <= level <= 5:
            self._open(level, passage)
        self.paragraphs += 1
        self.year = self.year or _year_of(passage.plain)
        noted = _UNIT.search(passage.plain)
        self.unit = noted["unit"] if noted and len(passage.plain) < 40 else ""
        year, start = self.year, 0
        for start, end in _sentences(passage.plain):
            sentence = Sentence(passage.part(start, end), self.open[-1], self.paragraphs, year)
            self.sentences.append(sentence)
            named = [day.first.year for day in sentence.days if day.first]
            year = named[-1] if named else year

    def _open(self, level: int, passage: Passage) -> None:
        while self.sections[self.open[-1]].level >= level:
            self.open.pop()
        found = _TITLE.match(passage.plain)
        title = found["title"] if found else ""
        number = found["number"] if found else ""
        self.sections.append(Section(len(self.sections), level, number, title, self.open[-1], passage.line()))
        self.open.append(len(self.sections) - 1)

    def table(self, grid: Grid) -> None:
        if self.annex is not None:
            self.annex.extend(Passage.of(cell).plain for row in grid.rows for cell in row)
            return
        rows = [[Passage.of(cell) for cell in row] for row in grid.rows]
        width = max(len(row) for row in rows)
        padded = [[*row, *([Passage.of([])] * (width - len(row)))] for row in rows]
        heads = _headings(padded)
        columns = tuple("".join(row[index].plain for row in padded[:heads]) for index in range(width))
        units = [_unit_of(column, self.unit) for column in columns]
        body = tuple(
            Row(tuple(Cell(cell, *units[index]) for index, cell in enumerate(row)), _line_of(row))
            for row in padded[heads:]
        )
        if body:
            self.tables.append(Table(columns, body, self.open[-1]))
        self.unit = ""

    def document(self, lines: int) -> Document:
        year = self.year or _usual_year(self.sentences)
        return Document(
            tuple(self.sections), tuple(self.sentences), tuple(self.tables), year, lines, "\n".join(self.annex or ())
        )


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends. One without an end is cut: no rule reads further than that."""
    start = 0
    for place, character in enumerate(text):
        length = place + 1 - start
        if character in _ENDS or (length >= _LONG and character in "；，") or length >= _LONGEST:
            yield start, place + 1
            start = place + 1
    if start < len(text):
        yield start, len(text)


def _year_of(text: str) -> int | None:
    found = _YEAR.search(text[:200])
    days = days_of(found["year"] + "年度") if found else ()
    return days[0].first.year if days and days[0].first else None


def _usual_year(sentences: Sequence[Sentence]) -> int | None:
    named = Counter(day.first.year for sentence in sentences for day in sentence.days if day.first)
    return named.most_common(1)[0][0] if named else None


def _headings(rows: Sequence[Sequence[Passage]]) -> int:
    """How many rows at the top are headings: those without a figure."""
    count = 0
    for row in rows[:3]:
        if any(_is_figure(cell.plain) for cell in row[1:]):
            break
        count += 1
    return count if count < len(rows) else 0


def _is_figure(text: str) -> bool:
    if text in ("-", "—", "–"):
        return True
    days = days_of(text)
    return not days and bool(quantities_of(text)) and len(text) < 20 and text[:1] in "0123456789-▲△(約"


def _unit_of(column: str, noted: str) -> tuple[str, int]:
    """The unit of a column and in how many: 金額(千元) is 元 by the thousand."""
    found = _HEADED.search(column)
    unit = (
        found["unit"]
        if found
        else "%"
        if re.search(r"率(?![^()]*數)", column) and "%" in column
        else noted
        if not _rated(column)
        else ""
    )
    factor = 1
    while unit[:1] in SCALES and len(unit) > 1:
        factor *= SCALES[unit[0]]
        unit = unit[1:]
    return unit, factor


def _rated(column: str) -> bool:
    return any(word in column for word in ("率", "比", "%", "成長"))


def _line_of(row: Sequence[Passage]) -> int:
    return next((cell.line() for cell in row if cell.plain), 0)
