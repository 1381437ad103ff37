"""A kiosk that reads and a gate behind it that compares the face and opens: what the first read, the second judges."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from tests.asynchronous import run
from tests.gates.running import NOW, guest, running

from gatehouse.device.examination import DocumentReading
from gatehouse.gates.machine import State, Topology
from gatehouse.gates.simulated import Failing, Guest, read_at_kiosk
from gatehouse.gates.tokens import GOOD_FOR


async def at_the_kiosk(folder: Path, somebody: Guest, tokens: dict[str, DocumentReading]) -> list[str]:
    async with running(folder, topology=Topology.KIOSK, tokens=tokens) as kiosk:
        await kiosk.reach(State.IDLE)
        kiosk.simulated.come(somebody)
        await kiosk.reach(State.SENT_TO_GATE)
        kiosk.simulated.leave()
        await kiosk.reach(State.IDLE)
        return kiosk.kinds()


async def at_the_gate(
    folder: Path, somebody: Guest, tokens: dict[str, DocumentReading]
) -> tuple[State, list[str], str]:
    """Where they end there, what is recorded, and the zone of the record."""
    async with running(folder, topology=Topology.GATE, tokens=tokens) as gate:
        ended = await gate.pass_by(somebody)
        crossings = [json.loads(each.body or "") for each in gate.ledger.events() if each.kind == "crossing"]
        return ended, gate.kinds(), crossings[0]["mrz"] if crossings else ""


def test_who_was_read_at_the_kiosk_passes_the_gate_once(tmp_path: Path) -> None:
    somebody, tokens = guest("JPN", 12), dict[str, DocumentReading]()
    assert run(at_the_kiosk(tmp_path / "kiosk", somebody, tokens)) == []  # nobody passes a kiosk
    gate = tmp_path / "gate"
    assert run(at_the_gate(gate, somebody, tokens)) == (State.IDLE, ["crossing", "passed"], somebody.zone)
    again = tmp_path / "again"
    assert run(at_the_gate(again, somebody, tokens)) == (State.SENT_TO_DESK, [], "")


def test_the_gate_compares_the_face_of_whoever_stands_there(tmp_path: Path) -> None:
    somebody, tokens = guest("JPN", 12), dict[str, DocumentReading]()
    run(at_the_kiosk(tmp_path / "kiosk", somebody, tokens))
    another = guest("JPN", 12, face_of=77)
    assert another.zone == somebody.zone
    assert run(at_the_gate(tmp_path / "gate", another, tokens))[:2] == (State.HANDED_OVER, [])


@pytest.mark.parametrize(
    ("age", "ended"), [(GOOD_FOR, State.IDLE), (GOOD_FOR + timedelta(seconds=1), State.SENT_TO_DESK)]
)
def test_a_reading_is_good_for_a_while(tmp_path: Path, age: timedelta, ended: State) -> None:
    somebody = guest("JPN", 12)
    tokens = {somebody.zone: read_at_kiosk(somebody, NOW - age)}
    assert run(at_the_gate(tmp_path, somebody, tokens))[0] is ended


def test_a_gate_that_cannot_ask_sends_to_the_desk(tmp_path: Path) -> None:
    somebody = guest("JPN", 12)

    async def walk() -> tuple[State, list[str]]:
        tokens = {somebody.zone: read_at_kiosk(somebody, NOW)}
        async with running(tmp_path, topology=Topology.GATE, tokens=tokens) as gate:
            gate.simulated.failing.add(Failing.READER)
            return await gate.pass_by(somebody), gate.kinds()

    assert run(walk()) == (State.SENT_TO_DESK, [])
