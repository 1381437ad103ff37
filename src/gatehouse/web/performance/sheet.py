"""A report as a page of the house: the paper that every format sets, with figures that open their evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gatehouse.performance.api import Finding, Grid, Paper, Pieces, Report, Title, report_paper
from gatehouse.web.evidence import Evidence
from gatehouse.web.performance.figures import Figures

#: Headings of the paper stand below that of the page and that of the report.
_DEEPER, _DEEPEST = 2, 6


@dataclass(frozen=True, slots=True)
class Run:
    """Text, or a figure with the entry of the drawer that it opens. `place` is where a reader comes back to."""

    text: str
    evidence: str
    place: int | None
    missing: bool


@dataclass(frozen=True, slots=True)
class Note:
    """A finding of the auditor beside the text, by its number in the order of the text."""

    number: int
    finding: Finding


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, a heading with the paragraph that goes on in its line, or a table."""

    number: str
    level: int
    heading: int | None
    title: tuple[Run, ...]
    text: tuple[Run, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[Run, ...], ...], ...]
    caption: str
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    paper: Paper
    blocks: tuple[Block, ...]
    evidence: tuple[Evidence, ...]

    @property
    def has_notes(self) -> bool:
        return any(block.notes for block in self.blocks)


def sheet_of(
    report: Report, figures: Figures, paper: Paper | None = None, findings: Sequence[tuple[int, Finding]] = ()
) -> Sheet:
    """The page of a report; `findings` stand beside the part of the paper whose index they name."""
    paper = paper or report_paper(report)
    notes: defaultdict[int, list[Note]] = defaultdict(list)
    for number, (index, finding) in enumerate(findings, 1):
        notes[index].append(Note(number, finding))
    printed = {each.id: each.printed for each in paper.evidence}
    for id, entry in report.evidence.items():
        figures.chip(entry, "、".join(printed.get(id, ())) or None)
    return Sheet(paper, tuple(_blocks(paper, notes)), tuple(figures.evidence()))


def _blocks(paper: Paper, notes: dict[int, list[Note]]) -> Iterator[Block]:
    numbered = iter(enumerate(paper.parts))
    for index, part in numbered:
        beside = tuple(notes.get(index, ()))
        if isinstance(part, Grid):
            rows = tuple(tuple(_runs(cell, paper) for cell in row) for row in part.rows)
            yield Block("", part.level, None, (), (), part.columns, rows, part.caption, beside)
        elif isinstance(part, Title):
            text: tuple[Run, ...] = ()
            if part.runs_in:
                after, follows = next(numbered)
                text = () if isinstance(follows, Grid) else _runs(follows.pieces, paper)
                beside = (*beside, *notes.get(after, ()))
            heading = min(part.depth + _DEEPER, _DEEPEST)
            yield Block(part.number, part.level, heading, _runs(part.pieces, paper), text, (), (), "", beside)
        else:
            yield Block(part.number, part.level, None, (), _runs(part.pieces, paper), (), (), "", beside)


def _runs(pieces: Pieces, paper: Paper) -> tuple[Run, ...]:
    return tuple(
        Run(each.text, paper.evidence[each.opens - 1].id if each.opens else "", each.place, each.missing)
        for each in pieces
    )
