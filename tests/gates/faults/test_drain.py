"""Lanes that were without the centre come back together: each drains its backlog, while live passages are answered.

`make faults` asks for 40 lanes with eight hours of backlog each, and prints how long that and the live answers took.
"""

from __future__ import annotations

import os
import random
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import quantiles

import httpx
import pytest
from tests.edge.serving import Server, serving
from tests.gates.lanes import passage

from gatehouse.border.models import Crossing, DeviceEvent
from gatehouse.device.delivery import BUSY_S, Backoff, BusyCentreError, Delivery, UnreachableError
from gatehouse.device.ledger import Ledger, Outbox
from gatehouse.documents.mrz import compose_mrz
from gatehouse.gates.passages import Passages
from gatehouse.kernel.clock import FixedClock
from gatehouse.platform.services import device_register

LANES = int(os.environ.get("DRAIN_LANES", "4"))
#: In eight hours: at Taoyuan's peak 158,011 travellers a day, of whom 70 % pass by 71 lanes, are 520 a lane.
PASSAGES = int(os.environ.get("DRAIN_PASSAGES", "20"))
LIVE_PER_S = 2
LIVE = "TPE-L01"
_WARM = 8


def zone(number: int) -> str:
    return compose_mrz(
        "TD3",
        document_code="P",
        issuer="JPN",
        document_number=f"K{number:08d}",
        surname="TANAKA",
        given_names="HANAKO",
        nationality="JPN",
        birth_date="1985-03-14",
        sex="F",
        expiry_date="2039-01-31",
    )


def backlog(folder: Path, lane: int) -> str:
    """Eight hours of a lane, each passage with what became of it."""
    name, clock = f"TPE-B{lane:02d}", FixedClock(datetime.now(UTC) - timedelta(hours=8))
    with Ledger(folder / name, device=name, clock=clock) as ledger:
        ledger._connection.execute("PRAGMA synchronous=OFF")  # made for the test: nothing opens by it
        passages = Passages(ledger)
        for place in range(PASSAGES):
            clock.advance(timedelta(hours=8) / PASSAGES)
            passages.record(passage(crossed_at=clock.now(), mrz=zone(lane * PASSAGES + place)))
            passages.confirm()
    return name


def drain(server: Server, folder: Path, name: str, token: str) -> None:
    outbox, backoff = Outbox(folder / name, device=name), Backoff(first_s=0.1, longest_s=2)
    with httpx.Client(base_url=f"http://127.0.0.1:{server.port}") as client:
        delivery = Delivery(outbox, client, token)
        while outbox.backlog.count:
            try:
                delivery.deliver_once()
            except BusyCentreError:
                time.sleep(random.uniform(0, BUSY_S))
            except UnreachableError:
                time.sleep(backoff.failed())
    outbox.close()


def live(server: Server, token: str, ending: threading.Event, answers: list[float]) -> None:
    """Passages of a lane that has the centre, one every half second, as they come (not: once the last was answered)."""
    sequence, due = 0, time.monotonic()
    with httpx.Client(base_url=f"http://127.0.0.1:{server.port}", timeout=60) as client:
        while not ending.wait(max(0.0, due - time.monotonic())):
            sequence += 1
            body = {
                "lane": LIVE,
                "port": "TPE",
                "boot_epoch": 1,
                "sequence": sequence,
                "direction": "exit",
                "crossed_at": datetime.now(UTC).isoformat(),
                "mrz": zone(90_000_000 + sequence),
            }
            answer = client.post("/edge/v1/crossings", json=body, headers={"Authorization": f"Bearer {token}"})
            assert answer.status_code == 201
            answers.append(1000 * (time.monotonic() - due))
            due += 1 / LIVE_PER_S


@pytest.mark.real
@pytest.mark.django_db(transaction=True)
def test_a_backlog_drains_while_live_passages_are_answered(tmp_path: Path) -> None:
    names = [backlog(tmp_path, lane) for lane in range(LANES)]
    tokens = {name: device_register(name=name, port="TPE") for name in [*names, LIVE]}
    answers: list[float] = []
    ending = threading.Event()
    with serving("--preload", "--workers=3") as server:
        while True:
            try:
                httpx.get(f"http://127.0.0.1:{server.port}/", timeout=5)
                break
            except httpx.HTTPError:
                time.sleep(0.1)
        living = threading.Thread(target=live, args=(server, tokens[LIVE], ending, answers))
        living.start()
        while len(answers) < _WARM:  # each worker has loaded the program by then
            time.sleep(0.05)
        began = time.monotonic()
        draining = [threading.Thread(target=drain, args=(server, tmp_path, name, tokens[name])) for name in names]
        for thread in draining:
            thread.start()
        for thread in draining:
            thread.join()
        took = time.monotonic() - began
        ending.set()
        living.join()
    events = DeviceEvent.objects.count()
    timed = sorted(answers[_WARM:])
    p99 = quantiles(timed, n=100)[-1] if len(timed) > 1 else timed[0]
    print(
        f"\nlanes={LANES} events={events} drained_in={took:.0f}s events_per_s={events / took:.0f} "
        f"live_answers={len(answers)} live_p50={timed[len(timed) // 2]:.0f}ms live_p99={p99:.0f}ms"
    )
    assert events == 2 * LANES * PASSAGES
    assert Crossing.objects.filter(lane__in=names).count() == LANES * PASSAGES
    assert Crossing.objects.filter(lane=LIVE).count() == len(answers)
    assert not DeviceEvent.objects.exclude(state="recorded").exists()
