"""The report as DOCX (ISO/IEC 29500), for officers to edit: heading styles, header rows, links to the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from gatehouse.performance.rendering.archive import packed, unpacked
from gatehouse.performance.rendering.evidence import Evidence
from gatehouse.performance.rendering.paper import Grid, Listing, Paper, Pieces, Text, Title

#: Where each level begins, and how far its number hangs out, in ems of 12 points.
_AT = (0, 0, 1, 2, 3)
_HANG = (2.0, 2.0, 2.0, 1.0, 1.5)
_EM = 12
#: The longest text that a property of the document holds.
_PROPERTY = 255
_RED, _QUIET, _BLUE = RGBColor(0x8C, 0x1D, 0x18), RGBColor(0x50, 0x58, 0x62), RGBColor(0x0B, 0x3D, 0x6E)
#: What follows the automatic spacing in a paragraph's properties (clause 17.3.1.26).
_AFTER_AUTO_SPACE = ("w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:outlineLvl")
#: What the library's own empty document carries beside its styles: a picture of it, lists of sources, older styles.
_NOT_OURS = ("thumbnail", "customXml", "stylesWithEffects")


def docx(paper: Paper) -> bytes:
    """The file. The same paper gives the same bytes."""
    writer = _Writer(paper)
    writer.write()
    return writer.saved()


class _Writer:
    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.document = Document()
        self.bookmarks = 0
        _prepare(self.document, paper)

    def write(self) -> None:
        paper, words = self.paper, self.paper.words
        if paper.mark:
            self.plain(paper.mark, _RED)
        self.document.add_paragraph(paper.title, style="Title")
        self.plain(paper.edition, _QUIET)
        if paper.missing:
            self.plain(words["missing"], _RED)
            for name in paper.missing:
                self.plain(name, _RED)
        for part in paper.parts:
            self.part(part)
        for listing in paper.listings:
            self.listing(listing)
        self.heading(1, words["evidence"]).paragraph_format.page_break_before = True
        for figure in paper.evidence:
            self.evidence(figure)
        self.heading(1, words["about"])
        for label, text in paper.about:
            self.fact(label, text)

    def saved(self) -> bytes:
        out = BytesIO()
        self.document.save(out)
        return packed(unpacked(out.getvalue()))

    def plain(self, text: str, colour: RGBColor) -> None:
        paragraph = self.document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(text).font.color.rgb = colour

    def part(self, part: Title | Text | Grid) -> None:
        match part:
            case Title():
                paragraph = self.heading(part.depth, part.number)
                _hang(paragraph, part.level)
                self.pieces(paragraph, part.pieces)
            case Text():
                paragraph = self.document.add_paragraph(part.number)
                _hang(paragraph, part.level, hanging=bool(part.number))
                self.pieces(paragraph, part.pieces)
            case Grid():
                self.grid(part)

    def heading(self, level: int, text: str) -> Paragraph:
        heading: Paragraph = self.document.add_heading(text, level)
        return heading

    def pieces(self, paragraph: Paragraph, pieces: Pieces) -> None:
        for piece in pieces:
            if piece.missing:
                paragraph.add_run(piece.text).font.color.rgb = _RED
            elif piece.opens is None:
                paragraph.add_run(piece.text)
            else:
                self.bookmark(paragraph, f"place_{piece.place}")
                _link(paragraph, f"figure_{piece.opens}", piece.text)

    def bookmark(self, paragraph: Paragraph, name: str) -> None:
        self.bookmarks += 1
        number = str(self.bookmarks)
        paragraph._p.append(_element("w:bookmarkStart", **{"w:id": number, "w:name": name}))
        paragraph._p.append(_element("w:bookmarkEnd", **{"w:id": number}))

    def grid(self, grid: Grid) -> None:
        wide = len(grid.columns) < 6
        widths = [6.4, *[9.6 / (len(grid.columns) - 1)] * (len(grid.columns) - 1)] if wide and grid.columns[1:] else []
        cells = self.table(grid.caption, grid.columns, len(grid.rows), widths)
        for row, into in zip(grid.rows, cells, strict=True):
            for at, (pieces, cell) in enumerate(zip(row, into, strict=True)):
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER if at else None
                self.pieces(cell.paragraphs[0], pieces)

    def listing(self, listing: Listing) -> None:
        self.heading(1, listing.title)
        short = len(listing.columns) - 2
        wide = (16 - 2.6 * short) / 2  # the first column names, the last one explains
        self.texts(listing.title, listing.columns, listing.rows, [wide, *[2.6] * short, wide])

    def texts(
        self, title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float] = ()
    ) -> None:
        for row, into in zip(rows, self.table(title, columns, len(rows), widths), strict=True):
            for text, cell in zip(row, into, strict=True):
                cell.paragraphs[0].add_run(text)

    def table(
        self, title: str, columns: Sequence[str], rows: int, widths: Sequence[float]
    ) -> Iterable[Sequence[_Cell]]:
        """A table with a row of headings that is repeated on each page; gives the cells below it, row by row."""
        table = self.document.add_table(rows + 1, len(columns), style="Table Grid")
        table.autofit = False
        properties = table._tbl.tblPr
        properties.append(_element("w:tblCaption", **{"w:val": title}))
        lines = [list(row.cells) for row in table.rows]
        each = [Cm(width) for width in widths] or [Cm(16 / len(columns))] * len(columns)
        for column, width in zip(table.columns, each, strict=True):
            column.width = width
        for row, line in zip(table.rows, lines, strict=True):
            row._tr.get_or_add_trPr().append(_element("w:cantSplit"))
            for cell, width in zip(line, each, strict=True):
                cell.width = width
                cell.paragraphs[0].paragraph_format.space_after = Pt(0)
        table.rows[0]._tr.get_or_add_trPr().append(_element("w:tblHeader"))
        for column, cell in zip(columns, lines[0], strict=True):
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
            cell.paragraphs[0].add_run(column)
        after = self.document.add_paragraph()
        after.paragraph_format.space_after, after.paragraph_format.line_spacing = Pt(0), Pt(6)
        return lines[1:]

    def evidence(self, figure: Evidence) -> None:
        paper, words = self.paper, self.paper.words
        paragraph = self.heading(2, "")
        self.bookmark(paragraph, f"figure_{figure.number}")
        paragraph.add_run(" ".join((figure.name, *figure.printed)))
        for line in figure.lines:
            self.fact(line.label, line.text)
        if figure.parts:
            self.links(figure.parts_label, [(f"figure_{n}", paper.evidence[n - 1].name) for n in figure.parts])
        if figure.records:
            columns = (words["record"], words["what"], words["value"], words["source"])
            rows = [(each.id, each.what, each.value, each.source) for each in figure.records]
            self.texts(f"{words['records']}: {figure.name}", columns, rows)
        if figure.places:
            many = len(figure.places) > 1
            back = [f"↩ {words['back']}{f' {count}' if many else ''}" for count in range(1, len(figure.places) + 1)]
            self.links("", [(f"place_{n}", text) for n, text in zip(figure.places, back, strict=True)])

    def fact(self, label: str, text: str = "") -> Paragraph:
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        if label:
            paragraph.add_run(f"{label}　").font.color.rgb = _QUIET
        paragraph.add_run(text)
        return paragraph

    def links(self, label: str, links: Sequence[tuple[str, str]]) -> None:
        paragraph = self.fact(label)
        for count, (to, text) in enumerate(links):
            if count:
                paragraph.add_run("  ")
            _link(paragraph, to, text)


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(key), value)
    return element


def _link(paragraph: Paragraph, to: str, text: str) -> None:
    """A link within the document."""
    run = paragraph.add_run(text)
    run.font.color.rgb = _BLUE
    link = _element("w:hyperlink", **{"w:anchor": to, "w:history": "1"})
    link.append(run._r)
    paragraph._p.append(link)


def _hang(paragraph: Paragraph, level: int, *, hanging: bool = True) -> None:
    at, hang = _AT[level - 1], _HANG[level - 1]
    paragraph.paragraph_format.left_indent = Pt((at + hang) * _EM)
    paragraph.paragraph_format.first_line_indent = Pt(-hang * _EM if hanging else 0)


def _prepare(document: Any, paper: Paper) -> None:
    """A4 with page numbers, the language, the typefaces, and who made it when."""
    for relations in (document.part.package.rels, document.part.rels):
        for key in [key for key, each in relations.items() if each.reltype.endswith(_NOT_OURS)]:
            del relations[key]
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = Cm(2.5)
    section.bottom_margin = Cm(2.3)
    if paper.mark:
        header = section.header.paragraphs[0]
        header.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        header.add_run(paper.mark).font.color.rgb = _RED
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer._p.append(_element("w:fldSimple", **{"w:instr": "PAGE"}))
    for name, size in (("Normal", 12), ("Title", 20), *((f"Heading {n}", max(12, 17 - 2 * n)) for n in range(1, 6))):
        style = document.styles[name]
        style.font.size, style.font.bold, style.font.italic = Pt(size), False, False
        style.font.color.rgb = RGBColor(0, 0, 0)
        _typeface(style.element.get_or_add_rPr(), paper)
    document.styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    border = document.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if border is not None:
        border.getparent().remove(border)
    document.styles["Normal"].paragraph_format.space_after = Pt(4)
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    spacing = document.styles["Normal"].element.get_or_add_pPr()
    for name in ("w:autoSpaceDE", "w:autoSpaceDN"):  # no space between Chinese and what is not
        spacing.insert_element_before(_element(name, **{"w:val": "0"}), *_AFTER_AUTO_SPACE)
    language = defaults.find(qn("w:lang"))
    for name, named in (("w:val", paper.latin), ("w:eastAsia", (paper.language, paper.region))):
        language.set(qn(name), "-".join(part for part in named if part))
    about = document.core_properties
    about.title, about.author = paper.title[:_PROPERTY], paper.agency[:_PROPERTY]
    about.subject, about.language = paper.edition[:_PROPERTY], paper.tag
    about.comments = about.keywords = about.last_modified_by = ""
    about.created = about.modified = paper.as_of.replace(tzinfo=None)
    about.revision = 1


def _typeface(properties: Any, paper: Paper) -> None:
    """The first face of the list, in every script, instead of the theme's."""
    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), paper.fonts[0])
