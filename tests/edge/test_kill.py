"""The server is killed at random moments while 1,000 crossings are sent; sent again, exactly 1,000 are there."""

from __future__ import annotations

import json
import random
import threading
import time
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta

import pytest
from tests.edge.serving import Server, serving

from gatehouse.audit.models import Leaf
from gatehouse.border.models import Crossing
from gatehouse.platform.services import device_register

LANE = "TPE-E01"
MRZ = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
START = datetime(2023, 5, 1, tzinfo=UTC)
PASSAGES = 1000
KILLS = 20


def send(server: Server, token: str, sequence: int) -> int | None:
    """The status of the answer, or nothing where the server was not there to give one."""
    body = {
        "lane": LANE,
        "boot_epoch": 1,
        "sequence": sequence,
        "port": "TPE",
        "direction": "entry",
        "crossed_at": (START + timedelta(seconds=sequence)).isoformat(),
        "mrz": MRZ,
    }
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(
        f"http://127.0.0.1:{server.port}/edge/v1/crossings", json.dumps(body).encode(), headers, method="POST"
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError:
        raise
    except OSError:
        return None


@pytest.mark.real
@pytest.mark.django_db(transaction=True)
def test_killed_at_any_point_nothing_is_lost_and_nothing_doubled() -> None:
    token = device_register(name=LANE, port="TPE")
    chance = random.Random(20230501)
    kill_at = set(chance.sample(range(PASSAGES), KILLS))
    waiting, kills, again = list(range(PASSAGES)), 0, 0
    with serving() as server:
        deadline = time.monotonic() + 300
        while waiting:
            assert time.monotonic() < deadline, f"{len(waiting)} passages could not be sent"
            sequence = waiting[0]
            if sequence in kill_at:
                kill_at.remove(sequence)
                strike = threading.Timer(chance.uniform(0, 0.02), server.kill)  # before, in or after the answer
                strike.start()
                status = send(server, token, sequence)
                strike.join()
                kills += 1
                server.start()
            else:
                status = send(server, token, sequence)
            if status is None:
                again += 1
                time.sleep(0.05)
                continue
            assert status in (200, 201)
            waiting.pop(0)
    assert kills == KILLS
    assert again >= 1
    assert list(Crossing.objects.order_by("sequence").values_list("sequence", flat=True)) == list(range(PASSAGES))
    assert Leaf.objects.filter(body__contains='"action":"border.crossing_record"').count() == PASSAGES
