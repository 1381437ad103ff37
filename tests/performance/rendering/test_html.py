from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.performance.rendering.sample import MANNER, report
from tests.web.screens import THEMES, assert_accessible, picture

from gatehouse.performance.domain.report import Report, State
from gatehouse.performance.rendering import Format, render

VOID = {"meta", "link", "br", "img", "input", "hr"}


class Reader(HTMLParser):
    """Tags with their attributes, and the text of each element by its id or tag."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[int] = []
        self.text: dict[int, str] = {}
        self.feed(page.decode())
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))
        if tag not in VOID:
            self.open.append(len(self.tags) - 1)

    def handle_endtag(self, tag: str) -> None:
        assert self.tags[self.open.pop()][0] == tag

    def handle_data(self, data: str) -> None:
        for number in self.open:
            self.text[number] = self.text.get(number, "") + data

    def said(self, tag: str) -> list[str]:
        return [self.text.get(number, "") for number, (name, _) in enumerate(self.tags) if name == tag]

    def by_id(self, id: str) -> str:
        return next(self.text[number] for number, (_, found) in enumerate(self.tags) if found.get("id") == id)

    def attributes(self, tag: str, name: str) -> list[str | None]:
        return [found[name] for each, found in self.tags if each == tag and name in found]


def page_of(found: Report) -> Reader:
    return Reader(render(found, Format.HTML, MANNER))


PAGE = page_of(report())


def test_the_headings_are_those_of_the_report() -> None:
    assert PAGE.attributes("html", "lang") == ["zh-Hant-TW"]
    assert PAGE.said("h1") == ["內政部移民署112年度施政績效報告"]
    assert PAGE.said("h2") == [
        "壹、年度施政目標：",
        "貳、年度重要計畫達成情形：",
        "參、年度目標推動成果具體事蹟：",
        "Corrections to earlier editions",
        "Differences from what was published elsewhere",
        "Evidence of the figures",
        "About this report",
    ]
    assert PAGE.said("h3")[:3] == [
        "一、維護社會安定，守護人民安全。",
        "二、精進便民服務，加強人權維護。",
        "一、辦公廳舍新建工程中長程計畫：",
    ]
    assert PAGE.said("h5") == ["1.自動通關系統："]
    assert "(二)計畫預算執行情形：" in PAGE.said("h4")


def test_the_table_has_headings_for_columns_and_rows() -> None:
    assert PAGE.said("caption")[0] == "辦公廳舍新建工程中長程計畫－計畫目標及達成情形"
    assert PAGE.said("tr")[:2] == [
        "指標名稱(A)年度目標值(B)實際值(C)達成率(C/B)",
        "(1)流標檢討及修正計畫報核10%100%100%",
    ]
    assert PAGE.attributes("th", "scope")[:5] == ["col", "col", "col", "col", "row"]


def test_every_figure_opens_its_evidence_in_the_same_file_and_leads_back() -> None:
    links = [found for tag, found in PAGE.tags if tag == "a"]
    ids = {found["id"] for _, found in PAGE.tags if "id" in found}
    figures = [link for link in links if link.get("class") == "figure"]
    assert len(figures) == len(report().figure_runs()) == 19
    assert figures[6]["href"] == "#figure.building.allocated"
    assert {str(link["href"])[1:] for link in links} <= ids
    back = {link["href"] for link in links if str(link["href"]).startswith("#place-")}
    assert back == {f"#{figure['id']}" for figure in figures}
    assert "ab" * 32 in PAGE.by_id("figure.building.spent")
    assert "p-1第一期付款217,000付款憑單" in PAGE.by_id("figure.building.spent")


def test_an_id_stands_once() -> None:
    ids = [found["id"] for _, found in PAGE.tags if "id" in found]
    assert max(Counter(ids).values()) == 1


def test_nothing_is_fetched_and_nothing_runs() -> None:
    assert {tag for tag, _ in PAGE.tags} & {"script", "link", "img", "iframe", "object", "form"} == set()
    assert [href for href in PAGE.attributes("a", "href") if not str(href).startswith("#")] == []
    [style] = PAGE.said("style")
    assert "url(" not in style
    assert "@import" not in style


def test_a_draft_says_so_and_names_what_is_missing() -> None:
    draft = page_of(report(state=State.DRAFT, without=("count.b",)))
    assert "Draft: not for publication" in draft.said("p")
    assert draft.said("mark") == ["[missing: count.b]"]
    assert draft.said("li")[0] == "count.b"
    assert draft.said("title") == ["內政部移民署112年度施政績效報告 – Draft: not for publication"]
    assert "Draft" not in "".join(PAGE.said("body"))


def test_the_same_report_has_the_same_bytes() -> None:
    assert render(report(), Format.HTML, MANNER) == render(report(), Format.HTML, MANNER)


@pytest.fixture
def opened(browser: Browser) -> Iterator[Any]:
    contexts = []

    def open_page(**how: Any) -> Page:
        context = browser.new_context(java_script_enabled=True, offline=True, **how)
        contexts.append(context)
        page = context.new_page()
        page.set_content(render(report(state=State.DRAFT, without=("count.b",)), Format.HTML, MANNER).decode())
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.real
@pytest.mark.parametrize("theme", THEMES)
def test_in_a_browser_it_is_accessible_and_a_figure_leads_to_its_evidence(opened: Any, theme: str) -> None:
    page = opened(color_scheme=theme)
    picture(page, f"report-{theme}")
    assert_accessible(page)
    page.locator("a.figure", has_text="91,378").click()
    target = page.locator("article:target h3")
    assert target.inner_text() == "年度預算 91,378"
    assert target.is_visible()
    page.locator("article:target .back a").click()
    assert page.locator("a.figure:target").inner_text() == "91,378"


@pytest.mark.real
def test_on_a_narrow_screen_nothing_is_cut_off(opened: Any) -> None:
    page = opened(viewport={"width": 320, "height": 640})
    picture(page, "report-narrow")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
