"""`gatehouse monitor incidents`."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.monitoring.equipment import gate, register

from gatehouse.cli import gatehouse
from gatehouse.kernel.clock import FixedClock
from gatehouse.monitoring.api import Observation, State, incidents_update, observations_record
from gatehouse.platform.actors import Actor

pytestmark = pytest.mark.django_db
START = datetime(2024, 2, 1, tzinfo=UTC)
MONITOR = Actor.system("monitor")


def run(*arguments: str) -> int:
    code: Any = gatehouse.main(args=["monitor", "incidents", *arguments], standalone_mode=False)
    return int(code or 0)


def test_without_incidents_there_is_nothing_to_say(capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    assert capsys.readouterr().out == "no incidents\n"


def test_open_incidents_are_shown_and_are_a_finding(capsys: pytest.CaptureFixture[str]) -> None:
    register(gate("G1"))
    said = Observation("G1", State.DOWN, "probe", START, timedelta(hours=1))
    observations_record(clock=FixedClock(START), actor=MONITOR, observations=[said])
    incidents_update(clock=FixedClock(START + timedelta(seconds=90)), actor=MONITOR)
    assert run("--open", "--json") == 1
    (found,) = json.loads(capsys.readouterr().out)["incidents"]
    assert {name: found[name] for name in ("cause", "class", "site", "state", "began_at", "detected_at")} == {
        "cause": "G1",
        "class": "e_gate",
        "site": "TPE",
        "state": "down",
        "began_at": "2024-02-01T00:00:00+00:00",
        "detected_at": "2024-02-01T00:01:30+00:00",
    }
    assert (found["acknowledged_at"], found["resolved_at"]) == (None, None)
    assert [(device["device"], device["until"]) for device in found["devices"]] == [("G1", None)]
    assert run() == 1
    assert "G1, down since 2024-02-01T00:00:00+00:00, open" in capsys.readouterr().out
