"""Whole inspections by keyboard alone, as an officer's day has them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import FilePayload, Page, expect
from tests.web import waiting
from tests.web.screens import assert_accessible, picture

from gatehouse.border.models import Crossing, Decision, Inspection
from gatehouse.platform.models import User
from gatehouse.platform.permissions import Role
from gatehouse.simulation.issuing import Fault

pytestmark = [pytest.mark.real, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]
Person = Callable[..., User]
#: The page arms ⏎ this many milliseconds after it has come.
ARMED = 450


@pytest.fixture(autouse=True)
def desk(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A desk with a reader, which trusts the made-up states."""
    settings.DOCUMENT_READER = "tests.web.waiting.Queue"
    monkeypatch.setattr("gatehouse.web.console.views.trusted", waiting.trusted)
    waiting.waiting.clear()
    yield
    waiting.waiting.clear()


@pytest.fixture
def console(open_screen: Open, person: Person) -> Page:
    return open_screen("/console/", user=person(Role.INSPECTOR))


def press(page: Page, key: str) -> None:
    page.wait_for_timeout(ARMED)
    page.keyboard.press(key)


def next_one(page: Page) -> None:
    """⏎ on the idle screen, whose button has the focus."""
    expect(page.get_by_role("button", name="Next traveller")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".decision-bar")).to_be_visible()


def states() -> list[str]:
    return list(Inspection.objects.order_by("opened_at").values_list("state", flat=True))


def test_admitting_takes_two_keys_and_comes_back_to_the_next_traveller(console: Page) -> None:
    document = waiting.arrives("JPN", 11)
    next_one(console)
    press(console, "Enter")
    expect(console.locator(".notice-success")).to_contain_text(f"Admitted: {document.holder.surname.upper()}")
    expect(console.get_by_role("button", name="Next traveller")).to_be_focused()
    assert states() == ["closed"]
    assert Crossing.objects.get().document_number == document.document_number


def test_a_key_that_is_held_down_decides_nothing(console: Page) -> None:
    waiting.arrives("JPN", 11)
    next_one(console)
    console.wait_for_timeout(ARMED)
    held = "new KeyboardEvent('keydown', {key: 'Enter', repeat: true, bubbles: true, cancelable: true})"
    console.evaluate(f"document.body.dispatchEvent({held})")
    console.evaluate(f"document.querySelector('[data-keys~=Enter]').dispatchEvent({held})")
    console.keyboard.down("Enter")  # a true press, let go at once
    console.keyboard.up("Enter")
    expect(console.locator(".notice-success")).to_be_visible()
    assert Decision.objects.count() == 1


def test_enter_of_an_input_method_decides_nothing(console: Page) -> None:
    waiting.arrives("JPN", 11)
    next_one(console)
    console.wait_for_timeout(ARMED)
    for composing in ("isComposing: true", "keyCode: 229"):
        event = f"new KeyboardEvent('keydown', {{key: 'Enter', {composing}, bubbles: true, cancelable: true}})"
        console.evaluate(f"document.body.dispatchEvent({event})")
    console.wait_for_timeout(200)
    assert states() == ["open"]
    assert Decision.objects.count() == 0


def test_enter_pressed_twice_in_haste_does_not_accept_the_next_page(console: Page) -> None:
    waiting.arrives("JPN", 11)
    again = "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true}))"
    console.add_init_script(f"addEventListener('DOMContentLoaded', () => setTimeout(() => {again}, 50))")
    next_one(console)
    console.wait_for_timeout(ARMED)
    assert states() == ["open"]
    assert Decision.objects.count() == 0


