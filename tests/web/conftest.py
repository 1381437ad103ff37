"""A browser, the people of a port, and what every screen must satisfy."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page
from tests.web.screens import PASSWORD, SHIFT, session_cookie

from gatehouse.platform.models import User
from gatehouse.platform.permissions import Role
from gatehouse.platform.services import user_create

# The browser's event loop runs in the thread of the tests, which Django would take for an asynchronous view.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without Chromium the tests of the screens are skipped by name; in CI that is an error."""
    if CHROMIUM or os.environ.get("CI") == "true":
        return
    for item in items:
        if "open_screen" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.skip(reason="chromium is not installed"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": CHROMIUM}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    size = {"width": 1366, "height": 768}
    return {**browser_context_args, "locale": "zh-TW", "timezone_id": "Asia/Taipei", "viewport": size}


@pytest.fixture
def person(db: None) -> Callable[..., User]:
    """Makes an account with one role, named like the role."""

    def make(role: Role, name: str = "") -> User:
        return user_create(username=name or role.value, password=PASSWORD, roles=[role], full_name="陳怡君")

    return make


@pytest.fixture
def open_screen(
    browser: Browser, browser_context_args: dict[str, Any], live_server: Any
) -> Iterator[Callable[..., Page]]:
    """Opens an address of the server in a fresh browser: as whom, in which language and theme."""
    contexts, spoken = [], []

    def opened(
        path: str, *, user: User | None = None, language: str = "en", theme: str = "light", script: bool = True
    ) -> Page:
        context = browser.new_context(**browser_context_args, java_script_enabled=script)
        contexts.append(context)
        cookies = {settings.LANGUAGE_COOKIE_NAME: language, "theme": theme}
        if user is not None:
            cookies[settings.SESSION_COOKIE_NAME] = session_cookie(user, shift=SHIFT)
        context.add_cookies([{"name": name, "value": value, "url": live_server.url} for name, value in cookies.items()])
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("console", lambda said: spoken.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: spoken.append(str(error)))
        page.goto(live_server.url + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    # A page that answers 403 or 404 on purpose is no error of the screen, nor is a desk whose agent does not run.
    meant = ("status of 40", "ERR_CONNECTION_REFUSED")
    assert [line for line in spoken if not any(part in line for part in meant)] == []
