"""The console with the devices of its desk: a real agent beside it, documents that come, and what goes wrong."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.web import waiting
from tests.web.screens import LANGUAGES, THEMES, assert_accessible, picture
from tests.workstations.at_desk import Agent
from websockets.typing import Origin

from gatehouse.border.models import Inspection
from gatehouse.platform.config import config
from gatehouse.platform.models import User
from gatehouse.platform.permissions import Role
from gatehouse.platform.services import device_register

pytestmark = [pytest.mark.real, pytest.mark.django_db(transaction=True)]
Open = Callable[..., Page]
Person = Callable[..., User]
#: Slow enough that a test sees a reading under way.
SEEN = {"comes_after_ms": 600, "step_ms": 250, "chip_delay_ms": 8}
MISHAPS = {
    "pulled": ("The document was taken away before its chip was read", "證件於晶片讀取完成前即被取走"),
    "wrong_key": ("The chip does not open with the zone that is printed", "以印刷之判讀區無法開啟晶片"),
    "slow": ("The chip answers too slowly and was given up", "晶片回應過慢，已放棄讀取"),
    "lying_length": ("The chip answers what it may not", "晶片之回應不合規定"),
    "unplugged": ("A device was unplugged while it read", "讀取中設備遭拔除"),
}


@pytest.fixture(autouse=True)
def trusting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gatehouse.web.console.views.trusted", waiting.trusted)


@pytest.fixture
def desk(tmp_path: Path, live_server: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Agent]:
    """The agent of desk A12, paired and not yet started."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setattr(config(), "agent_port", port)
    token = device_register(name="TPE-A12", port="TPE")
    document = waiting.passport("JPN", 11)
    agent = Agent(
        tmp_path, origin=Origin(live_server.url), token=token, port=port, options=dict(SEEN), document=document
    )
    yield agent
    agent.end()


def begin(desk: Agent, *mishaps: str) -> None:
    desk.mishaps = mishaps or ("",)
    desk.start()


def test_a_document_that_is_laid_down_opens_its_inspection_by_itself(
    open_screen: Open, person: Person, desk: Agent
) -> None:
    begin(desk)
    page = open_screen("/console/", user=person(Role.INSPECTOR))
    expect(page.locator("[data-desk-connection]")).to_contain_text("Connected to the devices")
    expect(page.locator(".desk-device")).to_have_count(5)
    expect(page.locator("[data-desk-step]")).to_have_text("Lay the next document on the reader")
    picture(page, "desk-awaiting")
    expect(page.locator("[data-desk-step]")).to_have_text(re.compile(r"Chip: \d of \d files"))
    expect(page.locator(".desk-pages img")).not_to_have_count(0)
    picture(page, "desk-reading")
    expect(page.locator(".decision-bar")).to_be_visible()
    assert_accessible(page)
    picture(page, "desk-inspection")
    expect(page.locator(".verdict").first).to_contain_text("passed")
    expect(page.locator("img[alt='Face at the desk']")).to_be_visible()
    expect(page.locator(".column").first).to_contain_text("Chip opened with")
    page.get_by_role("link", name="PACE-ECDH-GM").click()
    expect(page.locator("#evidence-reading")).to_contain_text("Whole reading")
    assert_accessible(page)
    picture(page, "desk-evidence")
    document = Inspection.objects.get().findings["document"]
    assert document["verdict"] == "successful"
    assert document["report"]["access"] == "PACE-ECDH-GM-AES-CBC-CMAC-256/MRZ"
    assert document["report"]["failure"] is None


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("mishap", MISHAPS)
def test_what_goes_wrong_is_said_and_the_inspection_goes_on_by_hand(
    open_screen: Open, person: Person, desk: Agent, mishap: str, language: str
) -> None:
    begin(desk, mishap, "")
    page = open_screen("/console/", user=person(Role.INSPECTOR), language=language)
    alert = page.locator("[data-desk-failure]")
    said = MISHAPS[mishap][LANGUAGES.index(language) == LANGUAGES.index("zh-hant")]
    expect(alert).to_contain_text(said)
    assert_accessible(page)
    picture(page, f"desk-{mishap}-{language}")
    zone = "\n".join(waiting.passport("JPN", 11).mrz_lines)
    expect(page.locator("textarea[name=mrz]")).to_have_value(zone)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".decision-bar")).to_be_visible()
    assert_accessible(page)
    picture(page, f"desk-{mishap}-inspection-{language}")
    document = Inspection.objects.get().findings["document"]
    aborted = [check for check in document["checks"] if check["id"] == "chip"]
    assert [check["result"] for check in aborted] == ["aborted"]
    assert document["verdict"] in ("undetermined", "failed")
    assert document["report"]["failure"]["text"]


def test_a_chip_that_was_opened_with_less_than_it_was_signed_with_is_seen_at_once(
    open_screen: Open, person: Person, desk: Agent
) -> None:
    begin(desk, "downgraded")
    page = open_screen("/console/", user=person(Role.INSPECTOR))
    expect(page.locator(".verdict").first).to_contain_text("which EF.CardAccess hides")
    expect(page.locator(".column").first).to_contain_text("BAC")
    page.get_by_role("link", name="BAC", exact=True).click()
    expect(page.locator("#evidence-reading")).to_contain_text("the chip offers no PACE")
    picture(page, "desk-downgraded")
    assert Inspection.objects.get().findings["document"]["verdict"] == "failed"


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_panel_is_accessible_in_every_state(
    open_screen: Open, person: Person, desk: Agent, language: str, theme: str
) -> None:
    page = open_screen("/console/", user=person(Role.INSPECTOR), language=language, theme=theme)
    panel = page.locator("[data-desk]")
    expect(panel).to_have_attribute("data-state", "unreachable")
    assert_accessible(page)
    picture(page, f"desk-unreachable-{language}-{theme}")
    desk.options, desk.longest_s = {**SEEN, "chip_delay_ms": 50}, 20
    begin(desk, "pulled", "")
    expect(panel).to_have_attribute("data-state", "connected")
    expect(page.locator("progress")).to_be_visible()
    assert_accessible(page)
    picture(page, f"desk-reading-{language}-{theme}")
    expect(page.locator("[data-desk-failure]")).to_be_visible()
    assert_accessible(page)
    picture(page, f"desk-pulled-{language}-{theme}")
    page.keyboard.press("F4")
    expect(page.locator(".decision-bar")).to_be_visible(timeout=15_000)


