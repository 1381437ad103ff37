"""PDF: its text in lines by where it stands on the page; a wide gap within a line is a column of a table."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from gatehouse.kernel.errors import UnreadableError
from gatehouse.performance.auditor.joining import Line, blocks_of
from gatehouse.performance.auditor.reading.limits import MOST_PAGES, within
from gatehouse.performance.auditor.reading.plain import Read

_log = logging.getLogger("pypdf")
#: A gap wider than this many times the size of the type parts two columns.
_GAP = 1.6
#: Text whose height on the page differs by less than this share of its size stands on one line.
_LEVEL = 0.45


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    x: float
    y: float
    size: float

    @property
    def width(self) -> float:
        return sum(self.size if ord(character) > 0x2E80 else self.size * 0.52 for character in self.text)


def read(data: bytes) -> Read:
    """The blocks of a PDF. Raises `UnreadableError` for one that is broken, locked, too long, or of images alone."""
    from pypdf import PdfReader  # noqa: PLC0415  a text needs no reader of PDF

    before, _log.disabled = _log.disabled, True
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableError("the PDF is locked with a password")
        if len(reader.pages) > MOST_PAGES:
            raise UnreadableError("the PDF has more than %(limit)s pages", limit=MOST_PAGES)
        lines = [line for page in reader.pages for line in _lines(page)]
    except UnreadableError:
        raise
    except Exception as error:  # the reader of PDF raises what it meets: KeyError, RecursionError, zlib.error
        raise UnreadableError("the PDF is broken") from error
    finally:
        _log.disabled = before
    within(sum(len(line) for line in lines))
    numbered: list[Line] = list(enumerate(lines, 1))
    return list(blocks_of(numbered)), len(numbered)


def _lines(page: Any) -> Iterator[str]:
    """The lines of a page from the top, each from the left, with a tab where a column ends."""
    pieces: list[_Piece] = []

    def visit(text: str, matrix: Sequence[float], placed: Sequence[float], font: Any, size: float) -> None:
        if text.strip():
            scale = abs(placed[3] * matrix[3]) or 1.0
            x = placed[4] * matrix[0] + matrix[4]
            y = placed[5] * matrix[3] + matrix[5]
            pieces.append(_Piece(text.strip("\n"), x, y, (size or 1.0) * scale))

    page.extract_text(visitor_text=visit)
    for row in _rows(pieces):
        yield _joined(row)


def _rows(pieces: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    row: list[_Piece] = []
    for piece in sorted(pieces, key=lambda each: -each.y):
        if row and row[0].y - piece.y > _LEVEL * max(piece.size, 1.0):
            yield sorted(row, key=lambda each: each.x)
            row = []
        row.append(piece)
    if row:
        yield sorted(row, key=lambda each: each.x)


def _joined(row: Sequence[_Piece]) -> str:
    text, end = "", None
    for piece in row:
        if end is not None:
            gap = piece.x - end
            text += "\t" if gap > _GAP * piece.size else " " if gap > 0.3 * piece.size else ""
        text += piece.text
        end = piece.x + piece.width
    return text
