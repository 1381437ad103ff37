"""Lamps and the voice of a lane follow the screen; one that fails keeps nobody."""

from __future__ import annotations

import logging
from itertools import pairwise
from pathlib import Path

import pytest
from tests.asynchronous import run
from tests.gates.lanes import LANE
from tests.gates.running import guest, running

from gatehouse.gates.devices import Tone
from gatehouse.gates.guidance.screens import languages
from gatehouse.gates.guidance.server import Guidance
from gatehouse.gates.guidance.signals import Signals
from gatehouse.gates.machine import Event, State
from gatehouse.gates.officers import OfficerLine
from gatehouse.gates.simulated import Failing, SimulatedLane
from gatehouse.gates.view import View
from gatehouse.kernel.clock import SystemClock

OFFICERS = OfficerLine(lane=LANE, token="t", obeyed=lambda *_: None, clock=SystemClock())


class Shown:
    """Joined to the lane once it is there."""

    def __init__(self) -> None:
        self.guidance: Guidance | None = None

    def join(self, lane: SimulatedLane) -> None:
        devices = lane.devices()
        signals = Signals(devices.lights, devices.voice)
        self.guidance = Guidance(consented=lambda *_: None, officers=OFFICERS, signals=signals)

    def __call__(self, view: View) -> None:
        if self.guidance:
            self.guidance.show(view)


def test_the_voice_says_each_screen_in_the_language_of_the_document(tmp_path: Path) -> None:
    async def walk() -> list[tuple[str, str]]:
        shown = Shown()
        async with running(tmp_path, shown=shown) as lane:
            await lane.reach(State.IDLE)
            shown.join(lane.simulated)
            await lane.pass_by(guest("JPN", 12))
            await lane.until(lambda: ("cleared", "ja") in lane.simulated.said)
            return list(lane.simulated.said)

    said = run(walk())
    order = [code for code, language in said if language == "ja"]
    assert [code for code in order if code in ("step_in", "go", "cleared")] == ["step_in", "go", "cleared"]
    assert all(before != after for before, after in pairwise(said))
    assert {code for code, _ in said} <= set(languages()["ja"].screens)


def test_the_lamps_show_where_to_go(tmp_path: Path) -> None:
    async def walk() -> tuple[Tone, Tone, Tone]:
        shown = Shown()
        async with running(tmp_path, shown=shown) as lane:
            await lane.reach(State.IDLE)
            shown.join(lane.simulated)
            lane.simulated.failing.add(Failing.CHIP)
            await lane.pass_by(guest("JPN", 12))
            await lane.until(lambda: lane.simulated.lamps is not Tone.USUAL)
            desk = lane.simulated.lamps
            lane.simulated.leave()
            await lane.reach(State.IDLE)
            await lane.until(lambda: lane.simulated.lamps is Tone.USUAL)
            ready = lane.simulated.lamps
            lane.program.tell(Event.FIRE)
            await lane.until(lambda: lane.simulated.lamps is Tone.STOP)
            return desk, ready, lane.simulated.lamps

    assert run(walk()) == (Tone.OTHER, Tone.USUAL, Tone.STOP)


def test_lamps_that_did_not_answer_show_the_newest_once_they_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gatehouse.gates.guidance.signals.AGAIN_S", 0.01)

    async def walk() -> list[Tone]:
        shown = Shown()
        async with running(tmp_path, shown=shown) as lane:
            await lane.reach(State.IDLE)
            shown.join(lane.simulated)
            lane.simulated.failing.add(Failing.SIGNALS)
            lane.simulated.lamps = Tone.GOOD  # they went out of order showing that
            lane.program.tell(Event.FIRE)
            await lane.reach(State.EMERGENCY)
            still = lane.simulated.lamps
            lane.simulated.failing.clear()
            await lane.until(lambda: lane.simulated.lamps is Tone.STOP)
            return [still, lane.simulated.lamps]

    assert run(walk()) == [Tone.GOOD, Tone.STOP]


def test_lamps_and_a_voice_that_fail_keep_nobody(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def walk() -> int:
        shown = Shown()
        async with running(tmp_path, shown=shown) as lane:
            await lane.reach(State.IDLE)
            shown.join(lane.simulated)
            lane.simulated.failing.add(Failing.SIGNALS)
            await lane.pass_by(guest("JPN", 12))
            return lane.simulated.passages

    with caplog.at_level(logging.WARNING):
        assert run(walk()) == 1
    assert {"the lamps do not answer", "the voice does not answer"} <= {each.message for each in caplog.records}
