"""A report from its draft to its publication by another person, and the audit of one, by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, expect
from tests.web.performance.year import YEAR, load, written_by_a_colleague
from tests.web.screens import assert_accessible, picture

from gatehouse.performance.models import Edition, NarrativePart
from gatehouse.platform.models import User
from gatehouse.platform.permissions import Role

pytestmark = [pytest.mark.real, pytest.mark.django_db(transaction=True)]
#: A page whose figures are all counted anew takes its time on a busy machine.
expect.set_options(timeout=20_000)
Open = Callable[..., Page]
Person = Callable[..., User]
REPORT = (
    "甲機關112年度施政績效報告\n"
    "一、預算：本年度預算編列91,378千元，實際執行217千元，執行率為2.37%。\n"
    "二、其他：本年度預算編列200千元，實際執行100千元，執行率為40%。\n"
)


def test_a_draft_is_written_by_one_and_published_by_another(open_screen: Open, person: Person) -> None:
    load()
    writer = open_screen(f"{YEAR}report/?part=others", user=person(Role.STATISTICIAN))
    text = writer.get_by_label("Text")
    text.fill("肆、其他：\n一、支用{nowhere.at-all}元。")
    writer.keyboard.press("Control+Enter")
    expect(writer.locator(".notice-success")).to_contain_text("Kept as revision 2.")
    expect(writer.locator(".stops")).to_contain_text("nowhere.at-all")
    text.fill("肆、其他：\n一、支用{southern-building.budget.spent:thousands}千元。")
    writer.keyboard.press("Control+Enter")
    expect(writer.locator(".notice-success")).to_contain_text("Kept as revision 3.")
    expect(writer.locator(".stops")).to_contain_text("Every figure has a value, and none was typed.")
    chip = writer.locator(".figure-ref").filter(has_text="217").last
    chip.click()
    expect(writer.locator("[data-current]")).to_contain_text("217,000")
    expect(writer.get_by_role("link", name="To publication")).to_have_count(0)

    publisher = open_screen(f"{YEAR}report/", user=person(Role.SUPERVISOR))
    publisher.get_by_role("link", name="To publication").click()
    expect(publisher.get_by_role("heading", name="This will be frozen as edition 1")).to_be_visible()
    expect(publisher.locator("tbody").first).to_contain_text("2.37%")
    assert_accessible(publisher)
    publisher.keyboard.press("Control+Enter")
    expect(publisher.locator(".notice-success")).to_contain_text("Edition 1 is published and frozen.")
    assert_accessible(publisher)
    picture(publisher, "performance-edition")
    edition = Edition.objects.get()
    assert (edition.written_by, edition.published_by) == ("user:statistician", "user:supervisor")
    with publisher.expect_download() as download:
        publisher.get_by_role("link", name="ODT").click()
    assert download.value.suggested_filename == "report-112-1.odt"


def test_nobody_loses_what_they_wrote_while_somebody_else_did(open_screen: Open, person: Person) -> None:
    load()
    page = open_screen(f"{YEAR}report/?part=others", user=person(Role.STATISTICIAN))
    page.get_by_label("Text").fill("肆、其他：\n一、自己所寫。")
    written_by_a_colleague("others", "肆、其他：\n一、他人所寫。", position=5)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("colleague wrote revision 2 of this part while you were writing")
    expect(page.locator("pre mark")).to_have_text(["一、他人所寫。", "一、自己所寫。"])
    assert_accessible(page)
    picture(page, "performance-conflict")
    page.get_by_role("textbox", name="Text").fill("肆、其他：\n一、兩人所寫。")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".notice-success")).to_contain_text("Kept as revision 3.")
    texts = NarrativePart.objects.filter(part="others").order_by("revision").values_list("text", flat=True)
    assert [text.splitlines()[-1] for text in texts][1:] == ["一、他人所寫。", "一、兩人所寫。"]


@pytest.mark.parametrize("script", [True, False])
def test_a_report_is_audited_and_each_finding_leads_to_its_passage_and_back(
    open_screen: Open, person: Person, *, script: bool
) -> None:
    page = open_screen("/performance/audit/", user=person(Role.ANALYST), script=script)
    page.get_by_label("Report", exact=True).set_input_files(
        FilePayload(name="report.txt", mimeType="text/plain", buffer=REPORT.encode())
    )
    page.get_by_role("button", name="Audit this report").press("Enter")
    expect(page.get_by_role("heading", name="report.txt: 2 findings")).to_be_visible()
    quote = page.locator("#finding-2 blockquote a")
    quote.press("Enter")
    expect(page.locator("#passage-2")).to_be_in_viewport()
    assert page.url.endswith("#passage-2")
    expect(page.locator(".read-text mark").nth(1)).to_contain_text("執行率為40%")
    page.locator("#passage-2").press("Enter")
    assert page.url.endswith("#finding-2")
    expect(page.locator("#finding-2")).to_be_in_viewport()


def test_a_file_that_is_no_report_is_said_once_and_the_form_stays(open_screen: Open, person: Person) -> None:
    page = open_screen("/performance/audit/", user=person(Role.ANALYST))
    page.get_by_label("Report", exact=True).set_input_files(
        FilePayload(name="photo.png", mimeType="image/png", buffer=b"\x89PNG\r\n\x1a\n\x00")
    )
    page.get_by_role("button", name="Audit this report").click()
    expect(page.get_by_role("alert")).to_contain_text("the file is no PDF, ODT, DOCX or HTML, and no text in UTF-8")
    expect(page.get_by_role("alert")).to_be_focused()
    assert_accessible(page)
