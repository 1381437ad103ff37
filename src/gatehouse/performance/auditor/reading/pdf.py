"""PDF: its text as lines and tables by where it was set. What runs along on every page is left out."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from gatehouse.kernel.errors import UnreadableError
from gatehouse.performance.auditor.grids import Grid
from gatehouse.performance.auditor.joining import Line, Paragraph, blocks_of, wrapped_at
from gatehouse.performance.auditor.reading.layout import Item, Piece, items_of
from gatehouse.performance.auditor.reading.limits import MOST_PAGES, within
from gatehouse.performance.auditor.reading.plain import Read

_log = logging.getLogger("pypdf")
#: A line that stands at the edge of so many pages belongs to none of them.
_RUNNING = 3


def read(data: bytes) -> Read:
    """The blocks of a PDF. Raises `UnreadableError` for one that is broken, locked, too long, or of images alone."""
    pages = _without_running(_pages(data))
    lines = [(0, item) for page in pages for item in page if isinstance(item, str)]
    within(sum(len(text) for _, text in lines))
    collector = _Collector(wrapped_at(lines))
    for page in pages:
        for item in page:
            collector.add(item)
    collector.end()
    return collector.blocks, collector.number


def _pages(data: bytes) -> list[list[Item]]:
    from pypdf import PdfReader  # noqa: PLC0415  a text needs no reader of PDF

    before = _log.level
    _log.setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableError("the PDF is locked with a password")
        if len(reader.pages) > MOST_PAGES:
            raise UnreadableError("the PDF has more than %(limit)s pages", limit=MOST_PAGES)
        return [list(items_of(_pieces(page))) for page in reader.pages]
    except UnreadableError:
        raise
    except Exception as error:  # the reader of PDF raises what it meets: KeyError, RecursionError, zlib.error
        raise UnreadableError("the PDF is broken") from error
    finally:
        _log.setLevel(before)


def _pieces(page: Any) -> list[Piece]:
    pieces: list[Piece] = []

    def visit(text: str, matrix: Sequence[float], placed: Sequence[float], font: Any, size: float) -> None:
        if text.strip():
            scale = abs(placed[3] * matrix[3]) or 1.0
            x = placed[4] * matrix[0] + matrix[4]
            y = placed[5] * matrix[3] + matrix[5]
            pieces.append(Piece(text.strip("\n"), x, y, (size or 1.0) * scale))

    page.extract_text(visitor_text=visit)
    return pieces


def _without_running(pages: list[list[Item]]) -> list[list[Item]]:
    """The pages without headers and footers: lines at their edges that are the same but for figures."""
    edges = Counter(key for page in pages for key in {_key(item) for item in _edges(page)} if key)
    running = {key for key, count in edges.items() if count >= max(_RUNNING, len(pages) // 2)}
    return [
        [item for index, item in enumerate(page) if not (index in (0, len(page) - 1) and _key(item) in running)]
        for page in pages
    ]


def _edges(page: list[Item]) -> list[Item]:
    return [page[0], page[-1]] if page else []


def _key(item: Item) -> str:
    return re.sub(r"\d+", "#", item) if isinstance(item, str) else ""


class _Collector:
    """Puts lines and rows together; a table that goes on over the page is one."""

    def __init__(self, width: float | None) -> None:
        self.width = width
        self.blocks: list[Paragraph | Grid] = []
        self.lines: list[Line] = []
        self.rows: list[tuple[tuple[Line, ...], ...]] = []
        self.number = 0

    def add(self, item: Item) -> None:
        self.number += 1
        if isinstance(item, str):
            self._end_rows()
            self.lines.append((self.number, item))
            return
        if self.rows and len(item) != len(self.rows[0]):
            self._end_rows()
        self._end_lines()
        row = tuple(tuple((self.number, text) for text in cell) for cell in item)
        if not self.rows or _texts(row) != _texts(self.rows[0]):
            self.rows.append(row)

    def end(self) -> None:
        self._end_rows()
        self._end_lines()

    def _end_lines(self) -> None:
        self.blocks.extend(blocks_of(self.lines, self.width))
        self.lines = []

    def _end_rows(self) -> None:
        if self.rows:
            self.blocks.append(Grid(tuple(self.rows)))
        self.rows = []


def _texts(row: tuple[tuple[Line, ...], ...]) -> list[str]:
    return [text for cell in row for _, text in cell]
