"""What the tests of the screens share."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Page

from gatehouse.platform.models import User

PASSWORD = "a long enough password"
SHIFT = {"port": "TPE", "lane": "A12", "direction": "entry", "conveyance": "CI 101"}
LANGUAGES = ("zh-hant", "en")
THEMES = ("light", "dark")
WCAG_22_AA = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
#: A folder that gets a picture of every screen that a test opens, for people to look at; none where it is not named.
SHOTS = os.environ.get("SCREENSHOTS")


def session_cookie(user: User, **kept: Any) -> str:
    """The key of a session in which `user` is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.update(kept)
    session.save()
    assert session.session_key
    return session.session_key


#: Waits for each animation and transition that ends.
_AT_REST = """() => Promise.allSettled(document.getAnimations()
  .filter(each => Number.isFinite(each.effect?.getComputedTiming().endTime)).map(each => each.finished))
  .then(() => null)"""


def assert_accessible(page: Page) -> None:
    """No violation of WCAG 2.2 AA that axe can find, once what moves has come to rest: half shown is no contrast."""
    page.evaluate(_AT_REST)
    options = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": list(WCAG_22_AA)}}
    found = Axe().run(page, options=options).response["violations"]
    problems = [(one["id"], [node["target"] for node in one["nodes"]]) for one in found]
    assert not problems, problems


def picture(page: Page, name: str) -> None:
    """A picture of the screen, where somebody asked for them."""
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(SHOTS) / f"{name}.png")
