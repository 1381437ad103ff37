from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client

from gatehouse.audit.models import Leaf, Payload
from gatehouse.platform.accounts import password_reset
from gatehouse.platform.models import User
from gatehouse.platform.permissions import Role

pytestmark = pytest.mark.django_db
Person = Callable[..., User]
OLD, NEW = "a long enough password", "seven lanterns over the harbour"


def change(client: Client, old: str = OLD, new: str = NEW, again: str = NEW) -> int:
    asked = {"old_password": old, "new_password1": new, "new_password2": again}
    return client.post("/account/password/", asked).status_code


def test_the_password_is_changed_and_every_other_session_ends(person: Person, client: Client) -> None:
    user, elsewhere = person(Role.INSPECTOR), Client()
    for each in (client, elsewhere):
        each.force_login(user)
    assert change(client) == 302
    assert User.objects.get().check_password(NEW)
    assert client.get("/shift/").status_code == 200
    assert elsewhere.get("/shift/").headers["Location"].startswith("/sign-in/")
    [leaf], [payload] = Leaf.objects.all(), Payload.objects.all()
    assert json.loads(leaf.body)["action"] == "platform.password_change"
    assert (json.loads(payload.body)["actor"], json.loads(payload.body)["detail"]) == ("user:inspector", {})


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [
        ("wrong", NEW, NEW),
        (OLD, NEW, "something else entirely"),
        (OLD, "too short", "too short"),
        (OLD, "password1234", "password1234"),
        (OLD, "inspector-2026", "inspector-2026"),
        ("", NEW, NEW),
        (OLD, OLD, OLD),
    ],
)
def test_what_is_refused_changes_nothing(person: Person, client: Client, old: str, new: str, again: str) -> None:
    client.force_login(person(Role.INSPECTOR))
    assert change(client, old, new, again) == 400
    assert User.objects.get().check_password(OLD)
    assert not Leaf.objects.exists()


def test_the_present_password_is_guessed_no_more_often_than_at_the_sign_in(person: Person, client: Client) -> None:
    client.force_login(person(Role.INSPECTOR))
    assert [change(client, "wrong") for _ in range(5)] == [400] * 5
    assert change(client) == 400
    assert User.objects.get().check_password(OLD)


def test_who_finds_no_good_new_password_is_not_made_to_wait(person: Person, client: Client) -> None:
    client.force_login(person(Role.INSPECTOR))
    assert [change(client, OLD, "short", "short") for _ in range(7)] == [400] * 7
    assert change(client) == 302


def test_whose_password_somebody_else_knows_chooses_another_first(person: Person, client: Client) -> None:
    user = person(Role.INSPECTOR)
    password_reset(username=user.username, password=OLD)
    client.post("/sign-in/", {"username": user.username, "password": OLD})
    for path in ("/", "/console/", "/shift/", "/nowhere/"):
        assert client.get(path).headers["Location"] == "/account/password/"
    assert client.post("/language/", {"language": "en"}).headers["Location"] == "/"
    assert "Somebody else gave you" in client.get("/account/password/").content.decode()
    assert change(client) == 302
    assert client.get("/shift/").status_code == 200
    assert not User.objects.get().must_change_password
