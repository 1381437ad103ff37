from __future__ import annotations

import json
from contextlib import nullcontext
from datetime import timedelta

import pytest
from tests.cli.running import run

from gatehouse.kernel.clock import FixedClock, SystemClock
from gatehouse.monitoring.api import pulse_record
from gatehouse.monitoring.models import Pulse
from gatehouse.platform.actors import Actor

pytestmark = pytest.mark.django_db
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _store(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("gatehouse.cli.store.open_store", "gatehouse.cli.monitor.canary.open_store"):
        monkeypatch.setattr(name, nullcontext)


def beat(name: str, ago: float) -> None:
    at = FixedClock(SystemClock().now() - timedelta(seconds=ago))
    pulse_record(clock=at, actor=Actor.system("monitor"), name=name, every=timedelta(seconds=30))


def test_where_nothing_ever_ran_nobody_looks(capsys: Captured) -> None:
    assert run(capsys, "monitor", "watchdog") == (1, "no part of the monitor ever ran here\n", "")


def test_a_part_that_missed_three_rounds_is_late(capsys: Captured) -> None:
    beat("canary", 95)
    beat("monitor", 85)
    code, out, _ = run(capsys, "monitor", "watchdog", "--json")
    assert code == 1
    assert [(each["name"], each["late"]) for each in json.loads(out)["parts"]] == [("canary", True), ("monitor", False)]
    beat("canary", 1)
    code, out, _ = run(capsys, "monitor", "watchdog")
    assert (code, out.count("last round"), Pulse.objects.count()) == (0, 2, 2)
