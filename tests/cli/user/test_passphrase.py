from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import nullcontext

import pytest
from django.utils import translation

from gatehouse.platform.models import OfflineCredential
from gatehouse.platform.permissions import Role
from gatehouse.platform.services import user_create
from tests.cli.running import run

pytestmark = pytest.mark.django_db
Captured = pytest.CaptureFixture[str]
PASSWORD, PASSPHRASE = "harbour lantern 7", "nine quiet cranes"


@pytest.fixture(autouse=True)
def _the_store_of_the_tests(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("gatehouse.cli.user.passphrase.open_store", nullcontext)
    user_create(username="chen", password=PASSWORD, roles=[Role.INSPECTOR], port="TPE")
    with translation.override("en"):
        yield


def typed(monkeypatch: pytest.MonkeyPatch, passphrase: str) -> None:
    monkeypatch.setattr("click.prompt", lambda *_, **__: passphrase)


def test_a_passphrase_is_asked_for_and_only_what_follows_from_it_is_kept(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, PASSPHRASE)
    code, out, err = run(capsys, "user", "passphrase", "chen", "--json")
    assert (code, json.loads(out), err) == (0, {"username": "chen", "passphrase": True}, "")
    first = OfflineCredential.objects.get()
    assert first.user.username == "chen"
    assert PASSPHRASE not in json.dumps(first.credential)
    typed(monkeypatch, PASSPHRASE + " again")
    assert run(capsys, "user", "passphrase", "chen")[0] == 0
    assert OfflineCredential.objects.get().credential != first.credential


@pytest.mark.parametrize(
    ("username", "passphrase", "said"),
    [
        ("chen", "too short", "a passphrase has at least 12 characters"),
        ("chen", PASSWORD, "the passphrase for devices is another than the password of the account"),
        ("nobody", PASSPHRASE, "there is no account nobody"),
    ],
)
def test_a_passphrase_that_cannot_be_set_is_one_line_and_nothing_is_kept(
    username: str, passphrase: str, said: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, passphrase)
    assert run(capsys, "user", "passphrase", username) == (1, "", f"gatehouse: {said}\n")
    assert not OfflineCredential.objects.exists()


def test_a_passphrase_is_never_given_on_the_command_line(capsys: Captured) -> None:
    code, out, err = run(capsys, "user", "passphrase", "chen", "--passphrase", PASSPHRASE)
    assert (code, out) == (2, "")
    assert err.startswith("gatehouse: No such option")
    assert not OfflineCredential.objects.exists()
