"""Telling the centre: what waits goes once, what is cut off goes again, and nothing of it stops a desk."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from gatehouse.device.delivery import UnreachableError
from gatehouse.kernel.clock import FixedClock
from gatehouse.kernel.errors import ForbiddenError
from gatehouse.workstations.pairing import Pairing
from gatehouse.workstations.telemetry import Record, RecordKind, Spool
from gatehouse.workstations.telling import tell_all

NOW = datetime(2026, 11, 26, 3, tzinfo=UTC)
PAIRING = Pairing("TPE-A12", b"key", "token")


class Centre:
    """Takes batches, or answers with a status."""

    def __init__(self) -> None:
        self.batches: list[dict[str, object]] = []
        self.status = 200

    def answer(self, request: httpx.Request) -> httpx.Response:
        if self.status != 200:
            return httpx.Response(self.status, json={"error": "not now"})
        assert request.headers["Authorization"] == "Bearer token"
        batch = json.loads(request.content)
        self.batches.append(batch)
        return httpx.Response(200, json={"taken": len(batch["records"])})

    def client(self) -> httpx.Client:
        return httpx.Client(base_url="https://border.example", transport=httpx.MockTransport(self.answer))


def spooled(folder: Path, count: int) -> Spool:
    spool = Spool(folder / "desk.jsonl", most_bytes=1_000_000)
    for number in range(count):
        spool.add(Record(RecordKind.HEARTBEAT, NOW, "TPE-A12", facts={"number": number}))
    return spool


def sent(centre: Centre) -> list[int]:
    return [record["facts"]["number"] for batch in centre.batches for record in batch["records"]]  # type: ignore[attr-defined]


def tell(spool: Spool, centre: Centre) -> int:
    with centre.client() as client:
        return tell_all(spool, PAIRING, client, clock=FixedClock(NOW))


def test_all_that_waits_goes_in_batches_and_goes_once(tmp_path: Path) -> None:
    spool, centre = spooled(tmp_path, 450), Centre()
    assert tell(spool, centre) == 450
    assert [len(batch["records"]) for batch in centre.batches] == [200, 200, 50]  # type: ignore[arg-type]
    assert sent(centre) == list(range(450))
    assert (centre.batches[0]["device"], centre.batches[0]["sent_at"]) == ("TPE-A12", NOW.isoformat())
    assert tell(spool, centre) == 0
    spool.add(Record(RecordKind.HEARTBEAT, NOW, "TPE-A12", facts={"number": 450}))
    assert tell(spool, centre) == 1


@pytest.mark.parametrize(("status", "error"), [(503, UnreachableError), (401, ForbiddenError)])
def test_what_is_not_taken_waits(tmp_path: Path, status: int, error: type[Exception]) -> None:
    spool, centre = spooled(tmp_path, 3), Centre()
    centre.status = status
    with pytest.raises(error):
        tell(spool, centre)
    centre.status = 200
    assert tell(spool, centre) == 3


def test_where_it_is_not_known_what_went_all_goes_again(tmp_path: Path) -> None:
    spool, centre = spooled(tmp_path, 3), Centre()
    tell(spool, centre)
    (tmp_path / "desk.jsonl.sent").unlink()
    assert tell(spool, centre) == 3


def test_a_spool_that_turned_goes_on_where_it_was(tmp_path: Path) -> None:
    spool, centre = Spool(tmp_path / "desk.jsonl", most_bytes=40_000), Centre()
    for number in range(300):
        spool.add(Record(RecordKind.HEARTBEAT, NOW, "TPE-A12", facts={"number": number}))
        if number % 50 == 49:
            tell(spool, centre)
    assert sent(centre) == list(range(300))
    assert (tmp_path / "desk.jsonl.1").exists()


def test_without_a_spool_there_is_nothing_to_tell() -> None:
    assert tell(Spool(None, most_bytes=0), Centre()) == 0
