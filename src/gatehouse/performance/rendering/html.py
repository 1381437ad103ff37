"""The report as one page of HTML: no script, nothing fetched, each figure a link to its evidence in the same file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, tostring

from gatehouse.performance.rendering.evidence import Evidence
from gatehouse.performance.rendering.paper import Grid, Listing, Paper, Pieces, Text, Title

_STYLE = Path(__file__).with_name("report.css")
#: Nothing is fetched and nothing runs, whatever the text of a report holds.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

#: Each ends its line of the source, so that whoever reads it can name a place in it.
_BLOCKS = frozenset(
    {"head", "meta", "title", "style", "body", "header", "main", "section", "footer", "article", "div", "p"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "details", "summary", "dl", "ul", "li"}
    | {"table", "caption", "thead", "tbody", "tr"}
)

Child = Element | str


def html(paper: Paper) -> bytes:
    """The page in UTF-8. The same paper gives the same bytes."""
    tree = _tag("html", _head(paper), _body(paper), lang=paper.tag)
    page: bytes = tostring(tree, encoding="utf-8", method="html")
    return b"<!doctype html>\n" + page + b"\n"


def _tag(name: str, /, *children: Child, **attributes: str) -> Element:
    """An element. An attribute `class_` is `class`, `aria_label` is `aria-label`."""
    element = Element(name, {key.rstrip("_").replace("_", "-"): value for key, value in attributes.items() if value})
    for child in children:
        if isinstance(child, Element):
            element.append(child)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + child
        else:
            element.text = (element.text or "") + child
    if name in _BLOCKS:
        element.tail = "\n"
    return element


def _head(paper: Paper) -> Element:
    return _tag(
        "head",
        _tag("meta", charset="utf-8"),
        _tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        _tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        _tag("meta", name="color-scheme", content="light dark"),
        _tag("meta", name="author", content=paper.agency),
        _tag("title", f"{paper.title} – {paper.mark}" if paper.mark else paper.title),
        _tag("style", _style(paper)),
    )


def _style(paper: Paper) -> str:
    fonts = ", ".join(f'"{name}"' for name in paper.fonts)
    return f":root {{ --fonts: {fonts}; }}\n{_STYLE.read_text(encoding='utf-8')}"


def _body(paper: Paper) -> Element:
    words = paper.words
    return _tag(
        "body",
        _tag("a", words["skip"], class_="skip", href="#text"),
        _tag(
            "header",
            *([_tag("p", paper.mark, class_="mark")] if paper.mark else ()),
            _tag("h1", paper.title),
            _tag("p", paper.edition, class_="edition"),
            *_missing(paper),
        ),
        _tag("main", *_parts(paper), *_listings(paper), id="text", tabindex="-1"),
        *_annex(paper),
        _tag(
            "footer",
            _tag("h2", words["about"]),
            _tag("dl", *(tag for label, text in paper.about for tag in (_tag("dt", label), _tag("dd", text)))),
        ),
    )


def _missing(paper: Paper) -> Iterator[Element]:
    if paper.missing:
        names = [_tag("li", _tag("code", name)) for name in paper.missing]
        yield _tag("div", _tag("p", paper.words["missing"]), _tag("ul", *names), class_="missing-list")


def _parts(paper: Paper) -> Iterator[Element]:
    parts = iter(paper.parts)
    for part in parts:
        if isinstance(part, Title):
            heading = _tag(f"h{part.depth + 1}", _number(part.number), *_pieces(part.pieces, paper))
            if part.runs_in:
                text = next(parts)
                assert isinstance(text, Text)  # noqa: S101 (a title runs into a paragraph)
                after = _tag("p", *_pieces(text.pieces, paper))
                heading.tail = None  # no space between what runs on in one line
                yield _tag("div", heading, after, class_=f"runs-in level-{part.level}")
            else:
                heading.set("class", f"level-{part.level}")
                yield heading
        elif isinstance(part, Text):
            begin = [_number(part.number)] if part.number else []
            kind = f"level-{part.level}" + ("" if part.number else " inner")
            yield _tag("p", *begin, *_pieces(part.pieces, paper), class_=kind)
        else:
            yield _table(part, paper)


def _number(number: str) -> Element:
    return _tag("span", number, class_="number")


def _pieces(pieces: Pieces, paper: Paper) -> Iterator[Child]:
    for piece in pieces:
        if piece.missing:
            yield _tag("mark", piece.text)
        elif piece.opens is None:
            yield piece.text
        else:
            figure = paper.evidence[piece.opens - 1]
            place = "" if piece.place is None else f"place-{piece.place}"
            yield _tag("a", piece.text, id=place, class_="figure", href=f"#{_anchor(figure)}", title=figure.name)


def _anchor(figure: Evidence) -> str:
    """The name of a figure's evidence in the address, for citing: it stays the same from edition to edition."""
    return f"figure.{figure.id}"


