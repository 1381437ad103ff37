"""Faces compared and biometrics captured, as officers see them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect
from tests.web import waiting
from tests.web.screens import LANGUAGES, THEMES, assert_accessible, picture

from gatehouse.biometrics.comparing import Policy
from gatehouse.biometrics.reference import ReferenceEngine
from gatehouse.border.api import DecisionKind, Direction, DocumentReading, decision_take, inspection_open
from gatehouse.border.models import Capture, Judgement
from gatehouse.platform.actors import Actor
from gatehouse.platform.engines import Engines
from gatehouse.platform.models import User
from gatehouse.platform.permissions import Role
from gatehouse.simulation.portraits import portrait
from gatehouse.web.clock import CLOCK

pytestmark = pytest.mark.django_db(transaction=True)
Open = Callable[..., Page]
Person = Callable[..., User]
ENGINES = Engines(ReferenceEngine(), None, Policy(false_match_rate=0.05, accept_demonstration=True))
SEED, STRANGER = 11, 47


@pytest.fixture(autouse=True)
def desk(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A desk with a reader and the engine of the demo, which trusts the made-up states."""
    settings.DOCUMENT_READER = "tests.web.waiting.Queue"
    monkeypatch.setattr("gatehouse.web.console.views.trusted", waiting.trusted)
    for service in ("inspections", "captures"):
        monkeypatch.setattr(f"gatehouse.border.services.{service}.settings_engines", lambda: ENGINES)
    waiting.waiting.clear()
    yield
    waiting.waiting.clear()


def stands(officer: User, direction: Direction, *, face: bytes | None, state: str = "JPN") -> str:
    """Somebody stands at the desk; gives the address of their inspection."""
    document = waiting.passport(state, SEED)
    trust = waiting.trusted()
    inspection = inspection_open(
        clock=CLOCK,
        officer=Actor.of(officer),
        port="TPE",
        lane="A12",
        direction=direction,
        reading=DocumentReading("\n".join(document.mrz_lines), CLOCK.now(), document.files, face),
        trust=trust.anchors,
        crls=trust.crls,
    )
    return f"/console/{inspection}/"


def own(pose: float = 0.2) -> bytes:
    return portrait(waiting.passport("JPN", SEED).holder.seed, pose=pose, light=0.95)


def leaves_after_entry(officer: User, *, face: bytes) -> str:
    inspection = UUID(stands(officer, Direction.ENTRY, face=own()).split("/")[2])
    decision_take(
        clock=CLOCK, officer=Actor.of(officer), inspection=inspection, kind=DecisionKind.ADMIT, reason="let in"
    )
    return stands(officer, Direction.EXIT, face=face)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", THEMES)
def test_the_screens_of_biometrics_are_accessible(open_screen: Open, person: Person, language: str, theme: str) -> None:
    officer = person(Role.SECOND_LINE)
    shown = {
        "entry": stands(officer, Direction.ENTRY, face=own()),
        "no-face": stands(officer, Direction.ENTRY, face=None),
        "exit": leaves_after_entry(officer, face=own(-0.2)),
        "stranger": leaves_after_entry(officer, face=portrait(STRANGER)),
    }
    page = open_screen("/console/", user=officer, language=language, theme=theme)
    root = page.url.split("/console")[0]
    for name, address in shown.items():
        page.goto(root + address)
        assert_accessible(page)
        picture(page, f"biometrics-{name}-{language}-{theme}")
        if name == "stranger":
            page.locator(".scales a").first.click()
            assert_accessible(page)
            picture(page, f"biometrics-{name}-evidence-{language}-{theme}")
        page.goto(f"{root}{address}capture/")
        assert_accessible(page)
        picture(page, f"biometrics-{name}-capture-{language}-{theme}")


def test_a_score_is_a_place_on_a_scale_and_the_engine_says_what_it_is(open_screen: Open, person: Person) -> None:
    officer = person(Role.SECOND_LINE)
    page = open_screen(leaves_after_entry(officer, face=portrait(STRANGER)), user=officer)
    scales = page.locator(".scale")
    expect(scales).to_have_count(2)
    for scale in (scales.nth(0), scales.nth(1)):
        expect(scale.locator("svg")).to_have_attribute("aria-label", "Likeness below the threshold")
        expect(scale).to_contain_text("for demonstration")
        expect(scale).to_contain_text("Threshold: 1 in 20 different people reach it")
        expect(scale).to_contain_text("this engine cannot tell attacks")
    expect(page.locator(".decision-bar")).to_contain_text("Second line")
    expect(page.locator(".face-captured img")).to_be_visible()


def test_an_inspector_sees_the_comparison_and_not_the_picture_of_the_entry(open_screen: Open, person: Person) -> None:
    officer = person(Role.INSPECTOR)
    page = open_screen(leaves_after_entry(officer, face=own(-0.2)), user=officer)
    expect(page.locator(".scale")).to_have_count(2)
    expect(page.locator(".face-captured")).to_have_count(0)


def test_captures_are_recorded_without_script(open_screen: Open, person: Person, tmp_path: Path) -> None:
    officer = person(Role.INSPECTOR)
    page = open_screen(stands(officer, Direction.ENTRY, face=None), user=officer, script=False)
    expect(page.locator(".captures")).to_contain_text("missing")
    page.get_by_role("link", name="Record a capture").click()
    page.get_by_role("button", name="Record").click()
    expect(page.locator(".error-summary")).to_contain_text("nothing was captured: give a face or a finger")
    face = tmp_path / "face.jpg"
    face.write_bytes(own())
    page.get_by_label("Face (JPEG)").set_input_files(face)
    page.get_by_role("button", name="Record").click()
    expect(page.locator(".notice-success")).to_contain_text("Recorded")
    page.get_by_role("link", name="Record a capture").click()
    page.get_by_label("the person declines").check()
    page.get_by_label("Reason").fill("does not want to")
    page.get_by_role("button", name="Record").click()
    expect(page.locator(".captures")).to_contain_text("declined")
    expect(page.locator(".decision-bar")).to_contain_text("capture was declined: fingerprints")
    assert list(Capture.objects.order_by("recorded_at").values_list("modality", "state")) == [
        ("face", "taken"),
        ("fingerprints", "declined"),
    ]
    page.get_by_role("button", name="the same person").click()
    expect(page.locator(".judge")).to_contain_text("By eye: the same person")
    assert Judgement.objects.get().same


def test_an_exemption_is_chosen_with_its_article(open_screen: Open, person: Person) -> None:
    officer = person(Role.INSPECTOR)
    page = open_screen(stands(officer, Direction.ENTRY, face=None), user=officer)
    page.keyboard.press("F4")
    page.get_by_label("the person is exempt").check()
    page.get_by_label("Exempt because").select_option("special_approval")
    page.get_by_role("button", name="Record").click()
    expect(page.locator(".captures")).to_contain_text("入出國及移民法 §91 II (3)")
    expect(page.get_by_role("link", name="Record a capture")).to_have_count(0)


def test_of_a_national_nothing_is_asked(open_screen: Open, person: Person) -> None:
    officer = person(Role.INSPECTOR)
    address = stands(officer, Direction.ENTRY, face=None, state="TWN")
    page = open_screen(address, user=officer)
    expect(page.locator(".captures")).to_have_count(0)
    page.goto(page.url + "capture/")
    expect(page.locator(".notice-error")).to_contain_text("Nothing can be captured of this person now.")
