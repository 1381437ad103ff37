from __future__ import annotations

import json
from contextlib import nullcontext
from datetime import date
from typing import Any

import pytest
from tests.cli.running import run
from tests.monitoring.equipment import gate, register

from gatehouse.device.trusting import Trusted
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.kernel.clock import SystemClock
from gatehouse.monitoring.api import State, conditions_of
from gatehouse.platform.actors import Actor
from gatehouse.simulation.canary import _document

pytestmark = pytest.mark.django_db
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _store(monkeypatch: pytest.MonkeyPatch) -> None:
    """The store of the tests, and no lists: those of this machine's state are another matter."""
    monkeypatch.setattr("gatehouse.cli.monitor.canary.open_store", nullcontext)
    monkeypatch.setattr("gatehouse.simulation.canary.trusted", lambda: Trusted(TrustStore(()), ()))


def states() -> list[tuple[str, State]]:
    found = conditions_of(clock=SystemClock(), reader=Actor.system("test"))
    return [(word.source, word.state) for each in found for word in each.words]


def test_it_says_how_long_each_step_took_and_enters_that_no_list_is_there(capsys: Captured) -> None:
    register(gate("CENTRE"))
    code, out, err = run(capsys, "monitor", "canary", "--port", "TPE", "--record", "CENTRE", "--json")
    said = json.loads(out)
    assert (code, err, said["able"], said["anchors"], said["failed"]) == (0, "", True, 0, None)
    assert list(said["steps_ms"]) == ["lists", "inspection", "look", "decision", "crossing"]
    assert states() == [("canary", State.DEGRADED)]


def test_where_lists_are_stored_it_is_up(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    _, trust = _document(date(2026, 11, 26))
    monkeypatch.setattr("gatehouse.simulation.canary.trusted", lambda: Trusted(trust, ()))
    register(gate("CENTRE"))
    code, out, _ = run(capsys, "monitor", "canary", "--port", "TPE", "--record", "CENTRE", "--json")
    assert (code, json.loads(out)["anchors"]) == (0, len(trust.certificates))
    assert states() == [("canary", State.UP)]


def test_what_fails_is_one_line_and_down(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: Any) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("gatehouse.simulation.canary.decision_take", full)
    register(gate("CENTRE"))
    code, out, _ = run(capsys, "monitor", "canary", "--port", "TPE", "--record", "CENTRE")
    assert (code, out) == (1, "no traveller can be cleared: decision: no space left on device\n")
    assert states() == [("canary", State.DOWN)]
