"""Sign-in, shift and the pages around them, as a person meets them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.web.screens import LANGUAGES, PASSWORD, THEMES, assert_accessible, picture

from gatehouse.kernel.clock import SystemClock
from gatehouse.platform.accounts import password_reset
from gatehouse.platform.models import User
from gatehouse.platform.permissions import Role
from gatehouse.platform.sign_in import sign_in_try

pytestmark = pytest.mark.django_db(transaction=True)
Open = Callable[..., Page]
Person = Callable[..., User]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", THEMES)
def test_the_screens_of_the_frame_are_accessible(open_screen: Open, person: Person, language: str, theme: str) -> None:
    user = person(Role.STATISTICIAN)
    screens = {"sign-in": ("/sign-in/", None), "shift": ("/shift/", user), "not-found": ("/nowhere/", user)}
    screens["password"] = ("/account/password/", user)
    for name, (path, who) in screens.items():
        page = open_screen(path, user=who, language=language, theme=theme)
        assert_accessible(page)
        picture(page, f"{name}-{language}-{theme}")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", THEMES)
def test_what_holds_somebody_up_says_why(open_screen: Open, person: Person, language: str, theme: str) -> None:
    user = person(Role.INSPECTOR)
    for _ in range(5):
        sign_in_try(clock=SystemClock(), username=user.username)
    page = open_screen("/sign-in/", language=language, theme=theme)
    page.locator("#id_username").fill(user.username)
    page.locator("#id_password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    assert_accessible(page)
    picture(page, f"sign-in-waits-{language}-{theme}")
    password_reset(username=user.username, password=PASSWORD)
    user.refresh_from_db()
    page = open_screen("/console/", user=user, language=language, theme=theme)
    expect(page).to_have_url(re.compile("/account/password/$"))
    page.locator("[data-menu] summary").click()
    assert_accessible(page)
    picture(page, f"password-first-{language}-{theme}")


def test_signing_in_by_keyboard_alone(open_screen: Open, person: Person) -> None:
    person(Role.INSPECTOR)
    page = open_screen("/sign-in/")
    expect(page.get_by_label("User name")).to_be_focused()
    page.keyboard.type("inspector")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("banner")).to_contain_text("陳怡君")


def test_a_wrong_password_says_what_to_do_and_tells_not_which_accounts_exist(open_screen: Open, person: Person) -> None:
    person(Role.INSPECTOR)
    said = []
    for name in ("inspector", "nobody"):
        page = open_screen("/sign-in/")
        page.get_by_label("User name").fill(name)
        page.get_by_label("Password").fill("wrong")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_be_focused()
        said.append(page.get_by_role("alert").inner_text())
        assert_accessible(page)
    assert said[0] == said[1]
    assert "do not belong together" in said[0]


def test_language_and_theme_follow_the_person_to_the_next_desk(open_screen: Open, person: Person) -> None:
    user = person(Role.INSPECTOR)
    page = open_screen("/shift/", user=user)
    page.get_by_role("button", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hant-TW")
    page.locator("summary").click()
    page.locator("button[value=dark]").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    user.refresh_from_db()
    assert (user.language, user.theme) == ("zh-hant", "dark")


def test_focus_is_visible_on_everything_that_takes_it(open_screen: Open) -> None:
    page = open_screen("/sign-in/")
    seen = {}
    for _ in range(8):
        page.keyboard.press("Tab")
        script = "[document.activeElement.tagName, getComputedStyle(document.activeElement).outlineWidth]"
        name, width = page.evaluate(script)
        seen[name] = width
    seen.pop("BODY", None)
    assert set(seen) >= {"A", "BUTTON", "INPUT", "SUMMARY"}
    assert set(seen.values()) == {"3px"}


def test_the_loss_of_the_connection_is_said_in_words(open_screen: Open, person: Person) -> None:
    page = open_screen("/shift/", user=person(Role.INSPECTOR))
    status = page.locator("[data-connection]")
    expect(status).to_contain_text("Connected")
    page.evaluate("Object.defineProperty(navigator, 'onLine', {get: () => false})")
    page.evaluate("dispatchEvent(new Event('offline'))")
    expect(status).to_contain_text("Offline for 0 min")
    assert_accessible(page)


def test_the_end_of_a_session_is_announced(open_screen: Open, person: Person, settings: Any) -> None:
    settings.SESSION_IDLE_SECONDS = 100
    page = open_screen("/shift/", user=person(Role.INSPECTOR))
    expect(page.get_by_role("alertdialog")).to_contain_text("You will be signed out in 1:")
    assert_accessible(page)
