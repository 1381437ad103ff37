"""The report as OpenDocument text, for officers to edit: real headings, header rows, links to the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from odfdo import Element

from gatehouse.performance.rendering.evidence import Evidence
from gatehouse.performance.rendering.odf import Child, package, tag
from gatehouse.performance.rendering.paper import Grid, Listing, Paper, Piece, Pieces, Text, Title

#: Millimetres between the margins, and of a column of names.
_WIDTH, _FIRST = 160, 70


def odt(paper: Paper) -> bytes:
    """The file. The same paper gives the same bytes."""
    body = list(_body(paper))
    columns = (each for table in body for each in table.get_elements("descendant-or-self::table:table-column"))
    widths = dict.fromkeys(str(each.get_attribute("table:style-name")) for each in columns)
    return package("text", paper, body, _styles(widths))


def _styles(columns: Iterable[str]) -> Iterator[Element]:
    """Styles of the tables; a column's names its width in millimetres."""
    whole = tag("style:table-properties", style__width="160mm", table__align="margins")
    yield tag("style:style", whole, style__name="Table", style__family="table")
    border = {"fo__border": "0.5pt solid #5a6470", "fo__padding": "1mm", "style__vertical_align": "middle"}
    cell = tag("style:table-cell-properties", **border)
    yield tag("style:style", cell, style__name="Cell", style__family="table-cell")
    yield tag(
        "style:style",
        tag("style:table-row-properties", fo__keep_together="always"),
        style__name="Row",
        style__family="table-row",
    )
    for name in columns:
        width = tag("style:table-column-properties", style__column_width=f"{name.removeprefix('Column')}mm")
        yield tag("style:style", width, style__name=name, style__family="table-column")


def _body(paper: Paper) -> Iterator[Element]:
    words = paper.words
    if paper.mark:
        yield _p("Mark", paper.mark)
    yield _p("Title", paper.title)
    yield _p("Edition", paper.edition)
    if paper.missing:
        yield _p("Mark", words["missing"])
        yield from (_p("Mark", name) for name in paper.missing)
    for count, part in enumerate(paper.parts, 1):
        match part:
            case Title():
                yield _h(part.depth, part.number, *_pieces(part.pieces), style=f"Heading_20_{part.level}")
            case Text():
                style = f"Level_20_{part.level}" if part.number else f"Inner_20_{part.level}"
                yield _p(style, part.number, *_pieces(part.pieces))
            case Grid():
                yield _grid(part, f"Table{count}")
                yield _p("After_20_table")
    for count, listing in enumerate(paper.listings, 1):
        yield from _listing(listing, f"List{count}")
    yield _h(1, words["evidence"], style="Annex")
    for figure in paper.evidence:
        yield from _evidence(figure, paper)
    yield _h(1, words["about"])
    yield from _facts(paper.about)


def _p(style: str, *children: Child) -> Element:
    return tag("text:p", *children, text__style_name=style)


def _h(level: int, *children: Child, style: str = "") -> Element:
    name = style or f"Heading_20_{level}"
    return tag("text:h", *children, text__style_name=name, text__outline_level=str(level))


def _pieces(pieces: Pieces) -> Iterator[Child]:
    for piece in pieces:
        yield from _piece(piece)


def _piece(piece: Piece) -> Iterator[Child]:
    if piece.missing:
        yield tag("text:span", piece.text, text__style_name="Missing")
    elif piece.opens is None:
        yield piece.text
    else:
        yield tag("text:bookmark", text__name=f"place-{piece.place}")
        yield _link(f"figure-{piece.opens}", piece.text)


def _link(to: str, text: str) -> Element:
    return tag("text:a", text, xlink__type="simple", xlink__href=f"#{to}", text__style_name="Internet_20_link")


def _table(
    name: str,
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Sequence[Child]]],
    *,
    first: int = 0,
    last: int = 0,
) -> Element:
    """A table with a row of headings; its title is what a screen reader says of it. `first` and `last` are the widths
    of those columns in millimetres, where they are not as wide as the others.
    """
    others = (_WIDTH - first - last) // (len(columns) - bool(first) - bool(last))
    widths = [first or others, *[others] * (len(columns) - 1)]
    if last:
        widths[-1] = last
    heads = [_cell(_p("Table_20_heading", column)) for column in columns]
    styles = ["Table_20_text", *["Table_20_value" if first and not last else "Table_20_text"] * (len(columns) - 1)]
    body = [_row(_cell(_p(style, *cell)) for style, cell in zip(styles, row, strict=True)) for row in rows]
    return tag(
        "table:table",
        tag("table:title", title),
        *(tag("table:table-column", table__style_name=f"Column{width}") for width in widths),
        tag("table:table-header-rows", _row(heads)),
        *body,
        table__name=name,
        table__style_name="Table",
    )


def _row(cells: Iterable[Element]) -> Element:
    return tag("table:table-row", *cells, table__style_name="Row")


def _cell(paragraph: Element) -> Element:
    return tag("table:table-cell", paragraph, table__style_name="Cell", office__value_type="string")


def _grid(grid: Grid, name: str) -> Element:
    rows = ([list(_pieces(cell)) for cell in row] for row in grid.rows)
    return _table(name, grid.caption, grid.columns, rows, first=_FIRST if 1 < len(grid.columns) < 6 else 0)


def _listing(listing: Listing, name: str) -> Iterator[Element]:
    yield _h(1, listing.title)
    rows = ([[cell] for cell in row] for row in listing.rows)
    wide = (_WIDTH - 26 * (len(listing.columns) - 2)) // 2  # the first column names, the last one explains
    yield _table(name, listing.title, listing.columns, rows, first=wide, last=wide)
    yield _p("After_20_table")


def _evidence(figure: Evidence, paper: Paper) -> Iterator[Element]:
    words = paper.words
    yield _h(2, tag("text:bookmark", text__name=f"figure-{figure.number}"), " ".join((figure.name, *figure.printed)))
    yield from _facts((line.label, line.text) for line in figure.lines)
    if figure.parts:
        others = [paper.evidence[number - 1] for number in figure.parts]
        links = [part for each in others for part in (_link(f"figure-{each.number}", each.name), " ")]
        yield _p("Fact", _label(figure.parts_label), *links[:-1])
    if figure.records:
        columns = (words["record"], words["what"], words["value"], words["source"])
        rows = ([[each.id], [each.what], [each.value], [each.source]] for each in figure.records)
        yield _table(f"Records{figure.number}", f"{words['records']}: {figure.name}", columns, rows)
        yield _p("After_20_table")
    if figure.places:
        many = len(figure.places) > 1
        names = [f"{words['back']} {count}" if many else words["back"] for count in range(1, len(figure.places) + 1)]
        links = [
            part
            for place, name in zip(figure.places, names, strict=True)
            for part in (_link(f"place-{place}", f"↩ {name}"), "  ")
        ]
        yield _p("Fact", *links[:-1])


def _facts(facts: Iterable[tuple[str, str]]) -> Iterator[Element]:
    for label, text in facts:
        yield _p("Fact", _label(label), text)


def _label(label: str) -> Element:
    return tag("text:span", f"{label}　", text__style_name="Label")
