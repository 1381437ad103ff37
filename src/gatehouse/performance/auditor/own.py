"""The agency's own report, before anybody else reads it: the same rules over the paper that is about to be printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gatehouse.law.articles import Act
from gatehouse.performance.auditor.auditing import audit
from gatehouse.performance.auditor.findings import Finding
from gatehouse.performance.auditor.model import Document
from gatehouse.performance.auditor.structure import document_of_lines
from gatehouse.performance.rendering.paper import Grid, Paper, Pieces, Title


def findings_of(
    paper: Paper, acts: Sequence[Act] = (), previous: Document | None = None
) -> tuple[tuple[int, Finding], ...]:
    """What does not add up, each with the index of the part of the paper in which it begins."""
    lines = list(_lines(paper))
    document = document_of_lines([(number, text) for number, (_, text) in enumerate(lines, 1)])
    found = audit(document, acts, previous).findings
    return tuple((lines[min(max(finding.line, 1), len(lines)) - 1][0], finding) for finding in found)


def _lines(paper: Paper) -> Iterator[tuple[int, str]]:
    """Each line of the text with the part that it is from: a title that runs in is one line with its paragraph."""
    yield 0, paper.title
    begun = ""
    for index, part in enumerate(paper.parts):
        if isinstance(part, Grid):
            yield index, _row(part.columns)
            yield from ((index, _row(tuple(map(_text, row)))) for row in part.rows)
        elif isinstance(part, Title) and part.runs_in:
            begun = part.number + _text(part.pieces)
        else:
            yield index, begun + part.number + _text(part.pieces)
            begun = ""


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _text(pieces: Pieces) -> str:
    return "".join(piece.text for piece in pieces)
