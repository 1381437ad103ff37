"""What an operator does with accounts: each act is done, is one line, and leaves a leaf."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from gatehouse.audit.models import Leaf, Payload
from gatehouse.kernel.errors import NotFoundError, RefusedError
from gatehouse.platform.accounts import password_reset, roles_set, user_close, user_reopen
from gatehouse.platform.models import RoleGrant, User
from gatehouse.platform.permissions import Role
from gatehouse.platform.services import user_create
from tests.cli.running import run

pytestmark = pytest.mark.django_db
Captured = pytest.CaptureFixture[str]
FIRST, GIVEN = "a long enough password", "harbour lantern 7"


@pytest.fixture(autouse=True)
def _chen(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("click.prompt", lambda *_, **__: GIVEN)
    for name in ("close", "listing", "reset", "roles"):
        monkeypatch.setattr(f"gatehouse.cli.user.{name}.open_store", nullcontext)
    user_create(username="chen", password=FIRST, roles=[Role.INSPECTOR, Role.ANALYST], port="TPE")
    with translation.override("en"):
        yield


def acts() -> list[tuple[str, Any]]:
    bodies = dict(Payload.objects.values_list("leaf_id", "body"))
    leaves = Leaf.objects.order_by("written_at", "id")
    return [(json.loads(leaf.body)["action"], json.loads(bodies[leaf.id])["detail"]) for leaf in leaves]


def signed_in() -> Client:
    client = Client()
    client.force_login(User.objects.get())
    assert client.get("/shift/").status_code == 200
    return client


def test_a_closed_account_is_out_and_a_reopened_one_is_in(capsys: Captured) -> None:
    client = signed_in()
    assert run(capsys, "user", "close", "chen") == (0, "chen is let in no more.\n", "")
    assert client.get("/shift/").status_code == 302
    assert json.loads(run(capsys, "user", "reopen", "chen", "--json")[1]) == {"username": "chen", "active": True}
    assert client.get("/shift/").status_code == 200
    assert acts() == [
        ("platform.user_close", {"user": "user:chen"}),
        ("platform.user_reopen", {"user": "user:chen"}),
    ]


def test_roles_are_those_that_were_named_from_the_next_page_on(capsys: Captured) -> None:
    client = signed_in()
    assert client.get("/second-line/").status_code == 403
    asked = ("user", "roles", "chen", "--role", "inspector", "--role", "second_line")
    assert run(capsys, *asked) == (0, "chen: +second_line -analyst\n", "")
    assert run(capsys, *asked) == (0, "chen: as before\n", "")
    assert client.get("/second-line/").status_code == 302  # to the choice of a post, which comes first
    assert User.objects.get().role_set == {Role.INSPECTOR, Role.SECOND_LINE}
    given = {"user": "user:chen", "roles": ["inspector", "second_line"]}
    assert [detail for action, detail in acts() if action == "platform.role_grant"] == [given, given]


def test_a_password_that_was_reset_ends_every_session_and_is_changed_first(capsys: Captured) -> None:
    client = signed_in()
    assert run(capsys, "user", "reset", "chen") == (0, "chen signs in with it and chooses another.\n", "")
    assert client.get("/shift/").headers["Location"].startswith("/sign-in/")
    user = User.objects.get()
    assert (user.check_password(GIVEN), user.must_change_password) == (True, True)
    assert acts() == [("platform.password_reset", {"user": "user:chen"})]


def test_a_password_that_is_none_resets_nothing(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setattr("click.prompt", lambda *_, **__: "short")
    code, out, err = run(capsys, "user", "reset", "chen")
    assert (code, out) == (1, "")
    assert "too short" in err
    assert User.objects.get().check_password(FIRST)
    assert acts() == []


def test_every_account_is_listed(capsys: Captured) -> None:
    user_close(username="chen")
    assert run(capsys, "user", "list")[1] == "chen  analyst, inspector  TPE  CLOSED  never signed in\n"
    found = json.loads(run(capsys, "user", "list", "--json")[1])["accounts"]
    assert [(each["username"], each["active"]) for each in found] == [("chen", False)]


def test_nobody_is_nobody_and_nothing_is_changed() -> None:
    for change in (
        lambda: user_close(username="gao"),
        lambda: user_reopen(username="gao"),
        lambda: password_reset(username="gao", password=GIVEN),
        lambda: roles_set(username="gao", roles=[Role.ANALYST]),
    ):
        with pytest.raises(NotFoundError, match="no account gao"):
            change()
    with pytest.raises(RefusedError, match="may do nothing is closed"):
        roles_set(username="chen", roles=[])
    assert RoleGrant.objects.count() == 2
