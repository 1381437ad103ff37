"""ODT and DOCX: the paragraphs and tables of the document part, read without entities, links or macros."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree

from gatehouse.kernel.errors import UnreadableError
from gatehouse.performance.auditor.grids import Grid
from gatehouse.performance.auditor.joining import Line, Paragraph, blocks_of, unwrapped
from gatehouse.performance.auditor.reading.limits import MOST_REPEATED, MOST_UNPACKED, within
from gatehouse.performance.auditor.reading.numbering import WORD as _WORD
from gatehouse.performance.auditor.reading.numbering import Numbering
from gatehouse.performance.auditor.reading.plain import Read

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
#: Text that is no part of the report as it reads: comments, notes, deletions, the instructions of fields.
_SKIPPED = frozenset(
    {_OFFICE + "annotation", _TEXT + "note", _TEXT + "tracked-changes", _WORD + "del", _WORD + "instrText"}
    | {_WORD + "moveFrom", _WORD + "footnoteReference", _WORD + "pPr", _WORD + "rPr"}
)
#: The parts of a DOCX that number its paragraphs.
_LISTS = ("word/numbering.xml", "word/styles.xml")
_BREAKS = frozenset({_TEXT + "line-break", _WORD + "br", _WORD + "cr"})
_TABS = frozenset({_TEXT + "tab", _WORD + "tab", _TEXT + "s"})
#: An element of lxml, which has no types.
Element = Any


def read(data: bytes) -> Read:
    """The blocks of an ODT or a DOCX; a line is a paragraph or a row. Raises `UnreadableError`."""
    root, numbering = _document(data)
    reader = _Reader(numbering)
    reader.walk(root)
    return list(unwrapped(reader.blocks)), reader.line


def _document(data: bytes) -> tuple[Element, Numbering]:
    """The document part, and the lists by which its paragraphs are numbered."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = set(packed.namelist())
            name = next((part for part in ("content.xml", "word/document.xml") if part in names), None)
            if name is None:
                raise UnreadableError("the packed file is neither ODT nor DOCX")
            root = _part(packed, name)
            lists = [_part(packed, part) if part in names else None for part in _LISTS]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise UnreadableError("the packed file is broken or locked") from error
    except etree.XMLSyntaxError as error:
        raise UnreadableError("the packed file is broken or locked") from error
    return root, Numbering.of(*lists)


def _part(packed: zipfile.ZipFile, name: str) -> Element:
    with packed.open(name) as stream:
        content = stream.read(MOST_UNPACKED + 1)
    if len(content) > MOST_UNPACKED:
        raise UnreadableError("the file is larger than %(limit)s MB", limit=MOST_UNPACKED >> 20)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.doctype:
        raise UnreadableError("the document declares entities, which no ODT or DOCX does")
    return root


class _Reader:
    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.blocks: list[Paragraph | Grid] = []
        self.line = 0
        self.characters = 0

    def walk(self, element: Element) -> None:
        for child in element:
            if child.tag in _SKIPPED:
                continue
            if child.tag in (_TEXT + "p", _TEXT + "h", _WORD + "p"):
                self._paragraph(child)
            elif child.tag in (_TABLE + "table", _WORD + "tbl"):
                self._table(child)
            else:
                self.walk(child)

    def _paragraph(self, element: Element) -> None:
        self.line += 1
        text = self.numbering.before(element) + self._text(element)
        lines: list[Line] = [(self.line, part) for part in text.split("\n") if part.strip()]
        if len(lines) > 1:
            self.blocks.extend(blocks_of(lines))
        elif lines:
            self.blocks.append(Paragraph(tuple(lines)))

    def _table(self, element: Element) -> None:
        rows = []
        for row in element.iter(_TABLE + "table-row", _WORD + "tr"):
            self.line += 1
            cells = tuple(cell for each in row for cell in self._cells(each))
            if any(text.strip() for cell in cells for _, text in cell):
                rows.append(cells)
        if rows:
            self.blocks.append(Grid(tuple(rows)))

    def _cells(self, element: Element) -> Iterator[tuple[Line, ...]]:
        if element.tag not in (_TABLE + "table-cell", _TABLE + "covered-table-cell", _WORD + "tc"):
            return
        paragraphs = list(element.iter(_TEXT + "p", _TEXT + "h", _WORD + "p"))
        texts = (self.numbering.before(each) + self._text(each).replace("\n", "") for each in paragraphs)
        cell = tuple((self.line, text) for text in texts) or ((self.line, ""),)
        yield cell
        span = element.find(f"{_WORD}tcPr/{_WORD}gridSpan")
        repeated = element.get(_TABLE + "number-columns-repeated") or (
            span.get(_WORD + "val") if span is not None else None
        )
        for _ in range(min(int(repeated) - 1, MOST_REPEATED) if repeated and repeated.isdigit() else 0):
            yield ((self.line, ""),) if span is not None else cell

    def _text(self, element: Element) -> str:
        text = "".join(_pieces(element))
        self.characters += len(text)
        within(self.characters)
        return text


def _pieces(element: Element) -> Iterator[str]:
    """The text inside an element, in its order."""
    word = element.tag.startswith(_WORD) if isinstance(element.tag, str) else False
    if element.text and (not word or element.tag == _WORD + "t"):
        yield element.text
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _SKIPPED:
            if child.tag in _BREAKS:
                yield "\n"
            elif child.tag in _TABS:
                yield " "
            else:
                yield from _pieces(child)
        if child.tail and not word:
            yield child.tail
