from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import nullcontext

import pytest
from django.utils import translation

from gatehouse.platform.models import User
from gatehouse.platform.permissions import Role
from tests.cli.running import run

pytestmark = pytest.mark.django_db
Captured = pytest.CaptureFixture[str]
PASSWORD = "harbour lantern 7"


@pytest.fixture(autouse=True)
def _at_the_prompt(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What the operator types, the store of the tests, and the language of the command line."""
    monkeypatch.setattr("click.prompt", lambda *_, **__: PASSWORD)
    monkeypatch.setattr("gatehouse.cli.user.create.open_store", nullcontext)
    with translation.override("en"):
        yield


def test_an_account_signs_in_with_the_password_that_was_asked_for(capsys: Captured) -> None:
    asked = ("user", "create", "chen", "--role", "inspector", "--port", "TPE", "--full-name", "陳怡君", "--json")
    code, out, err = run(capsys, *asked)
    assert (code, json.loads(out), err) == (0, {"username": "chen", "roles": ["inspector"], "port": "TPE"}, "")
    user = User.objects.get()
    assert user.check_password(PASSWORD)
    assert user.must_change_password
    assert (user.role_set, user.last_name, user.port, user.is_demo) == (
        frozenset({Role.INSPECTOR}),
        "陳怡君",
        "TPE",
        False,
    )


def test_a_password_is_never_given_on_the_command_line(capsys: Captured) -> None:
    code, out, err = run(capsys, "user", "create", "chen", "--role", "inspector", "--password", PASSWORD)
    assert (code, out) == (2, "")
    assert err.startswith("gatehouse: No such option")
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("name", "port", "said"),
    [
        ("chen yi", "TPE", "Enter a valid username"),
        ("", "TPE", "This field cannot be blank"),
        ("x" * 151, "TPE", "at most 150 characters"),
        ("taken", "TPE", "already exists"),
        ("chen", "XXX", "there is no port XXX"),
    ],
)
def test_what_is_no_account_is_one_line(name: str, port: str, said: str, capsys: Captured) -> None:
    assert run(capsys, "user", "create", "taken", "--role", "analyst")[0] == 0
    assert said in refused(capsys, name, "--role", "inspector", "--port", port)
    assert list(User.objects.values_list("username", flat=True)) == ["taken"]


def test_a_password_that_is_too_short_makes_no_account(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.prompt", lambda *_, **__: "short")
    assert "at least 12 characters" in refused(capsys, "chen", "--role", "inspector")
    assert not User.objects.exists()


def refused(capsys: Captured, *arguments: str) -> str:
    code, out, err = run(capsys, "user", "create", *arguments)
    assert (code, out, err.count("\n")) == (1, "", 1)
    return err