def _table(grid: Grid, paper: Paper) -> Element:
    rows = []
    for first, *rest in grid.rows:
        cells = [_tag("td", *_pieces(cell, paper)) for cell in rest]
        rows.append(_tag("tr", _tag("th", *_pieces(first, paper), scope="row"), *cells))
    return _framed(_tag("caption", grid.caption, class_="unseen"), grid.columns, rows, f"level-{grid.level}")


def _framed(caption: Element, columns: Iterable[str], rows: Iterable[Element], kind: str) -> Element:
    head = _tag("thead", _tag("tr", *(_tag("th", column, scope="col") for column in columns)))
    return _tag("table", caption, head, _tag("tbody", *rows), class_=kind)


def _listings(paper: Paper) -> Iterator[Element]:
    for number, listing in enumerate(paper.listings, 1):
        yield _listing(listing, f"list-{number}")


def _listing(listing: Listing, anchor: str) -> Element:
    rows = [
        _tag("tr", _tag("th", first, scope="row"), *(_tag("td", cell) for cell in rest))
        for first, *rest in listing.rows
    ]
    table = _framed(_tag("caption", listing.title, class_="unseen"), listing.columns, rows, "list")
    if listing.widths:
        shares = [f"width: {100 * width / sum(listing.widths):.1f}%" for width in listing.widths]
        table.insert(1, _tag("colgroup", *(_tag("col", style=share) for share in shares)))
    return _tag("section", _tag("h2", listing.title, id=anchor), table, class_="listing", aria_labelledby=anchor)


def _annex(paper: Paper) -> Iterator[Element]:
    if paper.evidence:
        heading = _tag("h2", paper.words["evidence"], id="evidence")
        figures = (_evidence(each, paper) for each in paper.evidence)
        yield _tag("section", heading, *figures, class_="annex", aria_labelledby="evidence")


def _evidence(figure: Evidence, paper: Paper) -> Element:
    facts = []
    for line in figure.lines:
        facts += [_tag("dt", line.label), _tag("dd", _tag("code", line.text) if line.code else line.text)]
    if figure.parts:
        others = [paper.evidence[number - 1] for number in figure.parts]
        links = [_tag("li", _tag("a", other.name, href=f"#{_anchor(other)}")) for other in others]
        facts += [_tag("dt", figure.parts_label), _tag("dd", _tag("ul", *links))]
    return _tag(
        "article",
        _tag("h3", figure.name, " ", _tag("span", "、".join(figure.printed), class_="printed")),
        _tag("dl", *facts),
        *_records(figure, paper),
        *_back(figure, paper),
        id=_anchor(figure),
        tabindex="-1",
    )


def _records(figure: Evidence, paper: Paper) -> Iterator[Element]:
    if not figure.records:
        return
    words = paper.words
    columns = (words["record"], words["what"], words["value"], words["source"])
    rows = [
        _tag(
            "tr", _tag("th", each.id, scope="row"), *(_tag("td", text) for text in (each.what, each.value, each.source))
        )
        for each in figure.records
    ]
    caption = _tag("caption", f"{words['records']}: {figure.name}", class_="unseen")
    table = _framed(caption, columns, rows, "records")
    yield _tag("details", _tag("summary", words["records"]), table)


def _back(figure: Evidence, paper: Paper) -> Iterator[Element]:
    links: list[Child] = []
    for count, place in enumerate(figure.places, 1):
        number = f" {count}" if len(figure.places) > 1 else ""
        links += [_tag("a", f"↩ {paper.words['back']}{number}", href=f"#place-{place}"), " "]
    if links:
        yield _tag("p", *links, class_="back")
