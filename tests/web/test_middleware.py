from __future__ import annotations

from collections.abc import Callable

import pytest
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
