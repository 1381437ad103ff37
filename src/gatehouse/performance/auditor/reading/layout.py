"""Pieces of text on a page, in the order in which they were set, as lines and rows of tables.

A program sets a table cell by cell: what is set to the right of the block before it, at the same height, is the next
cell of its row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gatehouse.performance.auditor.joining import MARKERS

#: In sizes of the type: how far apart two pieces of one line are at most, how far two lines of one block.
_GAP, _LEADING = 0.6, 2.3
#: A numeral of the form alone: 一、 (一) 1. (1).
_NUMERAL = re.compile(r"[(（]?[一二三四五六七八九十壹貳參肆伍陸柒捌玖拾\d]{1,3}[、.．)）]")
#: Pieces whose height differs by less than this stand on one line.
_LEVEL = 0.45
#: Letters may be wider than they are taken to be, each by so much, all of a piece by no more than the second.
_WIDER, _WIDEST = 0.05, 0.4
#: A numeral may stand so far before its paragraph, where a tab comes between them.
_HANGING = 3.0
#: No cell begins with one of these: what they end stands before them, however far.
_ENDING = tuple("，。；：、）」』》？！,;)")


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    x: float
    y: float
    size: float

    @property
    def end(self) -> float:
        """Where it ends: a Chinese character is as wide as the type is high, a letter about half."""
        return self.x + self.size * sum(1.0 if ord(character) > 0x2E80 else 0.52 for character in self.text.strip())

    @property
    def doubt(self) -> float:
        """By how much it may end further to the right, in sizes of the type."""
        return min(_WIDEST, _WIDER * sum(ord(character) <= 0x2E80 for character in self.text.strip()))


@dataclass(slots=True)
class _Block:
    """Lines set one below the other."""

    lines: list[list[Piece]] = field(default_factory=list)

    @property
    def left(self) -> float:
        return min(line[0].x for line in self.lines)

    @property
    def right(self) -> float:
        return max(line[-1].end for line in self.lines)

    @property
    def top(self) -> float:
        return self.lines[0][0].y

    @property
    def bottom(self) -> float:
        return self.lines[-1][0].y

    @property
    def texts(self) -> list[str]:
        return ["".join(piece.text for piece in line).strip() for line in self.lines]

    @property
    def _numeral(self) -> bool:
        """Whether the last line is the numeral of a paragraph so far: 壹、 (一) 1."""
        text = "".join(piece.text for piece in self.lines[-1]).strip()
        return any(marker.fullmatch(text) for marker in MARKERS)

    def takes(self, piece: Piece) -> bool:
        """Put a piece at the end of the last line or on a line below it, where it belongs there."""
        last = self.lines[-1]
        drop = last[0].y - piece.y
        if abs(drop) < _LEVEL * piece.size:
            gap = (piece.x - last[-1].end) / piece.size
            near = _HANGING if self._numeral else _GAP + last[-1].doubt
            if -1 < gap <= near or (gap > 0 and piece.text.startswith(_ENDING)):
                last.append(piece)
                return True
            return False
        beside = self.left - 2 * piece.size <= piece.x <= max(self.right, self.left + piece.size)
        if 0 < drop <= _LEADING * piece.size and beside and 0.6 < piece.size / last[0].size < 1.7:
            self.lines.append([piece])
            return True
        return False


#: A line of text, or a row of cells, each of the lines it was set in.
Item = str | list[list[str]]


def items_of(pieces: Sequence[Piece]) -> Iterator[Item]:
    """Lines and rows of a page in the order in which they were set. Two rows at least make a table."""
    rows = list(_rows(_blocks(pieces)))
    for index, row in enumerate(rows):
        width = len(row)
        near = [rows[other] for other in (index - 1, index + 1) if 0 <= other < len(rows)]
        if width > 1 and any(_same_columns(row, other) for other in near) and not _numbered(row):
            yield [block.texts for block in row]
        elif width > 1:
            yield " ".join("".join(block.texts) for block in row)
        else:
            yield from row[0].texts


def _same_columns(row: Sequence[_Block], other: Sequence[_Block]) -> bool:
    """Whether two rows are of one table: no cell of the one reaches under the next column of the other."""
    pairs = list(zip(row, other, strict=False))
    return len(row) == len(other) and all(
        max(cell.right for cell in left) <= min(cell.left for cell in right) + _LEVEL * right[0].lines[0][0].size
        for left, right in pairwise(pairs)
    )


def _numbered(row: Sequence[_Block]) -> bool:
    """Whether a row is a paragraph whose numeral hangs."""
    return len(row) == 2 and bool(_NUMERAL.fullmatch("".join(row[0].texts)))


def _blocks(pieces: Sequence[Piece]) -> Iterator[_Block]:
    block: _Block | None = None
    for piece in pieces:
        if block is not None and block.takes(piece):
            continue
        if block is not None:
            yield block
        block = _Block([[piece]])
    if block is not None:
        yield block


def _rows(blocks: Iterator[_Block]) -> Iterator[list[_Block]]:
    row: list[_Block] = []
    for block in blocks:
        if row and _beside(row[-1], block):
            if len(row) == 1 and (above := _above(row[0], block)):
                yield [above]
            row.append(block)
            continue
        if row:
            yield row
        row = [block]
    if row:
        yield row


def _beside(block: _Block, other: _Block) -> bool:
    """Whether a block stands to the right of another, at a height that they share."""
    size = other.lines[0][0].size
    cell = [line for line in block.lines if line[-1].end <= other.left + size * _LEVEL]
    if not cell or block.lines[-1] not in cell:
        return False
    return other.top >= block.bottom - size * _LEVEL and other.bottom <= cell[0][0].y + size * _LEVEL


def _above(block: _Block, other: _Block) -> _Block | None:
    """Cut lines off a block that are too wide for a column beside another: a paragraph above the table."""
    wide = [index for index, line in enumerate(block.lines) if line[-1].end > other.left + line[0].size * _LEVEL]
    if not wide:
        return None
    above = _Block(block.lines[: wide[-1] + 1])
    block.lines = block.lines[wide[-1] + 1 :]
    return above
