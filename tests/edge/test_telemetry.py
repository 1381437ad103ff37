"""A desk's spool over HTTP: told once, by the device itself alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.monitoring.equipment import gate, register

from gatehouse.kernel.clock import SystemClock
from gatehouse.kernel.errors import ForbiddenError, RefusedError
from gatehouse.monitoring.api import State, conditions_of
from gatehouse.monitoring.models import TelemetryRecord
from gatehouse.platform.actors import Actor
from gatehouse.platform.services import device_register
from gatehouse.workstations.pairing import Pairing
from gatehouse.workstations.telemetry import Record, RecordKind, Spool
from gatehouse.workstations.telling import tell_all

pytestmark = pytest.mark.django_db(transaction=True)


def spooled(folder: Path, **facts: Any) -> Spool:
    spool = Spool(folder / "desk.jsonl", most_bytes=100_000)
    facts = {"every_s": 30.0, "dropped": 0, "devices": {"pcsc:ACS ACR1252 00 00": "successful"}, **facts}
    spool.add(Record(RecordKind.HEARTBEAT, SystemClock().now(), "TPE-A12", facts=facts))
    spool.add(Record(RecordKind.READING, SystemClock().now(), "TPE-A12", "page", {"outcome": "read"}, {"total": 912.5}))
    spool.add(Record(RecordKind.FAULT, SystemClock().now(), "TPE-A12", "page", {"reason": "x" * 300}))
    return spool


def tell(spool: Spool, url: str, *, token: str, desk: str = "TPE-A12") -> int:
    with httpx.Client(base_url=url) as client:
        return tell_all(spool, Pairing(desk, b"", token), client, clock=SystemClock())


def test_a_spool_arrives_once_and_the_desk_is_up(tmp_path: Path, live_server: Any) -> None:
    register(gate("TPE-A12"))
    token = device_register(name="TPE-A12", port="TPE")
    spool = spooled(tmp_path)
    assert tell(spool, live_server.url, token=token) == 3
    (tmp_path / "desk.jsonl.sent").unlink()
    assert tell(spool, live_server.url, token=token) == 3
    assert sorted(TelemetryRecord.objects.values_list("kind", flat=True)) == ["fault", "heartbeat", "reading"]
    (condition,) = conditions_of(clock=SystemClock(), reader=Actor.system("test"))
    assert condition.state is State.UP
    assert abs(condition.words[0].detail["skew_s"]) < 5


def test_a_device_tells_of_itself_alone(tmp_path: Path, live_server: Any) -> None:
    token = device_register(name="TPE-A12", port="TPE")
    with pytest.raises(ForbiddenError, match="speaks for itself"):
        tell(spooled(tmp_path), live_server.url, token=token, desk="TPE-A13")
    with pytest.raises(ForbiddenError, match="no device is known"):
        tell(spooled(tmp_path), live_server.url, token="another")
    assert TelemetryRecord.objects.count() == 0


def test_what_is_no_record_is_refused_and_waits(tmp_path: Path, live_server: Any) -> None:
    token = device_register(name="TPE-A12", port="TPE")
    spool = spooled(tmp_path, devices={"reader": "x" * 301})
    with pytest.raises(RefusedError):
        tell(spool, live_server.url, token=token)
    assert len(spool.waiting(10)) == 3
    assert TelemetryRecord.objects.count() == 0


@pytest.mark.parametrize("at", ["0328-10-04T00:25:50Z", "9999-12-31T23:59:59-23:00", "2026-11-26T03:00:00"])
def test_a_moment_that_no_store_holds_is_refused_in_words(at: str, live_server: Any) -> None:
    token = device_register(name="TPE-A12", port="TPE")
    batch = {"device": "TPE-A12", "sent_at": at, "records": []}
    answer = httpx.post(
        f"{live_server.url}/edge/v1/telemetry", json=batch, headers={"Authorization": f"Bearer {token}"}
    )
    assert answer.status_code == 422
    assert "sent_at" in answer.json()["error"]


def test_a_zone_that_is_further_than_any_is_understood(live_server: Any) -> None:
    token = device_register(name="TPE-A12", port="TPE")
    record = {"id": "01a21906-77d4-74ac-8214-e3c01b99c0e1", "kind": "device", "at": "2026-11-26T03:00:00+22:00"}
    batch = {"device": "TPE-A12", "sent_at": "2026-11-26T03:00:00+22:00", "records": [record]}
    answer = httpx.post(
        f"{live_server.url}/edge/v1/telemetry", json=batch, headers={"Authorization": f"Bearer {token}"}
    )
    assert answer.json() == {"taken": 1}
    assert TelemetryRecord.objects.get().at.isoformat() == "2026-11-25T05:00:00+00:00"
