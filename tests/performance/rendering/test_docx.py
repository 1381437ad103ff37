from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

from docx import Document
from docx.oxml.ns import qn
from tests.performance.rendering.sample import MANNER, report

from gatehouse.performance.domain.report import State
from gatehouse.performance.rendering import Format, render

DATA = render(report(), Format.DOCX, MANNER)
DOCX = Document(BytesIO(DATA))


def test_the_headings_have_heading_styles() -> None:
    found = [(each.style.name, each.text) for each in DOCX.paragraphs if each.style and each.text]
    assert found[0] == ("Title", "內政部移民署112年度施政績效報告")
    assert found[2:8] == [
        ("Heading 1", "壹、年度施政目標："),
        ("Heading 2", "一、維護社會安定，守護人民安全。"),
        ("Heading 2", "二、精進便民服務，加強人權維護。"),
        ("Heading 1", "貳、年度重要計畫達成情形："),
        ("Heading 2", "一、辦公廳舍新建工程中長程計畫："),
        ("Heading 3", "(一)計畫目標及達成情形："),
    ]
    assert (
        "Normal",
        "本計畫年度預算編列新臺幣(下同)91,378千元，實際執行217(before the correction: 218)千元，執行率為0.24%。",
    ) in found


def test_a_table_has_a_header_row_that_is_repeated() -> None:
    table = DOCX.tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["指標名稱(A)", "年度目標值(B)", "實際值(C)", "達成率(C/B)"],
        ["(1)流標檢討及修正計畫報核", "10%", "100%", "100%"],
        ["(2)地下室開挖及地下室結構體施工", "10%", "0.24%", "0.24%"],
    ]
    heads = [row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert heads == [True, False, False]
    caption = table._tbl.tblPr.find(qn("w:tblCaption"))
    assert caption is not None
    assert caption.get(qn("w:val")) == "辦公廳舍新建工程中長程計畫－計畫目標及達成情形"


def test_each_figure_is_a_link_to_its_evidence_and_back() -> None:
    body = DOCX.element.body
    links = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    marks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert len([link for link in links if link.startswith("figure_")]) == 19 + 2
    assert len([link for link in links if link.startswith("place_")]) == 19
    assert set(links) <= set(marks)
    assert len(marks) == len(set(marks))


def test_it_has_the_typeface_the_language_the_paper_and_page_numbers() -> None:
    fonts = DOCX.styles["Heading 1"].element.rPr.find(qn("w:rFonts"))
    assert {fonts.get(qn(name)) for name in ("w:ascii", "w:hAnsi", "w:eastAsia")} == {"Noto Serif CJK TC"}
    language = next(DOCX.styles.element.iter(qn("w:lang")))
    assert (language.get(qn("w:val")), language.get(qn("w:eastAsia"))) == ("en", "zh-TW")
    section = DOCX.sections[0]
    assert section.page_width is not None
    assert round(section.page_width.cm, 1) == 21.0
    assert [field.get(qn("w:instr")) for field in section.footer._element.iter(qn("w:fldSimple"))] == ["PAGE"]


def test_it_says_what_it_is_and_nothing_of_where_it_was_made() -> None:
    about = DOCX.core_properties
    assert (about.title, about.author, about.language) == (
        "內政部移民署112年度施政績效報告",
        "內政部移民署",
        "zh-Hant-TW",
    )
    assert (about.created, about.modified) == (datetime(2024, 2, 1, 8, 30, tzinfo=UTC),) * 2
    assert (about.comments, about.last_modified_by) == ("", "")
    with ZipFile(BytesIO(DATA)) as archive:
        names = set(archive.namelist())
    assert not {name for name in names if "thumbnail" in name or "customXml" in name or "Effects" in name}


def test_a_draft_says_so_and_names_what_is_missing() -> None:
    draft = Document(BytesIO(render(report(state=State.DRAFT, without=("count.b",)), Format.DOCX, MANNER)))
    said = [each.text for each in draft.paragraphs]
    assert said[0] == "Draft: not for publication"
    assert draft.sections[0].header.paragraphs[0].text == said[0]
    assert DOCX.sections[0].header.is_linked_to_previous
    assert said[3:5] == ["Figures that are missing", "count.b"]
    assert "(2)建置[missing: count.b]座，拆除7座。" in said


def test_the_same_report_has_the_same_bytes() -> None:
    assert render(report(), Format.DOCX, MANNER) == DATA
