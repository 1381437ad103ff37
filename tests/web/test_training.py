"""A training says on every screen, and on every sheet that is printed, that it is one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client, RequestFactory
from playwright.sync_api import Page, expect
from tests.web.screens import LANGUAGES, THEMES, assert_accessible, picture
from tests.web.test_permissions import EXAMPLES, ROUTES, concrete

from gatehouse.platform.models import User
from gatehouse.platform.permissions import Role
from gatehouse.web import frame, home
from gatehouse.web.home import broken

pytestmark = pytest.mark.django_db(transaction=True)
BANNER = "For training: nothing here is on record."


@pytest.fixture
def training(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (frame, home):
        monkeypatch.setattr(module, "is_training", lambda: True)


@pytest.mark.usefixtures("training")
def test_every_screen_says_it(client: Client, person: Callable[..., User]) -> None:
    pages = 0
    for role in Role:
        client.force_login(person(role))
        for path, _ in ROUTES:
            if any(part in path for part in EXAMPLES) or "stream" in path:
                continue
            answer = client.get(concrete(path))
            if "text/html" in answer.headers.get("Content-Type", "") and answer.content:
                pages += 1
                assert BANNER in answer.content.decode(), path
    assert pages > 50


@pytest.mark.usefixtures("training")
def test_the_pages_of_what_went_wrong_say_it(client: Client) -> None:
    assert BANNER in client.get("/sign-in/").content.decode()
    assert BANNER in client.get("/nowhere/").content.decode()
    assert BANNER in broken(RequestFactory().get("/")).content.decode()


def test_no_other_mode_says_it(client: Client) -> None:
    for page in (client.get("/sign-in/"), broken(RequestFactory().get("/"))):
        assert BANNER not in page.content.decode()


@pytest.mark.usefixtures("training")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", THEMES)
def test_the_banner_can_be_read_by_all_and_is_printed(
    open_screen: Callable[..., Page], person: Callable[..., User], language: str, theme: str
) -> None:
    page = open_screen("/handovers/", user=person(Role.SUPERVISOR), language=language, theme=theme)
    assert_accessible(page)
    picture(page, f"training-{language}-{theme}")
    page.emulate_media(media="print")
    expect(page.get_by_text(BANNER)).to_be_visible()
    expect(page.get_by_text("本系統供訓練使用")).to_be_visible()
    picture(page, f"training-print-{language}-{theme}")
    page.goto(page.url.replace("/handovers/", "/wall/"))
    expect(page.get_by_text(BANNER)).to_be_visible()
