"""Tables as they stand in text: with bars, with tabs, or with blanks between the columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

Line = tuple[int, str]
_BAR = re.compile(r"[|｜│┃║]")
_RULE = re.compile(r"[\s|｜│┃║+\-—=:─━┼┬┴├┤┌┐└┘╪═╔╗╚╝╠╣╦╩╬]+")
_WIDE_GAP = re.compile(r"[ \u3000]{2,}|\t+")
_NUMERIC = re.compile(
    r"[(（]?[-+▲△]?\s*[\d０-９][\d０-９,，.．]{0,24}(?:[億萬千百兆]{1,2}[\d０-９,，.．]{0,20})*\s*(?:[%％﹪]|百分點|[^\d\s%，。、：；()（）]{1,4})?[)）]?"
    r"|[-—–－]|N/A|無|未達|…"
)
#: A heading has no sentence in it, and is no longer than this.
_LONGEST_HEADING = 24
#: A label of a row is wrapped over no more lines than this.
_MOST_LINES = 4


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of cells as read, each cell with the lines it stood on."""

    rows: tuple[tuple[tuple[Line, ...], ...], ...]


def piped(lines: Sequence[Line], index: int) -> tuple[Grid, int] | None:
    """A table drawn with bars that begins at a line, and the line after it."""
    rows: list[tuple[tuple[Line, ...], ...]] = []
    place = index
    while place < len(lines) and (rows or place < index + _MOST_LINES):
        number, text = lines[place]
        if _RULE.fullmatch(text) and (rows or len(text.strip()) > 3):
            place += 1
            continue
        if len(_BAR.findall(text)) < 2:
            break
        cells = _BAR.split(text.strip())
        first, last = int(not cells[0].strip()), len(cells) - int(not cells[-1].strip())
        rows.append(tuple(((number, cell.strip()),) for cell in cells[first:last]))
        place += 1
    return (Grid(tuple(rows)), place) if len(rows) >= 2 else None


def tabbed(lines: Sequence[Line], index: int) -> tuple[Grid, int] | None:
    """A table with a tab between two columns."""
    rows, place = [], index
    while place < len(lines) and "\t" in lines[place][1].strip():
        number, text = lines[place]
        rows.append(tuple(((number, cell.strip()),) for cell in re.split(r"\t+", text.strip())))
        place += 1
    widest = max((len(row) for row in rows), default=0)
    return (Grid(tuple(rows)), place) if len(rows) >= 2 and widest >= 2 else None


def spaced(lines: Sequence[Line], index: int) -> tuple[Grid, int] | None:
    """A table with blanks between its columns: headings without figures, then rows that end with a figure for each.

    The label of a row may be wrapped over the lines before its figures.
    """
    heading = _cells(lines[index][1])
    wanted = len(heading) - 1
    if wanted < 1 or any(_is_numeric(cell) or len(cell) > _LONGEST_HEADING or _said(cell) for cell in heading):
        return None
    reader = _Rows(lines, wanted)
    place = reader.read(index + 1)
    if len(reader.rows) < (1 if wanted >= 2 else 2):
        return None
    first = tuple(((lines[index][0], cell),) for cell in heading)
    return Grid((first, *reader.rows)), place


class _Rows:
    """Reads rows until something is no row."""

    def __init__(self, lines: Sequence[Line], wanted: int) -> None:
        self.lines, self.wanted = lines, wanted
        self.rows: list[tuple[tuple[Line, ...], ...]] = []

    def read(self, place: int) -> int:
        """The rows from a line on; the line after the last of them."""
        label: list[Line] = []
        after = place
        while place < len(self.lines) and len(label) <= _MOST_LINES:
            number, text = self.lines[place]
            cells = _cells(text)
            figures = _trailing(cells)
            if figures >= self.wanted and (label or len(cells) > self.wanted):
                own = " ".join(cells[: len(cells) - self.wanted])
                name = (*label, (number, own)) if own else tuple(label)
                self.rows.append((name, *(((number, cell),) for cell in cells[-self.wanted :])))
                label, after = [], place + 1
            elif _said(text) or (self.rows and self._another(text)):
                break
            else:
                label.append((number, text.strip()))
            place += 1
        return after

    def _another(self, text: str) -> bool:
        """Whether a line begins with a numeral of another kind than the rows do: the table is over."""
        kinds = [_kind(text), _kind(self.rows[0][0][0][1])]
        return kinds[0] != "" and kinds[0] != kinds[1]


def _kind(text: str) -> str:
    found = re.match(
        r"\s*(?:[(（](?P<a>[一二三四五六七八九十]+)[)）]|(?P<b>[一二三四五六七八九十壹貳參肆伍]+)、|[(（](?P<c>\d+)[)）]|(?P<d>\d+)\.(?!\d))",
        text,
    )
    return found.lastgroup or "" if found else ""


def _cells(text: str) -> list[str]:
    stripped = text.strip()
    wide = _WIDE_GAP.split(stripped)
    return wide if len(wide) > 1 else stripped.split()


def _trailing(cells: list[str]) -> int:
    """How many cells at the end are figures."""
    count = 0
    for cell in reversed(cells):
        if not _is_numeric(cell):
            break
        count += 1
    return count


def _is_numeric(cell: str) -> bool:
    return len(cell) <= 40 and bool(_NUMERIC.fullmatch(cell))


def _said(text: str) -> bool:
    """Whether there is a sentence in it."""
    return bool(re.search(r"[，。；！？]", text)) or text.rstrip().endswith(("：", ":"))
