"""The year, a plan, an indicator, the report desk and the audit of a report: accessible, and working without script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload, Page, expect
from tests.web.performance.year import SOUTH, YEAR, load
from tests.web.screens import LANGUAGES, THEMES, assert_accessible, picture

from gatehouse.platform.models import User
from gatehouse.platform.permissions import Role

pytestmark = pytest.mark.django_db(transaction=True)
#: A page whose figures are all counted anew takes its time on a busy machine.
expect.set_options(timeout=20_000)
Open = Callable[..., Page]
Person = Callable[..., User]
SCREENS = {
    "year": YEAR,
    "year-empty": "/performance/113/",
    "plan": f"{YEAR}plans/{SOUTH}/",
    "plan-other": f"{YEAR}plans/next-generation-inspection/",
    "indicator": f"{YEAR}indicators/workstation-availability/",
    "indicator-ports": f"{YEAR}indicators/egate-use-nationals/",
    "figure": f"{YEAR}figures/{SOUTH}.budget.execution-rate/",
    "desk": f"{YEAR}report/",
    "desk-empty": "/performance/113/report/",
    "audit": "/performance/audit/",
}
REPORT = "甲機關112年度施政績效報告\n一、預算：本年度預算編列91,378千元，實際執行217千元，執行率為2.37%。\n"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", THEMES)
def test_the_screens_of_the_report_are_accessible(open_screen: Open, person: Person, language: str, theme: str) -> None:
    load()
    writer, publisher = person(Role.STATISTICIAN), person(Role.SUPERVISOR)
    screens = {name: (path, writer) for name, path in SCREENS.items()}
    screens["publish"] = (f"{YEAR}report/publish/", publisher)
    for name, (path, who) in screens.items():
        page = open_screen(path, user=who, language=language, theme=theme)
        assert_accessible(page)
        picture(page, f"performance-{name}-{language}-{theme}")
        page.context.close()
    page = open_screen("/performance/audit/", user=writer, language=language, theme=theme)
    page.locator("#id_report").set_input_files(FilePayload(name="r.txt", mimeType="text/plain", buffer=REPORT.encode()))
    page.locator("form .button-primary").click()
    expect(page.locator(".findings > li")).to_have_count(1)
    assert_accessible(page)
    picture(page, f"performance-audited-{language}-{theme}")


def test_without_script_a_figure_still_opens_its_evidence_and_its_records(open_screen: Open, person: Person) -> None:
    load()
    page = open_screen(f"{YEAR}plans/{SOUTH}/", user=person(Role.ANALYST), script=False)
    page.locator(".figure-chip").filter(has_text="0.24%").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("execution rate")
    expect(page.locator(".summary-list")).to_contain_text("0.2374751034")
    expect(page.locator("tbody tr").filter(has_text="payment, management").first).to_be_visible()
    page.goto(page.url.replace(f"figures/{SOUTH}.budget.execution-rate/", "report/"))
    page.locator(".figure-ref").filter(has_text="0.24%").click()
    expect(page.locator(f'[id="evidence-{SOUTH}.budget.execution-rate"]')).to_be_visible()


def test_f2_opens_the_evidence_of_the_figure_that_has_the_focus(open_screen: Open, person: Person) -> None:
    load()
    page = open_screen(YEAR, user=person(Role.ANALYST))
    chip = page.locator(f'[data-evidence="{SOUTH}.delay"]')
    chip.focus()
    page.keyboard.press("F2")
    expect(page.locator("[data-current] h3")).to_contain_text("delay")
    page.keyboard.press("Escape")
    expect(chip).to_be_focused()