def test_a_decision_that_is_not_proposed_asks_why(console: Page) -> None:
    waiting.arrives("JPN", 11)
    next_one(console)
    press(console, "F6")
    reason = console.locator("dialog[open] textarea")
    expect(reason).to_be_focused()
    console.keyboard.press("Control+Enter")
    alert = console.get_by_role("alert")
    expect(alert).to_be_focused()
    expect(alert).to_contain_text("Give the reason")
    assert_accessible(console)
    picture(console, "reason-missing")
    assert Decision.objects.count() == 0
    console.get_by_role("textbox", name="Reason").fill("答詢前後不一")
    console.keyboard.press("Control+Enter")
    expect(console.locator(".notice-success")).to_contain_text("Sent to the second line")
    assert states() == ["referred"]
    assert Decision.objects.get().reason == "答詢前後不一"


def test_escape_goes_one_step_back(console: Page) -> None:
    waiting.arrives("JPN", 11)
    next_one(console)
    press(console, "F8")
    expect(console.locator("dialog[open]")).to_be_visible()
    console.keyboard.press("Escape")
    expect(console.locator("dialog[open]")).to_have_count(0)
    console.keyboard.press("F2")
    expect(console.locator("#evidence")).to_be_visible()
    console.keyboard.press("Escape")
    expect(console.locator("#evidence")).not_to_be_visible()
    console.keyboard.press("Escape")
    expect(console.get_by_role("button", name="Next traveller")).to_be_visible()
    assert states() == ["open"]


def test_a_refusal_waits_for_another_officer_on_their_own_sign_in(
    console: Page, open_screen: Open, person: Person
) -> None:
    waiting.arrives("JPN", 11)
    next_one(console)
    press(console, "F8")
    console.keyboard.type("purpose of the visit not shown")
    console.keyboard.press("Control+Enter")
    expect(console.locator(".notice-success")).to_contain_text("waits for a second officer")
    assert states() == ["awaiting_confirmation"]
    second = open_screen("/second-line/", user=person(Role.SECOND_LINE))
    expect(second.locator("[data-keys=Enter]")).to_be_focused()
    picture(second, "secondline-queue")
    second.keyboard.press("Enter")
    expect(second.get_by_role("button", name="Confirm the refusal")).to_be_visible()
    picture(second, "secondline-confirm")
    press(second, "F8")
    expect(second.locator("dialog[open] textarea")).to_be_focused()
    second.keyboard.press("Control+Enter")
    expect(second.locator(".notice-success")).to_contain_text("Refusal confirmed")
    assert states() == ["closed"]
    assert Crossing.objects.count() == 0
    assert Decision.objects.get().second_officer == "user:second_line"


def test_who_refused_is_not_offered_to_confirm(open_screen: Open, person: Person) -> None:
    officer = person(Role.SUPERVISOR)
    page = open_screen("/console/", user=officer)
    waiting.arrives("JPN", 11)
    next_one(page)
    press(page, "F8")
    page.keyboard.type("purpose of the visit not shown")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".notice-success")).to_be_visible()
    page.goto(page.url.replace("/console/", "/second-line/"))
    page.keyboard.press("Enter")
    expect(page.locator(".decision-bar")).to_be_visible()
    expect(page.get_by_role("button", name="Confirm the refusal")).to_have_count(0)


def test_a_hold_starts_the_statutory_clock(console: Page, open_screen: Open, person: Person) -> None:
    waiting.arrives("UTO", 11, Fault.ALTERED_DG2)
    next_one(console)
    press(console, "F9")
    console.keyboard.type("face of the chip is another's")
    console.keyboard.press("Control+Enter")
    expect(console.locator(".notice-success")).to_contain_text("the statutory time runs")
    held = Inspection.objects.get()
    assert held.hold_started_at is not None
    assert held.hold_ends_at is not None
    assert (held.hold_ends_at - held.hold_started_at).total_seconds() == 6 * 3600
    second = open_screen("/second-line/", user=person(Role.SECOND_LINE))
    expect(second.locator("[data-until]")).to_contain_text("5:59:")
    assert_accessible(second)
    second.keyboard.press("Enter")
    expect(second.locator(".console-head [data-until]")).to_contain_text("5:59:")
    assert_accessible(second)
    picture(second, "secondline-held")


