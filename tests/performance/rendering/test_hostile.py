"""Whatever the text of a report holds is plain text in every format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pypdf
import pytest
from docx import Document as Docx
from odfdo import Document
from tests.performance.rendering.reading import said
from tests.performance.rendering.sample import AT, MANNER, report
from tests.performance.rendering.test_html import page_of

from gatehouse.kernel.results import Reason
from gatehouse.performance.domain.book import RecordLine
from gatehouse.performance.domain.report import Difference, Erratum, Paragraph, Report, Section, Table, Words
from gatehouse.performance.rendering import Format, render

MARKUP = '<script>alert("1")</script> <!-- & &amp; &#65; ]]> </style></p><img src=x onerror=y>'
TYPST = '#let x = 1; *bold* _it_ $x^2$ @label <label> `raw` = H // c /* d */ \\u{41} #panic() [a] "q" ~ -- ...'
CONTROL = "a\x00b\x07c\x0bd\x1be\ufffff"
CONTROL_SHOWN = "a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf"
FORMULA = "=HYPERLINK(1)"
LONG = "長" * 400 + "w" * 400
HOSTILE = (MARKUP, TYPST, CONTROL, FORMULA, LONG)
#: Where the PDF may break a word that is longer than a line.
BREAK = "\u200b"
SHOWN = (MARKUP, TYPST, CONTROL_SHOWN, FORMULA, LONG)


def hostile(text: str) -> Report:
    """A report in which everything that anybody writes is `text`."""
    plain = report()
    id, entry = next((id, entry) for id, entry in plain.evidence.items() if id == "building.spent")
    bad = replace(
        entry,
        name={"zh-hant": text},
        definition={"zh-hant": text},
        records=(RecordLine(text, {"zh-hant": text}, text, text),),
        notes=(Reason("%(text)s", text=text),),
    )
    words = (Words(text),)
    table = Table(text, (text, text), ((words, words),))
    section = Section(1, "壹、", words, (Paragraph(words), table, Section(4, "1.", (), (Paragraph(words),))))
    return replace(
        plain,
        agency=text,
        title=text,
        sections=(section, *plain.sections),
        evidence={**plain.evidence, id: bad},
        errata=(Erratum(id, text, text, text, text, AT.date()),),
        differences=(Difference(id, text, text, text, text),),
    )


CASES = pytest.mark.parametrize(
    ("text", "shown"), list(zip(HOSTILE, SHOWN, strict=True)), ids=["markup", "typst", "control", "formula", "long"]
)


@CASES
def test_in_html(text: str, shown: str) -> None:
    page = page_of(hostile(text))
    assert page.said("h1") == [shown]
    assert shown in page.said("p")
    assert {tag for tag, _ in page.tags} & {"script", "img"} == set()
    assert len(page.said("style")) == 1
    assert page.said("caption")[1] == "辦公廳舍新建工程中長程計畫－計畫目標及達成情形"
    assert page.by_id("figure.building.spent").count(shown) == 8


def rightmost(reader: pypdf.PdfReader) -> float:
    """Where the text of the pages begins that begins farthest to the right, in points."""
    found = [0.0]

    def visit(text: str, matrix: list[float], text_matrix: list[float], *_: object) -> None:
        if text.strip():
            found.append(matrix[4] + matrix[0] * text_matrix[4])

    for page in reader.pages[:6]:
        page.extract_text(visitor_text=visit)
    return max(found)


@CASES
def test_in_pdf(text: str, shown: str) -> None:
    reader = pypdf.PdfReader(BytesIO(render(hostile(text), Format.PDF, MANNER)))
    found = "".join("".join(page.extract_text().split()) for page in reader.pages).replace(BREAK, "")
    want = "".join(shown.split())
    assert reader.metadata is not None
    assert reader.metadata.title == shown
    assert want in found
    assert rightmost(reader) <= 595.28  # nothing runs off the paper


@CASES
def test_in_odt(text: str, shown: str) -> None:
    document = Document(BytesIO(render(hostile(text), Format.ODT, MANNER)))
    texts = [said(each) for each in document.body.paragraphs]
    assert texts[0] == shown
    assert f"1.{shown}" in texts
    assert said(document.body.headers[0]) == f"壹、{shown}"
    assert document.meta.title == shown


@CASES
def test_in_ods(text: str, shown: str) -> None:
    document = Document(BytesIO(render(hostile(text), Format.ODS, MANNER)))
    sheet = document.body.tables[2]
    cells = sheet.get_elements("descendant::table:table-cell")
    assert [said(cell) for cell in cells] == [shown] * 4
    assert {cell.get_attribute("office:value-type") for cell in cells} == {"string"}
    assert [cell for table in document.body.tables for cell in table.get_elements("//*[@table:formula]")] == []


@CASES
def test_in_docx(text: str, shown: str) -> None:
    document = Docx(BytesIO(render(hostile(text), Format.DOCX, MANNER)))
    texts = [each.text for each in document.paragraphs]
    assert texts[0] == shown
    assert f"1.{shown}" in texts
    assert [cell.text for row in document.tables[0].rows for cell in row.cells] == [shown] * 4
    assert document.core_properties.title == shown[:255]


def parts(format: Format) -> Iterator[bytes]:
    with ZipFile(BytesIO(render(hostile("".join(HOSTILE)), format, MANNER))) as archive:
        yield from (archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels")))


@pytest.mark.parametrize("format", [Format.ODT, Format.ODS, Format.DOCX])
def test_every_part_of_a_package_is_well_formed(format: Format) -> None:
    assert [ET.fromstring(part).tag for part in parts(format)] != []
