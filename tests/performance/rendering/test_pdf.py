from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pypdf
import pytest
import typst
from tests.performance.rendering.sample import MANNER, report

from gatehouse.kernel.errors import RefusedError
from gatehouse.performance.domain.report import Report, State
from gatehouse.performance.rendering import Format, pdf, render


def read(found: Report) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(render(found, Format.PDF, MANNER)))


READER = read(report())
CATALOGUE: Any = READER.trailer["/Root"]
XMP = CATALOGUE["/Metadata"].get_object().get_data().decode()


def text_of(reader: pypdf.PdfReader) -> str:
    return "".join("".join(page.extract_text().split()) for page in reader.pages)


def structure(node: Any, found: list[str]) -> list[str]:
    """The types of the structure elements, in the order of the document."""
    if isinstance(node, list):
        for each in node:
            structure(each.get_object(), found)
    elif isinstance(node, dict) and "/S" in node:
        found.append(node["/S"])
        structure(node.get("/K", []).get_object() if hasattr(node.get("/K", []), "get_object") else [], found)
    return found


TAGS = structure(CATALOGUE["/StructTreeRoot"]["/K"].get_object(), [])


def test_it_claims_pdf_a_and_pdf_ua_together() -> None:
    assert "<pdfaid:part>2</pdfaid:part>" in XMP
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in XMP
    assert "<pdfuaid:part>1</pdfuaid:part>" in XMP


def test_a_moment_of_a_real_clock_is_dated_to_the_second() -> None:
    now = replace(report(), as_of=datetime(2024, 2, 1, 8, 30, 15, 123456, tzinfo=UTC))
    found = read(now)
    assert found.metadata is not None
    assert found.metadata.creation_date == datetime(2024, 2, 1, 8, 30, 15, tzinfo=UTC)


def test_it_is_tagged_with_a_title_and_a_language() -> None:
    assert CATALOGUE["/MarkInfo"]["/Marked"] == True  # noqa: E712 (a value of the file, equal to true)
    assert CATALOGUE["/Lang"] == "zh-TW"
    assert CATALOGUE["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert READER.metadata is not None
    assert READER.metadata.title == "內政部移民署112年度施政績效報告"
    assert READER.metadata.author == "內政部移民署"
    assert {f"{READER.metadata.creation_date:%Y-%m-%dT%H:%M}"} == {"2024-02-01T08:30"}
    assert not {"/AF", "/OpenAction", "/AcroForm"} & set(CATALOGUE)
    assert list(READER.attachments) == []


def test_headings_tables_and_links_stand_in_its_structure() -> None:
    headings = [tag for tag in TAGS if tag in ("/H1", "/H2", "/H3", "/H4", "/H5")]
    assert headings[:6] == ["/H1", "/H2", "/H2", "/H1", "/H2", "/H3"]
    assert (TAGS.count("/Table"), TAGS.count("/THead"), TAGS.count("/TH")) == (5, 5, 4 + 4 + 5 + 4 + 4)
    figures = len(report().figure_runs())
    backs = figures
    parts = 2
    assert TAGS.count("/Link") == figures + backs + parts


@pytest.mark.parametrize(
    "text",
    ["壹、題\n(一) 甲：\n乙", "一、題\n(1) 甲：\n乙", "壹、\n甲", "壹、題\n|甲|乙|", f"壹、題\n(一) {'長' * 29}：後"],
)
def test_whatever_levels_a_narrative_has_the_strict_modes_take_it(text: str) -> None:
    assert read(report(text)).pages[0].extract_text() != ""


def test_its_text_is_real_text_on_a4_with_page_numbers() -> None:
    text = text_of(READER)
    assert "(二)計畫預算執行情形：本計畫年度預算編列新臺幣(下同)91,378千元，實際執行217" in text
    assert "指標名稱(A)年度目標值(B)實際值(C)達成率(C/B)" in text
    assert "以3億3,999萬元決標" in text
    assert "ab" * 32 in text
    first = READER.pages[0]
    assert (round(first.mediabox.width), round(first.mediabox.height)) == (595, 842)
    assert [page.extract_text().split()[-1] for page in READER.pages] == [
        str(number) for number in range(1, len(READER.pages) + 1)
    ]


def test_each_figure_links_to_its_evidence_and_back() -> None:
    named: dict[str, Any] = {
        name: READER.get_destination_page_number(place) for name, place in READER.named_destinations.items()
    }
    pages = {page.indirect_reference: number for number, page in enumerate(READER.pages)}

    def leads_to(place: Any) -> int:
        return named[place] if isinstance(place, str) else pages[place.get_object()[0]]

    links = [
        (number, leads_to(link.get_object()["/Dest"]))
        for number, page in enumerate(READER.pages)
        for link in page.get("/Annots", [])
    ]
    annex = next(n for n, page in enumerate(READER.pages) if "Evidence of the figures" in page.extract_text())
    figures = [to for place, to in links if place < annex]
    assert len(figures) == 19
    assert min(figures) >= annex
    assert [to for place, to in links if place >= annex and to < annex] != []
    assert all("/Contents" in link.get_object() for page in READER.pages for link in page.get("/Annots", []))


def test_a_draft_says_so_on_every_page() -> None:
    draft = read(report(state=State.DRAFT, without=("count.b",)))
    assert all("Draft: not for publication" in page.extract_text() for page in draft.pages)
    assert "建置[missing:count.b]座，拆除7座。" in text_of(draft)
    assert "Draft" not in text_of(READER)


def test_the_same_report_has_the_same_bytes() -> None:
    assert render(report(), Format.PDF, MANNER) == render(report(), Format.PDF, MANNER)


def test_a_machine_without_fonts_prints_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's fonts are not even asked for."""
    before = render(report(), Format.PDF, MANNER)
    asked: list[bool] = []
    fonts = pdf._fonts

    def counted(*, of_the_machine: bool) -> typst.Fonts:
        asked.append(of_the_machine)
        return fonts(of_the_machine=of_the_machine)

    monkeypatch.setattr(pdf, "_fonts", counted)
    assert render(report(), Format.PDF, MANNER) == before
    assert asked == [False]


def test_a_character_that_no_font_has_stops_the_file_with_its_name() -> None:
    with pytest.raises(RefusedError) as raised:
        render(report("壹、題\n甲\U0010fffd乙\U0010fffc"), Format.PDF, MANNER)
    assert raised.value.reason.parts == {"characters": "U+10FFFC, U+10FFFD"}
