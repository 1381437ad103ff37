from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError
from django.test import Client

from gatehouse.platform.models import User
from gatehouse.platform.permissions import Role

pytestmark = pytest.mark.django_db


def test_every_page_forbids_inline_script_and_caching(client: Client) -> None:
    headers = client.get("/sign-in/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "no-store" in headers["Cache-Control"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_a_session_that_rested_too_long_has_ended(client: Client, person: Callable[..., User]) -> None:
    client.force_login(person(Role.INSPECTOR))
    session = client.session
    session["active_at"] = 1
    session.save()
    answer = client.get("/shift/", follow=True)
    assert answer.redirect_chain == [("/sign-in/", 302)]
    assert "_auth_user_id" not in client.session
    assert "30" in answer.content.decode()


def test_the_health_page_answers_anyone_and_holds_no_secret(client: Client) -> None:
    answer = client.get("/health")
    assert answer.status_code == 200
    assert set(answer.json()) == {"database", "version"}
    assert answer.json()["database"] is True


def test_where_the_database_does_not_answer_a_page_says_that_nothing_was_stored(
    person: Callable[..., User], monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(self: SessionStore) -> None:
        raise OperationalError("the server is gone")

    client = Client(raise_request_exception=False)
    client.force_login(person(Role.INSPECTOR))
    monkeypatch.setattr(SessionStore, "load", gone)
    answer = client.get("/console/")
    assert answer.status_code == 500
    assert "nothing was stored" in answer.content.decode()
    assert "未儲存任何資料" in answer.content.decode()


@pytest.mark.parametrize(("role", "kept"), [(Role.DISPLAY, True), (Role.ENGINEER, False)])
def test_a_page_that_listens_keeps_a_wall_display_signed_in_and_nobody_else(
    client: Client, person: Callable[..., User], role: Role, kept: bool
) -> None:
    client.force_login(person(role))
    session = client.session
    rested = int(time.time()) - 60
    session["active_at"] = rested
    session.save()
    client.get("/", headers={"Accept": "text/event-stream"})
    assert (client.session["active_at"] > rested) is kept
