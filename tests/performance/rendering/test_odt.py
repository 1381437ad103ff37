from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

from odfdo import Document
from tests.performance.rendering.reading import said
from tests.performance.rendering.sample import MANNER, report

from gatehouse.performance.domain.report import State
from gatehouse.performance.rendering import Format, render

DATA = render(report(), Format.ODT, MANNER)
ODT = Document(BytesIO(DATA))


def test_the_headings_are_real_headings_with_their_numbers_as_text() -> None:
    found = [(heading.get_attribute("text:outline-level"), said(heading)) for heading in ODT.body.headers]
    assert found[:6] == [
        ("1", "壹、年度施政目標："),
        ("2", "一、維護社會安定，守護人民安全。"),
        ("2", "二、精進便民服務，加強人權維護。"),
        ("1", "貳、年度重要計畫達成情形："),
        ("2", "一、辦公廳舍新建工程中長程計畫："),
        ("3", "(一)計畫目標及達成情形："),
    ]
    assert [text for level, text in found if level == "1"][3:] == [
        "Corrections to earlier editions",
        "Differences from what was published elsewhere",
        "Evidence of the figures",
        "About this report",
    ]


def test_the_paragraphs_are_those_of_the_report() -> None:
    texts = [(each.style, said(each)) for each in ODT.body.paragraphs]
    assert texts[0] == ("Title", "內政部移民署112年度施政績效報告")
    assert (
        "Inner_20_3",
        "本計畫年度預算編列新臺幣(下同)91,378千元，實際執行217(before the correction: 218)千元，執行率為0.24%。",
    ) in texts
    assert ("Level_20_5", "(2)建置7座，拆除7座。") in texts


def test_a_table_has_a_header_row_and_a_title() -> None:
    table = ODT.body.tables[0]
    assert [said(cell) for cell in table.get_elements("table:table-header-rows/table:table-row/table:table-cell")] == [
        "指標名稱(A)",
        "年度目標值(B)",
        "實際值(C)",
        "達成率(C/B)",
    ]
    assert [said(cell) for cell in table.get_elements("table:table-row[1]/table:table-cell")] == [
        "(1)流標檢討及修正計畫報核",
        "10%",
        "100%",
        "100%",
    ]
    assert table.get_elements("table:title")[0].text == "辦公廳舍新建工程中長程計畫－計畫目標及達成情形"


def test_each_figure_is_a_link_to_a_bookmark_in_its_evidence() -> None:
    links = [str(link.get_attribute("xlink:href")) for link in ODT.body.get_elements("//text:a")]
    marks = {f"#{mark.get_attribute('text:name')}" for mark in ODT.body.get_elements("//text:bookmark")}
    assert len([link for link in links if link.startswith("#figure-")]) == 19 + 2
    assert len([link for link in links if link.startswith("#place-")]) == 19
    assert set(links) <= marks
    heading = next(each for each in ODT.body.headers if said(each) == "年度預算 91,378")
    [mark] = heading.get_elements("text:bookmark")
    assert mark.get_attribute("text:name") == "figure-4"


def test_it_says_its_language_its_title_and_nothing_of_where_it_was_made() -> None:
    assert ODT.meta.title == "內政部移民署112年度施政績效報告"
    assert ODT.meta.creator == "內政部移民署"
    assert str(ODT.meta.date) == "2024-02-01 08:30:00+00:00"
    assert ODT.meta.language == "zh-Hant-TW"
    styles = ODT.styles.serialize().decode()
    assert 'style:language-asian="zh"' in styles
    assert 'style:country-asian="TW"' in styles
    assert "@" not in styles
    assert ODT.styles.get_elements("//style:page-layout-properties")[0].get_attribute("fo:page-width") == "21cm"
    assert len(ODT.styles.get_elements("//text:page-number")) == 2


def test_the_package_holds_what_is_seen_and_nothing_else() -> None:
    with ZipFile(BytesIO(DATA)) as archive:
        assert archive.namelist() == ["mimetype", "content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml"]
        assert archive.infolist()[0].compress_type == ZIP_STORED
        assert archive.read("mimetype") == b"application/vnd.oasis.opendocument.text"
        assert b'office:version="1.2"' in archive.read("content.xml")[:4000]


def test_every_style_that_is_used_is_there() -> None:
    used = {
        str(element.get_attribute(name))
        for name in ("text:style-name", "table:style-name")
        for element in ODT.body.get_elements(f"//*[@{name}]")
    }
    known = {
        str(style.get_attribute("style:name"))
        for part in (ODT.styles, ODT.content)
        for style in part.get_elements("//style:style")
    }
    assert used <= known


def test_a_draft_says_so_and_names_what_is_missing() -> None:
    draft = Document(BytesIO(render(report(state=State.DRAFT, without=("count.b",)), Format.ODT, MANNER)))
    texts = [said(each) for each in draft.body.paragraphs]
    assert texts[0] == "Draft: not for publication"
    assert [said(each) for each in draft.styles.get_elements("//style:header/text:p")] == [texts[0]] * 2
    assert ODT.styles.get_elements("//style:header") == []
    assert texts[3:5] == ["Figures that are missing", "count.b"]
    assert "(2)建置[missing: count.b]座，拆除7座。" in texts


def test_the_same_report_has_the_same_bytes() -> None:
    assert render(report(), Format.ODT, MANNER) == DATA
