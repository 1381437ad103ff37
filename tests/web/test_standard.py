"""What a verification standard asks of every page and session, where no other test shows it (`docs/asvs.md`)."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from gatehouse.platform.models import User
from gatehouse.platform.permissions import Role
from gatehouse.platform.services import user_create

pytestmark = pytest.mark.django_db
Person = Callable[..., User]
PASSWORD = "a long enough password"


def sign_in(client: Client, name: str = "inspector", password: str = PASSWORD, **more: str) -> Any:
    return client.post("/sign-in/", {"username": name, "password": password, **more})


def is_signed_in(client: Client) -> bool:
    return client.get("/shift/").status_code == 200


def test_what_was_typed_comes_back_as_text(client: Client) -> None:
    page = sign_in(client, '"><script>alert(1)</script>').content.decode()
    assert "<script>alert" not in page
    assert "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere(client: Client, person: Person, elsewhere: str) -> None:
    person(Role.INSPECTOR)
    assert sign_in(client, next=elsewhere).headers["Location"] == "/"
    assert client.post("/language/", {"language": "en", "next": elsewhere}).headers["Location"] == "/"


def test_a_form_without_its_token_does_nothing(person: Person) -> None:
    person(Role.INSPECTOR)
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict).status_code == 403
    assert not is_signed_in(strict)


@pytest.mark.parametrize("path", ["/language/", "/theme/", "/session/", "/sign-out/"])
@pytest.mark.parametrize("method", ["get", "head", "options", "put", "delete", "trace"])
def test_what_changes_something_is_posted(client: Client, person: Person, path: str, method: str) -> None:
    client.force_login(person(Role.INSPECTOR))
    assert getattr(client, method)(path).status_code in ((200, 405) if method == "options" else (405,))
    assert is_signed_in(client)


def test_a_session_begins_anew_at_the_sign_in_and_is_gone_after_the_sign_out(client: Client, person: Person) -> None:
    person(Role.INSPECTOR)
    client.cookies["session"] = "chosen-by-somebody-else"
    sign_in(client)
    key = client.cookies["session"].value
    assert key != "chosen-by-somebody-else"
    assert len(key) == 32
    client.post("/sign-out/")
    thief = Client()
    thief.cookies["session"] = key
    assert not is_signed_in(thief)


def test_a_closed_account_is_out_at_once(client: Client, person: Person) -> None:
    client.force_login(person(Role.INSPECTOR))
    assert is_signed_in(client)
    User.objects.update(is_active=False)
    assert not is_signed_in(client)


@pytest.mark.parametrize(("role", "stays"), [(Role.INSPECTOR, False), (Role.DISPLAY, True)])
def test_a_session_lasts_twelve_hours_however_busy(client: Client, person: Person, role: Role, stays: bool) -> None:
    client.force_login(person(role))
    session = client.session
    session["begun_at"], session["active_at"] = int(time.time()) - 12 * 3600 - 1, int(time.time())
    session.save()
    assert is_signed_in(client) is stays


def test_a_password_is_taken_as_it_was_typed_however_long(client: Client) -> None:
    password = "  " + "é字 " * 40
    user_create(username="inspector", password=password, roles=[Role.INSPECTOR])
    for wrong in (password.strip(), password.upper(), password[:72]):
        sign_in(client, password=wrong)
        assert not is_signed_in(client)
    sign_in(client, password=password)
    assert is_signed_in(client)


@pytest.mark.parametrize("path", ["/sign-in/", "/nowhere/", "/health", "/static/web/gatehouse.css", "/edge/v1/nowhere"])
def test_every_answer_says_what_it_is_and_may_not_be_framed(client: Client, path: str) -> None:
    answer = client.get(path)
    answer.close()
    headers = answer.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert path.startswith("/static/") or "Access-Control-Allow-Origin" not in headers
    assert "charset=utf-8" in headers["Content-Type"].replace('"', "") or headers["Content-Type"] == "application/json"
    if not path.startswith("/static/"):
        policy = headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy
        assert "base-uri 'none'" in policy
        assert headers["Referrer-Policy"] == "same-origin"
        assert "no-store" in headers["Cache-Control"]
