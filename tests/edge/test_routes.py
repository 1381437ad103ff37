from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client

from gatehouse.border.models import Crossing
from gatehouse.kernel.clock import SystemClock
from gatehouse.platform.services import device_register, device_revoke

MRZ = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
LANE = "TPE-E01"
pytestmark = pytest.mark.django_db


def passage(**changes: Any) -> dict[str, Any]:
    return {
        "lane": LANE,
        "boot_epoch": 3,
        "sequence": 17,
        "port": "TPE",
        "direction": "entry",
        "crossed_at": datetime(2023, 5, 1, 8, 30, tzinfo=UTC).isoformat(),
        "mrz": MRZ,
        "conveyance": "CI 101",
    } | changes


@pytest.fixture
def send(client: Client) -> Callable[..., Any]:
    token = device_register(name=LANE, port="TPE")

    def post(body: Any, token: str = token) -> Any:
        headers = {"Authorization": f"Bearer {token}"}
        return client.post("/edge/v1/crossings", body, content_type="application/json", headers=headers)

    return post


def test_a_passage_is_recorded_once_however_often_it_is_sent(send: Callable[..., Any]) -> None:
    first, second = send(passage()), send(passage())
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == {"id": first.json()["id"], "created": True}
    assert second.json() == {"id": first.json()["id"], "created": False}
    stored = Crossing.objects.get()
    assert stored.id == UUID(first.json()["id"])
    assert (stored.lane, stored.boot_epoch, stored.sequence) == (LANE, 3, 17)


def test_the_same_key_with_other_facts_is_a_conflict_and_changes_nothing(send: Callable[..., Any]) -> None:
    send(passage())
    before = Crossing.objects.values().get()
    answer = send(passage(direction="exit"))
    assert answer.status_code == 409
    assert set(answer.json()) == {"error"}
    assert Crossing.objects.values().get() == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"direction": "sideways"}, "direction"),
        ({"sequence": -1}, "sequence"),
        ({"sequence": 2**63}, "sequence"),
        ({"crossed_at": "2023-05-01T08:30:00"}, "crossed_at"),
        ({"colour": "red"}, "colour"),
        ({"mrz": "not a zone"}, ""),
    ],
)
def test_bad_input_is_one_clear_line_and_stores_nothing(
    send: Callable[..., Any], change: dict[str, Any], said: str
) -> None:
    answer = send(passage(**change))
    assert answer.status_code == 422
    assert answer.json()["error"].startswith(said)
    assert "\n" not in answer.json()["error"]
    assert not Crossing.objects.exists()


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '{"lane": 1}', "\x00"])
def test_a_body_that_is_no_passage_is_refused(send: Callable[..., Any], body: str) -> None:
    answer = send(body)
    assert answer.status_code in (400, 422)
    assert not Crossing.objects.exists()


@pytest.mark.parametrize("change", [{"lane": "TPE-E02"}, {"port": "TSA"}])
def test_a_device_speaks_for_itself_and_its_port_alone(send: Callable[..., Any], change: dict[str, str]) -> None:
    answer = send(passage(**change))
    assert answer.status_code == 403
    assert answer.json() == {"error": "TPE-E01 speaks for itself and for its port alone"}
    assert not Crossing.objects.exists()


def test_without_a_valid_token_nothing_is_learned(send: Callable[..., Any], client: Client) -> None:
    device_revoke(clock=SystemClock(), name=LANE)
    for answer in (
        send(passage()),
        send(passage(), token="guessed"),
        client.post("/edge/v1/crossings", passage(), content_type="application/json"),
    ):
        assert answer.status_code == 401
        assert answer.json() == {"error": "no device is known by this token"}
    assert not Crossing.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_eight_senders_of_one_passage_record_it_once() -> None:
    token = device_register(name=LANE, port="TPE")

    def post(_: int) -> int:
        try:
            headers = {"Authorization": f"Bearer {token}"}
            answer = Client().post("/edge/v1/crossings", passage(), content_type="application/json", headers=headers)
            return answer.status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        codes = sorted(pool.map(post, range(8)))
    assert codes == [200] * 7 + [201]
    assert Crossing.objects.count() == 1


def test_a_body_that_is_too_large_is_refused_in_the_same_shape(client: Client) -> None:
    token = device_register(name=LANE, port="TPE")
    headers = {"Authorization": f"Bearer {token}"}
    body = '{"device": "' + "x" * 5_000_000 + '"}'
    answer = client.post("/edge/v1/events", body, content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()) == (400, {"error": "the body is too large: send less at once"})