def test_a_proposed_referral_is_accepted_by_enter(console: Page) -> None:
    waiting.arrives("TWN", 12, Fault.FORGED)
    next_one(console)
    expect(console.locator(".proposal")).to_contain_text("Second line")
    press(console, "Enter")
    expect(console.locator(".notice-success")).to_contain_text("Sent to the second line")
    assert states() == ["referred"]


def test_a_document_typed_by_hand_says_which_character_is_wrong(console: Page) -> None:
    zone = "\n".join(waiting.passport("JPN", 11).mrz_lines)
    box = console.get_by_label("Machine readable zone")
    box.fill(zone[:50] + "*" + zone[51:])
    console.keyboard.press("Control+Enter")
    expect(console.get_by_role("alert")).to_contain_text("Line 2, character 6: * is not A to Z, 0 to 9 or <.")
    assert_accessible(console)
    box.fill(zone.lower())
    console.keyboard.press("Control+Enter")
    expect(console.locator(".decision-bar")).to_be_visible()
    expect(console.locator(".face-none")).to_have_count(2)


def test_chip_files_may_be_attached(console: Page) -> None:
    document = waiting.passport("JPN", 11)
    console.get_by_label("Machine readable zone").fill("\n".join(document.mrz_lines))
    console.get_by_label("Files of the chip").set_input_files(
        [FilePayload(name=f"EF.{name}", mimeType="", buffer=data) for name, data in document.files.items()]
    )
    console.get_by_role("button", name="Read this document").press("Enter")
    expect(console.locator(".verdict").first).to_contain_text("passed")


def test_an_officer_without_a_post_chooses_one_first(open_screen: Open, person: Person, live_server: Any) -> None:
    page = open_screen("/sign-in/")
    person(Role.INSPECTOR)
    page.keyboard.type("inspector")
    page.keyboard.press("Tab")
    page.keyboard.type("a long enough password")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Where do you work now?")
    page.get_by_label("Port").select_option("TPE")
    page.get_by_label("Desk or lane").fill("a7")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Next traveller")).to_be_visible()
    expect(page.get_by_role("banner")).to_contain_text("A7")


def test_an_inspection_needs_no_script(open_screen: Open, person: Person) -> None:
    page = open_screen("/console/", user=person(Role.SUPERVISOR), script=False)
    waiting.arrives("JPN", 11)
    page.get_by_role("button", name="Next traveller").click()
    page.get_by_role("button", name="Evidence").click()
    expect(page.locator("#evidence")).to_be_visible()
    page.get_by_role("link", name="Close").click()
    page.get_by_role("button", name="Second line").click()
    page.get_by_role("textbox", name="Reason").fill("to be asked about the journey")
    page.get_by_role("button", name="Record the decision").click()
    expect(page.locator(".notice-success")).to_contain_text("Sent to the second line")
    page.get_by_role("link", name="Second line").click()
    page.get_by_role("link", name="NAKAMURA").click()
    page.get_by_role("button", name="Admit").click()
    expect(page.locator(".notice-success")).to_contain_text("Admitted")
    assert states() == ["closed"]
    assert Crossing.objects.count() == 1


def test_the_queue_looks_again_and_keeps_nobody_signed_in(console: Page, open_screen: Open, person: Person) -> None:
    second = open_screen("/second-line/", user=person(Role.SECOND_LINE))
    second.clock.install()
    second.reload()
    expect(second.locator(".empty")).to_be_visible()
    key = next(cookie["value"] for cookie in second.context.cookies() if cookie["name"] == "session")
    active_at = SessionStore(key)["active_at"]
    waiting.arrives("TWN", 12, Fault.FORGED)
    next_one(console)
    press(console, "Enter")
    expect(console.locator(".notice-success")).to_be_visible()
    second.clock.run_for(31_000)
    expect(second.locator("tbody tr")).to_have_count(1)
    assert SessionStore(key)["active_at"] == active_at
