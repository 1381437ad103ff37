"""Which states are trusted, by which versions of which lists: what the screens say, accessible in every dress."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.conformance import conformance
from tests.web.screens import LANGUAGES, THEMES, assert_accessible, picture

from gatehouse.documents.pki.anchors import read_anchors
from gatehouse.documents.pki.imports import read_list, verify_list
from gatehouse.documents.pki.masterlist import Rejected
from gatehouse.documents.pki.store import ListStore
from gatehouse.platform import trust
from gatehouse.platform.config import Config
from gatehouse.platform.models import User
from gatehouse.platform.permissions import Role

pytestmark = pytest.mark.django_db(transaction=True)
Open = Callable[..., Page]
Person = Callable[..., User]
_NAMES = ("DE_ML_2025-11-27-07-39-21.ml", "DE_ML_2026-01-08-12-20-54.ml")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(trust, "config", lambda: Config(state=tmp_path))
    return tmp_path / "trust"


@pytest.fixture
def imported(folder: Path) -> ListStore:
    """Two German lists, one after the other."""
    lists = "documents/master-lists"
    roots = read_anchors(conformance(f"{lists}/DE_ROOT_CA_CSCA07.cer").read_bytes(), "root")
    pinned = [each for each in roots if not isinstance(each, Rejected)]
    store = ListStore(folder)
    for name in _NAMES:
        data = conformance(f"{lists}/{name}").read_bytes()
        ready = verify_list(read_list(data), data, name, pinned).ready
        assert ready is not None
        store.add(ready, by="chen", at=datetime(2026, 11, 22, 1, 0, tzinfo=UTC))
    return store


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.usefixtures("imported")
def test_the_screens_are_accessible(open_screen: Open, person: Person, language: str, theme: str) -> None:
    page = open_screen("/trust/", user=person(Role.ENGINEER), language=language, theme=theme)
    assert_accessible(page)
    picture(page, f"trust-{language}-{theme}")
    for path, name in (("countries/DE/", "country"), ("history/", "history"), ("history/2/", "changes")):
        page.goto(page.url.split("/trust/")[0] + f"/trust/{path}")
        assert_accessible(page)
        picture(page, f"trust-{name}-{language}-{theme}")


@pytest.mark.usefixtures("imported")
def test_from_the_countries_to_the_certificates_and_to_what_changed(open_screen: Open, person: Person) -> None:
    page = open_screen("/trust/", user=person(Role.SECOND_LINE))
    expect(page.locator("main")).to_contain_text("112 countries · 581 CSCA certificates")
    expect(page.locator("main")).to_contain_text("000002-DE_ML_2026-01-08-12-20-54.ml")
    page.get_by_role("link", name="NA", exact=True).click()
    expect(page.locator("tbody tr")).to_have_count(5)
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Versions of the lists").click()
    expect(page.locator("tbody tr")).to_have_count(2)
    expect(page.locator("tbody tr").first).to_contain_text("in use")
    page.get_by_role("link", name="What changed").click()
    expect(page.locator("table").first).to_contain_text("NA 5 –".replace(" ", ""))
    expect(page.locator("table").last.locator("tbody tr")).to_have_count(12)
    expect(page.locator("table").last).to_contain_text("expired on 2026-01-06")


def test_an_empty_folder_says_what_to_do(open_screen: Open, person: Person, folder: Path) -> None:
    assert not folder.exists()
    page = open_screen("/trust/", user=person(Role.SUPERVISOR))
    expect(page.locator(".empty")).to_contain_text("No state is trusted here yet")
    assert_accessible(page)
    page.get_by_role("link", name="Versions of the lists").click()
    expect(page.locator(".empty")).to_contain_text("Nothing was imported yet")


def test_a_history_that_was_rewritten_is_an_alarm_and_trusts_nobody(
    open_screen: Open, person: Person, imported: ListStore
) -> None:
    path = imported.folder / "history.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"chen"', b'"wang"', 1))
    page = open_screen("/trust/history/", user=person(Role.SECURITY_AUDITOR))
    expect(page.get_by_role("alert")).to_contain_text("line 2 of the history does not follow the one before it")
