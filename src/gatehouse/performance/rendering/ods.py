"""The figures of the report as an OpenDocument spreadsheet: values as numbers, a sheet for each table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from odfdo import Element

from gatehouse.performance.domain.book import Value
from gatehouse.performance.rendering.evidence import Evidence
from gatehouse.performance.rendering.odf import package, tag
from gatehouse.performance.rendering.paper import Grid, Paper, Pieces

_NUMBER = re.compile(r"(?P<number>-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?P<percent>%?)")
#: What a spreadsheet does not take in the name of a sheet.
_NO_NAME = re.compile(r"[\[\]*?:/\\']")
_COLUMN_MM = 45

Row = Sequence[Element]


def ods(paper: Paper) -> bytes:
    """The file. The same paper gives the same bytes."""
    return package("spreadsheet", paper, _sheets(paper), _styles())


def _styles() -> Iterator[Element]:
    width = tag("style:table-column-properties", style__column_width=f"{_COLUMN_MM}mm")
    yield tag("style:style", width, style__name="Column", style__family="table-column")
    page = tag("style:table-properties", table__display="true")
    yield tag("style:style", page, style__name="Sheet", style__family="table", style__master_page_name="Sheets")


def _sheets(paper: Paper) -> Iterator[Element]:
    words = paper.words
    grids = [(f"{words['table']} {number}", grid) for number, grid in enumerate(paper.grids, 1)]
    yield _sheet(words["contents"], [words["contents"], ""], _contents(paper, grids))
    yield _sheet(words["figures"], _columns(paper), (_figure(figure, paper) for figure in paper.evidence))
    for name, grid in grids:
        yield _sheet(name, grid.columns, ([_cell(cell) for cell in row] for row in grid.rows))
    for listing in paper.listings:
        yield _sheet(listing.title, listing.columns, ([_text(cell) for cell in row] for row in listing.rows))


def _sheet(name: str, columns: Sequence[str], rows: Iterable[Row]) -> Element:
    heads = [_text(column, "Sheet_20_heading") for column in columns]
    return tag(
        "table:table",
        tag("table:table-column", table__style_name="Column", table__number_columns_repeated=str(len(columns))),
        tag("table:table-header-rows", tag("table:table-row", *heads)),
        *(tag("table:table-row", *row) for row in rows),
        table__name=_NO_NAME.sub(" ", name)[:31],
        table__style_name="Sheet",
    )


def _contents(paper: Paper, grids: Iterable[tuple[str, Grid]]) -> Iterator[Row]:
    yield [_text(paper.title), _text(paper.mark)]
    for label, text in paper.about:
        yield [_text(label), _text(text)]
    for name in paper.missing:
        yield [_text(paper.words["missing"]), _text(name)]
    for name, grid in grids:
        yield [_text(name), _text(grid.caption)]


def _columns(paper: Paper) -> list[str]:
    words = paper.words
    labels = dict.fromkeys(line.label for figure in paper.evidence for line in figure.lines)
    return [words["name"], words["value"], *(label for label in labels if label != words["value"])]


def _figure(figure: Evidence, paper: Paper) -> Row:
    """A figure with what it rests on; a line that it has not is empty, and lines of one label stand in one cell."""
    said: dict[str, list[str]] = {}
    for line in figure.lines:
        said.setdefault(line.label, []).append(line.text)
    _, _, *labels = _columns(paper)
    return [_text(figure.name), _value(figure.value), *(_text("; ".join(said.get(label, ()))) for label in labels)]


def _cell(pieces: Pieces) -> Element:
    """A cell of a table of the report. A figure alone in it is a number, as it is printed: never rounded again."""
    shown = "".join(piece.text for piece in pieces)
    found = _NUMBER.fullmatch(shown)
    if len(pieces) != 1 or pieces[0].place is None or not found:
        return _text(shown)
    number = found["number"].replace(",", "")
    if not found["percent"]:
        return _number("float", number, shown, "Sheet_20_text")
    style = "Sheet_20_percent" if "." in number else "Sheet_20_whole"
    return _number("percentage", _hundredth(number), shown, style)


def _hundredth(number: str) -> str:
    """A percentage as a share, without ever being a binary number: 99.95 is 0.9995."""
    sign, digits = ("-", number[1:]) if number.startswith("-") else ("", number)
    whole, _, part = digits.partition(".")
    padded = whole.zfill(3)
    return f"{sign}{padded[:-2]}.{padded[-2:]}{part}"


def _value(value: Value) -> Element:
    if isinstance(value, date):
        day = value.isoformat()
        kind = {"office__value_type": "date", "office__date_value": day, "table__style_name": "Sheet_20_day"}
        return tag("table:table-cell", tag("text:p", day), **kind)
    return _number("float", f"{value:f}" if not isinstance(value, int) else str(value), f"{value}", "Sheet_20_text")


def _number(kind: str, number: str, shown: str, style: str) -> Element:
    attributes = {"office__value_type": kind, "office__value": number, "table__style_name": style}
    return tag("table:table-cell", tag("text:p", shown), **attributes)


def _text(text: str, style: str = "Sheet_20_text") -> Element:
    """Text, even where it looks like a formula."""
    return tag("table:table-cell", tag("text:p", text), office__value_type="string", table__style_name=style)
