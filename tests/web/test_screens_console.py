"""The officer's console as an officer uses it: the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.web import waiting
from tests.web.screens import LANGUAGES, THEMES, assert_accessible, picture

from gatehouse.platform.models import User
from gatehouse.platform.permissions import Role
from gatehouse.simulation.issuing import Fault

pytestmark = pytest.mark.django_db(transaction=True)
Open = Callable[..., Page]
Person = Callable[..., User]


@pytest.fixture(autouse=True)
def desk(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A desk with a reader, which trusts the made-up states."""
    settings.DOCUMENT_READER = "tests.web.waiting.Queue"
    monkeypatch.setattr("gatehouse.web.console.views.trusted", waiting.trusted)
    waiting.waiting.clear()
    yield
    waiting.waiting.clear()


def press(page: Page, key: str) -> None:
    """A key, once the page is armed."""
    page.wait_for_timeout(450)
    page.keyboard.press(key)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", THEMES)
def test_the_console_is_accessible(open_screen: Open, person: Person, language: str, theme: str) -> None:
    user = person(Role.INSPECTOR)
    page = open_screen("/console/", user=user, language=language, theme=theme)
    assert_accessible(page)
    picture(page, f"console-idle-{language}-{theme}")
    for name, state, fault in (("sound", "JPN", None), ("national", "TWN", None), ("forged", "UTO", Fault.ALTERED_DG2)):
        waiting.arrives(state, 11, fault)
        page.goto(page.url.split("/console")[0] + "/console/")
        press(page, "Enter")
        expect(page.locator(".decision-bar")).to_be_visible()
        assert_accessible(page)
        picture(page, f"console-{name}-{language}-{theme}")
        press(page, "F2")
        assert_accessible(page)
        picture(page, f"console-{name}-evidence-{language}-{theme}")
        press(page, "Escape")
        press(page, "F8")
        expect(page.locator("dialog[open] textarea")).to_be_focused()
        assert_accessible(page)
        picture(page, f"console-{name}-refuse-{language}-{theme}")
