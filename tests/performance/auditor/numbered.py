"""The reference report as Word keeps it where it numbers the paragraphs itself: their numerals stand in no text."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from tests.performance.auditor.source import SOURCE

from gatehouse.performance.auditor.joining import MARKERS, Paragraph, level_of
from gatehouse.performance.auditor.passage import Passage
from gatehouse.performance.auditor.reading import plain

LEVELS = (
    ("ideographLegalTraditional", "%1、"),
    ("taiwaneseCountingThousand", "%2、"),
    ("taiwaneseCountingThousand", "(%3)"),
    ("decimal", "%4."),
    ("decimal", "(%5)"),
)


def numbered_docx() -> bytes:
    document = docx.Document()
    lists = document.part.numbering_part.element
    abstract = element("w:abstractNum", ("w:abstractNumId", "77"))
    for index, (format, pattern) in enumerate(LEVELS):
        level = element("w:lvl", ("w:ilvl", str(index)))
        for tag, value in (("w:start", "1"), ("w:numFmt", format), ("w:lvlText", pattern)):
            level.append(element(tag, ("w:val", value)))
        abstract.append(level)
    lists.insert(0, abstract)
    number = element("w:num", ("w:numId", "77"))
    number.append(element("w:abstractNumId", ("w:val", "77")))
    lists.append(number)
    for block in plain.read(SOURCE)[0]:
        if isinstance(block, Paragraph):
            add(document, Passage.of(block.lines).printed)
        else:
            rows = [[Passage.of(cell).printed for cell in row] for row in block.rows]
            table = document.add_table(len(rows), len(rows[0]))
            for cells, row in zip(table.rows, rows, strict=True):
                for cell, text in zip(cells.cells, row, strict=True):
                    cell.text = text
    found = BytesIO()
    document.save(found)
    return found.getvalue()


def add(document: Any, text: str) -> None:
    level = level_of(text)
    paragraph = document.add_paragraph()
    if 1 <= level <= len(LEVELS):
        text = MARKERS[level - 1].sub("", text, count=1).strip()
        of = OxmlElement("w:numPr")
        of.append(element("w:ilvl", ("w:val", str(level - 1))))
        of.append(element("w:numId", ("w:val", "77")))
        paragraph._p.get_or_add_pPr().append(of)
    paragraph.add_run(text)


def element(tag: str, attribute: tuple[str, str]) -> Any:
    made = OxmlElement(tag)
    made.set(qn(attribute[0]), attribute[1])
    return made
