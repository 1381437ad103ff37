"""Alerts on the screens."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page
from tests.security.test_watch import broken, only, watch
from tests.web.screens import assert_accessible, picture

from gatehouse.platform.models import User
from gatehouse.platform.permissions import Role
from gatehouse.security.kept import Finding

pytestmark = pytest.mark.django_db
Person = Callable[..., User]


def test_a_security_auditor_judges_an_alert(client: Client, person: Person) -> None:
    broken()
    watch()
    view = only()
    client.force_login(person(Role.SECURITY_AUDITOR))
    assert view.title in client.get("/security/").content.decode()
    address = f"/security/{view.id}/"
    assert client.post(address, {"finding": "benign", "reason": ""}).status_code == 400
    assert only().findings == ()
    assert client.post(address, {"finding": "benign", "reason": "a drill, announced"}).status_code == 302
    assert (only().finding, only().findings[0].by) == (Finding.BENIGN, "user:security_auditor")
    assert view.title not in client.get("/security/").content.decode()
    assert view.title in client.get("/security/?shown=all&level=high").content.decode()
    assert view.title not in client.get("/security/?shown=all&level=low").content.decode()


def test_one_that_is_about_oneself_is_not_judged(client: Client, person: Person) -> None:
    broken(actor="user:security_auditor")
    watch()
    client.force_login(person(Role.SECURITY_AUDITOR))
    address = f"/security/{only().id}/"
    assert b"<textarea" not in client.get(address).content
    assert client.post(address, {"finding": "benign", "reason": "nothing to see"}).status_code == 400
    assert only().findings == ()


def test_others_see_none(client: Client, person: Person) -> None:
    client.force_login(person(Role.SUPERVISOR))
    assert client.get("/security/").status_code == 403


def test_an_alert_that_is_none_has_no_page(client: Client, person: Person) -> None:
    client.force_login(person(Role.SECURITY_AUDITOR))
    assert client.get("/security/01890000-0000-7000-8000-000000000000/").status_code == 404


@pytest.mark.parametrize(("language", "theme"), [("zh-hant", "light"), ("en", "dark")])
@pytest.mark.django_db(transaction=True)
def test_the_screens(open_screen: Callable[..., Page], person: Person, language: str, theme: str) -> None:
    broken()
    watch()
    auditor = person(Role.SECURITY_AUDITOR)
    page = open_screen("/security/", user=auditor, language=language, theme=theme)
    assert_accessible(page)
    picture(page, f"alerts-{language}-{theme}")
    page = open_screen(f"/security/{only().id}/", user=auditor, language=language, theme=theme)
    assert_accessible(page)
    picture(page, f"alert-{language}-{theme}")
