from __future__ import annotations

import json

import pytest
from django.test import Client

from gatehouse.audit.models import Leaf, Payload
from gatehouse.platform.permissions import Role
from gatehouse.platform.services import user_create

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
    assert acts() == []
