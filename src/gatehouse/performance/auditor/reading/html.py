"""HTML: paragraphs, lists and tables as they stand; nothing is run or fetched."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from gatehouse.performance.auditor.grids import Grid
from gatehouse.performance.auditor.joining import Line, Paragraph, blocks_of, unwrapped
from gatehouse.performance.auditor.reading.limits import MOST_REPEATED
from gatehouse.performance.auditor.reading.plain import Read

_START = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype html|html|head|body|p|div|table|h[1-6]|main|article)[\s>]",
    re.IGNORECASE,
)
_SKIPPED = frozenset({"script", "style", "template", "head", "nav", "noscript", "svg", "dialog", "button", "select"})
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "data",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "ruby",
    }
    | {"s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr", "img", "input"}
)
_VOID = frozenset(
    {"br", "img", "input", "meta", "link", "hr", "wbr", "col", "area", "base", "source", "track", "embed"}
)


def is_html(text: str) -> bool:
    return bool(_START.match(text[:2000].lstrip("\ufeff")))


def read(text: str) -> Read:
    """The blocks of an HTML document, each with the line of the source that it begins on."""
    parser = _Parser()
    parser.feed(_without_comments(text))
    parser.close()
    parser.flush()
    return list(unwrapped(parser.blocks)), text.count("\n") + 1


def _without_comments(text: str) -> str:
    """The text without comments and declarations, whose lines stay: what is not closed ends with the text."""
    kept, start = [], 0
    while (place := text.find("<!", start)) >= 0:
        kept.append(text[start:place])
        close = "-->" if text.startswith("<!--", place) else ">"
        end = text.find(close, place)
        end = len(text) if end < 0 else end + len(close)
        kept.append("\n" * text.count("\n", place, end))
        start = end
    return "".join((*kept, text[start:]))


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Paragraph | Grid] = []
        self.lines: list[Line] = []
        self.skipped: list[str] = []
        self.table: _Table | None = None
        self.set = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if self.skipped or (tag not in _VOID and (tag in _SKIPPED or "hidden" in named)):
            if tag not in _VOID:
                self.skipped.append(tag)
        elif tag == "br":
            self.lines.append((self.getpos()[0], ""))
        elif tag == "table" and self.table is None:
            self.flush()
            self.table = _Table()
        elif self.table is not None:
            self.table.open(tag, named, self.getpos()[0])
        elif tag not in _INLINE:
            self.flush()
            self.set += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if self.skipped:
            while tag in self.skipped and self.skipped.pop() != tag:
                pass
        elif self.table is not None and tag == "table":
            if self.table.nested:
                self.table.nested -= 1
                return
            if self.table.rows:
                self.blocks.append(Grid(tuple(tuple(row) for row in self.table.rows if row)))
            self.table = None
        elif self.table is None and tag not in _INLINE:
            self.flush()
            self.set = max(0, self.set - (tag == "pre"))

    def handle_data(self, data: str) -> None:
        if self.skipped:
            return
        number = self.getpos()[0]
        if self.table is not None:
            self.table.add(number, data)
            return
        if self.set:
            self._as_set(number, data)
            return
        for offset, part in enumerate(data.split("\n")):
            text = " ".join(part.split())
            if text and self.lines and self.lines[-1][1]:
                self.lines[-1] = (self.lines[-1][0], self.lines[-1][1] + text)
            elif text:
                self.lines.append((number + offset, text))

    def _as_set(self, number: int, data: str) -> None:
        """Text whose lines and blanks count (`pre`)."""
        first, *rest = data.split("\n")
        before = self.lines.pop() if self.lines else (number, "")
        self.lines.append((before[0] if before[1].strip() else number, before[1] + first))
        self.lines.extend((number + offset, part) for offset, part in enumerate(rest, 1))

    def flush(self) -> None:
        """End the paragraph that is being read."""
        lines = [line for line in self.lines if line[1].strip()]
        self.lines = []
        if len(lines) > 1:
            self.blocks.extend(blocks_of(lines))
        elif lines:
            self.blocks.append(Paragraph(tuple(lines)))


class _Table:
    """Rows of a table that is being read; cells that reach over rows or columns are repeated."""

    def __init__(self) -> None:
        self.rows: list[list[tuple[Line, ...]]] = []
        self.below: dict[int, tuple[int, tuple[Line, ...]]] = {}
        self.cell: list[Line] | None = None
        self.span = (1, 1)
        self.nested = 0

    def open(self, tag: str, named: dict[str, str | None], line: int) -> None:
        if tag == "table":
            self.nested += 1
        elif tag == "tr" and not self.nested:
            self.rows.append([])
            self._reached()
        elif tag in ("td", "th") and not self.nested:
            if not self.rows:
                self.rows.append([])
            self.span = (_count(named.get("colspan")), _count(named.get("rowspan")))
            self.rows[-1].append(((line, ""),))
            place = len(self.rows[-1]) - 1
            if self.span[1] > 1:
                self.below[place] = (self.span[1] - 1, ((line, ""),))
            for _ in range(self.span[0] - 1):
                self.rows[-1].append(((line, ""),))
            self.place = place
            self._reached()

    def _reached(self) -> None:
        """Fill the places of a row that a cell above reaches down to."""
        row = self.rows[-1]
        while (place := len(row)) in self.below and len(self.rows) > 1:
            left, cell = self.below[place]
            row.append(self.rows[-2][place] if place < len(self.rows[-2]) else cell)
            if left == 1:
                del self.below[place]
            else:
                self.below[place] = (left - 1, cell)

    def add(self, line: int, data: str) -> None:
        text = " ".join(data.split())
        if text and self.rows and self.rows[-1]:
            before = self.rows[-1][self.place]
            joined = "".join(part for _, part in before) + text
            self.rows[-1][self.place] = ((before[0][0], joined),)


def _count(text: str | None) -> int:
    return min(int(text), MOST_REPEATED) if text and text.isascii() and text.isdigit() and int(text) > 0 else 1
