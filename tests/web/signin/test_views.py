from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory

from gatehouse.audit.models import Leaf, Payload
from gatehouse.platform.models import SignInTry
from gatehouse.platform.permissions import Role
from gatehouse.platform.services import user_create
from gatehouse.platform.sign_in import name_digest
from gatehouse.web.signin.entering import address_of

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough one"


def acts() -> list[tuple[str, str]]:
    actors = dict(Payload.objects.values_list("leaf_id", "body"))
    leaves = Leaf.objects.order_by("written_at", "id")
    return [(json.loads(leaf.body)["action"], json.loads(actors[leaf.id])["actor"]) for leaf in leaves]


def test_signing_in_and_out_leave_a_leaf_each(client: Client) -> None:
    user_create(username="chen", password=PASSWORD, roles=[Role.INSPECTOR])
    client.post("/sign-in/", {"username": "chen", "password": PASSWORD})
    client.post("/sign-out/")
    assert acts() == [("platform.sign_in", "user:chen"), ("platform.sign_out", "user:chen")]


def test_a_failed_sign_in_opens_no_session(client: Client) -> None:
    user_create(username="chen", password=PASSWORD, roles=[Role.INSPECTOR])
    answer = client.post("/sign-in/", {"username": "chen", "password": "wrong"})
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session
    assert acts() == [("platform.sign_in_refuse", "user:chen")]


def test_a_name_that_nobody_has_is_not_kept_as_it_was_typed(client: Client) -> None:
    client.post("/sign-in/", {"username": "my own password", "password": "wrong"})
    assert acts() == [("platform.sign_in_refuse", "system:sign_in")]
    [kept] = Payload.objects.values_list("body", flat=True)
    assert json.loads(kept)["detail"] == {"account": name_digest("my own password")[:16], "address": "127.0.0.1"}
    assert "my own password" not in kept


def test_after_five_wrong_passwords_the_right_one_has_to_wait_and_a_success_forgets_them(client: Client) -> None:
    user_create(username="chen", password=PASSWORD, roles=[Role.INSPECTOR])
    for _ in range(5):
        client.post("/sign-in/", {"username": "chen", "password": "wrong"})
    answer = client.post("/sign-in/", {"username": "Chen ", "password": PASSWORD})
    assert "嘗試登入次數過多。請於 1 分鐘後再試" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert [action for action, _ in acts()] == ["platform.sign_in_refuse"] * 5
    SignInTry.objects.update(at=datetime.now(UTC) - timedelta(seconds=16))
    client.post("/sign-in/", {"username": "chen", "password": PASSWORD})
    assert "_auth_user_id" in client.session
    assert not SignInTry.objects.exists()


def test_where_a_request_comes_from(rf: RequestFactory, settings: Any) -> None:
    request = rf.get("/", headers={"x-forwarded-for": "203.0.113.9, 198.51.100.7"})
    settings.SECURE_PROXY_SSL_HEADER = None
    assert address_of(request) == "127.0.0.1"  # no proxy is there: anybody may have said so
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert address_of(request) == "198.51.100.7"