def test_an_agent_that_is_killed_in_mid_read_leaves_the_console_to_work_by_hand_until_it_is_back(
    open_screen: Open, person: Person, desk: Agent
) -> None:
    desk.options = {**SEEN, "chip_delay_ms": 40}
    begin(desk)
    page = open_screen("/console/", user=person(Role.INSPECTOR))
    expect(page.locator("progress")).to_be_visible()
    desk.stop(9)
    expect(page.locator("[data-desk-connection]")).to_contain_text("does not answer: documents by hand")
    desk.options = dict(SEEN)
    desk.start()
    expect(page.locator("[data-desk-connection]")).to_contain_text("Connected to the devices")
    expect(page.locator(".decision-bar")).to_be_visible()


def test_another_program_on_the_agents_port_is_not_taken_for_the_agent(
    open_screen: Open, person: Person, desk: Agent
) -> None:
    desk.token = "a token that the centre never gave"
    begin(desk)
    page = open_screen("/console/", user=person(Role.INSPECTOR))
    expect(page.locator("[data-desk]")).to_have_attribute("data-state", "refused")
    picture(page, "desk-refused")


def test_what_an_officer_types_is_left_alone(open_screen: Open, person: Person, desk: Agent) -> None:
    begin(desk)
    page = open_screen("/console/", user=person(Role.INSPECTOR))
    page.get_by_label("Machine readable zone").fill("P<UTOTYPED")
    expect(page.locator("[data-desk-step]")).to_contain_text("what you typed was left as it is")
    expect(page.get_by_label("Machine readable zone")).to_have_value("P<UTOTYPED")
    assert_accessible(page)
    picture(page, "desk-typed")
    page.keyboard.press("F3")
    expect(page.locator(".decision-bar")).to_be_visible()


def test_a_second_window_takes_the_devices_over(open_screen: Open, person: Person, desk: Agent) -> None:
    desk.options = {**SEEN, "comes_after_ms": 60_000}
    begin(desk)
    officer = person(Role.INSPECTOR)
    first = open_screen("/console/", user=officer)
    expect(first.locator("[data-desk]")).to_have_attribute("data-state", "connected")
    second = open_screen("/console/", user=officer)
    expect(second.locator("[data-desk]")).to_have_attribute("data-state", "connected")
    expect(first.locator("[data-desk-connection]")).to_contain_text("Another window of this desk uses the devices")


def no_zone(desk: Agent) -> str:
    """A document whose page gives no zone; the number that is printed on it."""
    assert desk.document is not None
    assert desk.document.image.can is not None
    desk.options = {**SEEN, "chip_delay_ms": 2}
    begin(desk, "no_zone", "")
    return desk.document.image.can.digits


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_the_zone_is_worn_the_number_of_the_page_opens_the_chip(
    open_screen: Open, person: Person, desk: Agent, language: str
) -> None:
    number = no_zone(desk)
    page = open_screen("/console/", user=person(Role.INSPECTOR), language=language)
    expect(page.locator("[data-desk-failure]")).to_be_visible()
    page.keyboard.press("F6")
    field = page.locator("#card-access-number")
    expect(field).to_be_focused()
    assert_accessible(page)
    picture(page, f"desk-number-{language}")
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect(page.locator("[data-desk-number-error]")).to_be_visible()
    assert_accessible(page)
    field.fill(f"{(int(number) + 1) % 1_000_000:06}")
    page.keyboard.press("Enter")
    expect(page.locator("[data-desk-cause]")).to_contain_text(re.compile("does not open with this|以此卡片"))
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    assert_accessible(page)
    picture(page, f"desk-number-wrong-{language}")
    page.keyboard.type(number)
    page.keyboard.press("Enter")
    expect(page.locator(".decision-bar")).to_be_visible()
    assert_accessible(page)
    picture(page, f"desk-number-inspection-{language}")
    document = Inspection.objects.get().findings["document"]
    zone = [check for check in document["checks"] if check["id"] == "dg1_zone"]
    assert [check["result"] for check in zone] == ["undetermined"]
    assert document["verdict"] == "undetermined"
    assert document["report"]["access"] == "PACE-ECDH-GM-AES-CBC-CMAC-256/CAN"
    assert number not in str(Inspection.objects.values_list())
    assert number not in desk.spool.read_text()


def test_a_document_that_left_is_not_asked_for_its_number(open_screen: Open, person: Person, desk: Agent) -> None:
    no_zone(desk)
    page = open_screen("/console/", user=person(Role.INSPECTOR))
    expect(page.locator("[data-desk-offer]")).to_be_visible()
    page.keyboard.press("F4")  # laid down again: the one that was there has left
    expect(page.locator("[data-desk-offer]")).to_be_hidden()
    expect(page.locator(".decision-bar")).to_be_visible()
