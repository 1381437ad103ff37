"""The start of a shift: whoever is on duty at one port is offered that one, and takes no other."""

from __future__ import annotations

import pytest
from django.test import Client

from gatehouse.platform.permissions import Role
from gatehouse.platform.services import user_create

pytestmark = pytest.mark.django_db
CHOSEN = {"port": "KHH", "lane": "a12", "direction": "entry"}


def signed_in(client: Client, port: str) -> Client:
    client.force_login(user_create(username="chen", password="a long enough one", roles=[Role.INSPECTOR], port=port))
    return client


def test_of_several_ports_one_is_chosen(client: Client) -> None:
    assert signed_in(client, "").post("/shift/", CHOSEN).status_code == 302
    assert client.session["shift"]["port"] == "KHH"


def test_another_port_than_ones_own_is_not_offered_and_not_taken(client: Client) -> None:
    page = signed_in(client, "TPE").get("/shift/").content.decode()
    assert 'value="TPE"' in page
    assert 'value="KHH"' not in page
    assert client.post("/shift/", CHOSEN).status_code == 200
    assert "shift" not in client.session
