"""Passkeys in a real browser with an authenticator of its own (WebDriver's virtual authenticator)."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from playwright.sync_api import CDPSession, Page, expect
from tests.web.screens import LANGUAGES, PASSWORD, THEMES, assert_accessible, picture

from gatehouse.audit.models import Leaf, Payload
from gatehouse.platform.config import config
from gatehouse.platform.models import Passkey, User
from gatehouse.platform.permissions import Role

pytestmark = pytest.mark.django_db(transaction=True)


def authenticator(page: Page) -> tuple[CDPSession, str]:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    return session, session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


def add_passkey(page: Page, url: str, name: str = "my phone") -> None:
    page.goto(f"{url}/account/passkeys/add/")
    page.get_by_label("What you call it").fill(name)
    page.keyboard.press("Enter")
    expect(page.get_by_role("rowheader", name=name)).to_be_visible()


def acts() -> list[tuple[str, Any]]:
    payloads = dict(Payload.objects.values_list("leaf_id", "body"))
    leaves = Leaf.objects.order_by("written_at", "id")
    return [(json.loads(leaf.body)["action"], json.loads(payloads[leaf.id])["detail"]) for leaf in leaves]


def test_a_passkey_is_added_opens_the_account_alone_and_is_removed(
    person: Callable[..., User], open_screen: Callable[..., Page], live_server: Any
) -> None:
    user = person(Role.INSPECTOR)
    page = open_screen("/account/", user=user)
    authenticator(page)
    add_passkey(page, live_server.url)
    kept = Passkey.objects.get()
    assert (kept.user_id, kept.name, kept.used_at) == (user.pk, "my phone", None)

    page.get_by_text("陳怡君").first.click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("陳怡君")).to_be_visible()
    kept.refresh_from_db()
    assert kept.used_at is not None
    detail = {"address": "127.0.0.1", "by": "passkey", "passkey": str(kept.pk)}
    assert acts()[-1] == ("platform.sign_in", detail)

    page.goto(f"{live_server.url}/account/")
    page.get_by_role("link", name="Remove my phone").click()
    page.get_by_role("button", name="Remove the passkey").click()
    expect(page.get_by_text("You have no passkey yet.")).to_be_visible()
    assert not Passkey.objects.exists()
    assert [act for act, _ in acts()] == [
        "platform.passkey_add",
        "platform.sign_out",
        "platform.sign_in",
        "platform.passkey_remove",
    ]


def test_a_passkey_that_is_not_known_any_more_or_of_a_closed_account_opens_nothing(
    person: Callable[..., User], open_screen: Callable[..., Page], live_server: Any
) -> None:
    user = person(Role.INSPECTOR)
    page = open_screen("/account/", user=user)
    authenticator(page)
    add_passkey(page, live_server.url)
    User.objects.update(is_active=False)
    page.goto(f"{live_server.url}/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    refused = "This passkey opens no account here, or the account is closed."
    expect(page.get_by_text(refused)).to_be_visible()
    Passkey.objects.all().delete()
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text(refused)).to_be_visible()
    why = {"address": "127.0.0.1", "by": "passkey", "why": refused}
    assert acts()[-2:] == [("platform.sign_in_refuse", why)] * 2


def test_a_passkey_whose_person_did_not_prove_themselves_is_one_sentence(
    person: Callable[..., User], open_screen: Callable[..., Page], live_server: Any
) -> None:
    page = open_screen("/account/", user=person(Role.INSPECTOR))
    cdp, device = authenticator(page)
    add_passkey(page, live_server.url)
    cdp.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "language", "value": "en", "url": live_server.url}])
    page.goto(f"{live_server.url}/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("The passkey was not used: it was cancelled")).to_be_visible()
    assert [act for act, _ in acts()] == ["platform.passkey_add"]


def test_a_role_that_works_with_a_passkey_adds_one_first_and_shows_it_in_each_session(
    person: Callable[..., User], open_screen: Callable[..., Page], live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(config(), "passkey_roles", "supervisor")
    user = person(Role.SUPERVISOR)
    page = open_screen("/console/", user=user)
    authenticator(page)
    assert page.url.endswith("/account/passkeys/add/")
    add_passkey(page, live_server.url)
    page.goto(f"{live_server.url}/shift/")
    expect(page.get_by_role("heading", name="Confirm that it is you")).not_to_be_visible()

    page.context.clear_cookies()
    page.context.add_cookies([{"name": "language", "value": "en", "url": live_server.url}])
    page.goto(f"{live_server.url}/equipment/")
    page.get_by_label("User name").fill(user.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Confirm that it is you")).to_be_visible()
    expect(page.get_by_label("Password")).not_to_be_visible()
    page.get_by_role("button", name="Confirm with a passkey").click()
    expect(page.get_by_role("heading", name="Confirm that it is you")).not_to_be_visible()
    assert page.url.endswith("/equipment/")
    assert [act for act, _ in acts()][-2:] == ["platform.sign_in", "platform.confirm"]


@pytest.mark.real
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_screens_of_passkeys(
    language: str, theme: str, person: Callable[..., User], open_screen: Callable[..., Page], live_server: Any
) -> None:
    user = person(Role.SUPERVISOR)
    page = open_screen("/account/passkeys/add/", user=user, language=language, theme=theme)
    authenticator(page)
    shown = f"{language}-{theme}"
    assert_accessible(page)
    picture(page, f"passkey-add-{shown}")
    page.locator("#id_name").fill("鑰匙圈上的安全金鑰")
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/")
    assert_accessible(page)
    picture(page, f"account-{shown}")
    page.goto(f"{live_server.url}/account/passkeys/{Passkey.objects.get().pk}/remove/")
    assert_accessible(page)
    picture(page, f"passkey-remove-{shown}")
    page.goto(f"{live_server.url}/sign-in/")


def age_sessions(minutes: int) -> None:
    for key in Session.objects.values_list("session_key", flat=True):
        session = SessionStore(key)
        session["begun_at"] = int(time.time()) - minutes * 60
        session.save()


@pytest.mark.real
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_screens_that_ask_who_sits_there(
    language: str, theme: str, person: Callable[..., User], open_screen: Callable[..., Page], live_server: Any
) -> None:
    user = person(Role.SUPERVISOR)
    page = open_screen("/sign-in/", language=language, theme=theme)
    assert_accessible(page)
    picture(page, f"sign-in-{language}-{theme}")
    page = open_screen("/account/", user=user, language=language, theme=theme)
    authenticator(page)
    page.goto(f"{live_server.url}/account/passkeys/add/")
    page.locator("#id_name").fill("my phone")
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/")
    age_sessions(11)
    page.goto(f"{live_server.url}/account/passkeys/add/")
    assert_accessible(page)
    picture(page, f"confirm-{language}-{theme}")
    page.locator("form[data-passkey] button").click()
    page.locator("#id_name").wait_for()
