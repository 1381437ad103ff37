"""The text of a report with the passages that findings quote, so that each leads to the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gatehouse.performance.api import Document, Finding


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text, with the numbers of the findings that quote it; `begins` are those whose passage begins here."""

    text: str
    findings: tuple[int, ...]
    begins: tuple[int, ...]


@dataclass(slots=True)
class Passage:
    """A paragraph, or a row of a table with its cells, from a line on."""

    line: int
    last: int
    cells: list[str]
    is_row: bool
    marked: list[tuple[int, int, int, int]] = field(default_factory=list)  # number, cell, from, until

    def stretches(self) -> list[list[Stretch]]:
        """The stretches of each cell; a paragraph is one cell."""
        return [list(self._cell(index)) for index in range(len(self.cells))]

    def _cell(self, index: int) -> Iterator[Stretch]:
        text = self.cells[index]
        marks = [(number, first, last) for number, cell, first, last in self.marked if cell == index]
        edges = sorted({0, len(text), *(edge for _, first, last in marks for edge in (first, last))})
        for first, last in pairwise(edges):
            over = tuple(number for number, begin, end in marks if begin <= first and last <= end)
            begins = tuple(number for number, begin, _ in marks if begin == first)
            yield Stretch(text[first:last], over, begins)
        if not text:
            yield Stretch("", (), ())


def marked_text(document: Document, findings: Sequence[Finding]) -> list[Passage]:
    """The passages of a report in the order of its lines. Findings are numbered from 1; each marks what it quotes, or
    the whole passage on its line where what it quotes stands in more than one.
    """
    passages = sorted([*_paragraphs(document), *_rows(document)], key=lambda each: each.line)
    for number, finding in enumerate(findings, 1):
        place = _passage_at(passages, finding)
        if place is not None:
            _mark(place, number, finding)
    return passages


def _paragraphs(document: Document) -> Iterator[Passage]:
    sentences: defaultdict[int, list[tuple[str, int, int]]] = defaultdict(list)
    for sentence in document.sentences:
        lines = sentence.passage.lines
        last = lines[-1] if lines else sentence.line
        sentences[sentence.paragraph].append((sentence.passage.printed, sentence.line, last))
    for found in sentences.values():
        yield Passage(found[0][1], found[-1][2], ["".join(text for text, _, _ in found)], is_row=False)


def _rows(document: Document) -> Iterator[Passage]:
    for table in document.tables:
        first = min((row.line for row in table.rows), default=0)
        yield Passage(first - 1, first - 1, list(table.columns), is_row=True)
        for row in table.rows:
            lines = [line for cell in row.cells for line in cell.passage.lines]
            yield Passage(
                row.line, max(lines, default=row.line), [cell.passage.printed for cell in row.cells], is_row=True
            )


def _passage_at(passages: Sequence[Passage], finding: Finding) -> Passage | None:
    """Where a finding begins: on its line, rather where its quote stands."""
    near = [each for each in passages if each.line <= finding.line <= each.last]
    quoted = [each for each in near if any(finding.quote in cell for cell in each.cells)]
    before = [each for each in passages if each.line <= finding.line]
    return next(iter([*quoted, *near, *before[-1:]]), None)


def _mark(place: Passage, number: int, finding: Finding) -> None:
    for index, cell in enumerate(place.cells):
        at = cell.find(finding.quote)
        if at >= 0:
            place.marked.append((number, index, at, at + len(finding.quote)))
            return
    for index, cell in enumerate(place.cells):
        at = cell.find(finding.printed)
        if finding.printed and at >= 0 and place.is_row:
            place.marked.append((number, index, at, at + len(finding.printed)))
            return
    longest = max(range(len(place.cells)), key=lambda index: len(place.cells[index]))
    place.marked.append((number, longest, 0, len(place.cells[longest])))
