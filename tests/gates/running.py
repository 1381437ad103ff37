"""A lane that runs in a test: simulated devices at no pace, real documents of made-up states, a real ledger."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from tests.gates.lanes import LANE

from gatehouse.biometrics.comparing import Policy
from gatehouse.biometrics.reference import ReferenceEngine
from gatehouse.device.examination import DocumentReading
from gatehouse.device.ledger import Ledger
from gatehouse.device.words import Direction
from gatehouse.gates.devices import Controller
from gatehouse.gates.generations import GENERATIONS
from gatehouse.gates.judging import Judge
from gatehouse.gates.machine import Event, Lane, State, Topology
from gatehouse.gates.passages import Passages
from gatehouse.gates.program import LaneProgram
from gatehouse.gates.simulated import Guest, SimulatedLane
from gatehouse.gates.view import View
from gatehouse.kernel.clock import FixedClock
from gatehouse.law.egate import Status
from gatehouse.platform.profile import SHIPPED, Profile
from gatehouse.simulation.lanes import LaneWorld

NOW = datetime(2026, 2, 14, 4, 0, tzinfo=UTC)
OWN_KEY = bytes(range(32))
POLICY = Policy(false_match_rate=0.05, accept_demonstration=True)
#: Short enough for a test; long enough for a slow machine to do its work before.
QUICK = {State.ENTRY_OPEN: 0.3, State.EXIT_OPEN: 0.3, State.SENT_TO_DESK: 0.3, State.HANDED_OVER: 5.0}


@cache
def world() -> LaneWorld:
    return LaneWorld(Profile(SHIPPED / "tw"), states=["TWN", "JPN", "VNM"], now=NOW)


@cache
def guest(nationality: str = "TWN", seed: int = 8, **facts: Any) -> Guest:
    return world().guest(nationality, seed, **facts)


@dataclass
class Running:
    program: LaneProgram
    simulated: SimulatedLane
    ledger: Ledger
    clock: FixedClock
    views: list[View]

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not holds():
                await asyncio.sleep(0.002)

    async def reach(self, *states: State) -> State:
        await self.until(lambda: self.program.situation.state in states)
        return self.program.situation.state

    async def pass_by(self, somebody: Guest) -> State:
        """Let them come, and wait until the lane rests or an officer has to look."""
        await self.reach(State.IDLE)
        seen = len(self.views)
        self.simulated.come(somebody)
        await self.until(lambda: any(view.situation.state is not State.IDLE for view in self.views[seen:]))
        return await self.reach(State.IDLE, State.HANDED_OVER, State.SENT_TO_DESK, State.CLOSED)

    def kinds(self) -> list[str]:
        return [event.kind for event in self.ledger.events() if event.kind != "lane"]


@asynccontextmanager
async def running(
    folder: Path,
    *,
    enrolled: tuple[Guest, ...] = (),
    topology: Topology = Topology.INTEGRATED,
    generation: int = 4,
    hours: float = 24,
    direction: Direction = Direction.EXIT,
    listed: tuple[Any, ...] = (),
    limits: dict[State, float] = QUICK,
    pace_s: float = 0.0,
    tokens: dict[str, DocumentReading] | None = None,
    controller: Controller | None = None,
    shown: Callable[[View], None] = lambda _: None,
    **more: Any,
) -> AsyncIterator[Running]:
    clock = FixedClock(NOW)
    lane = Lane(topology, GENERATIONS[generation])
    simulated = SimulatedLane(lane, pace_s=pace_s, tokens=tokens)
    views: list[View] = []

    def show(view: View) -> None:
        views.append(view)
        shown(view)

    with Ledger(folder / "lane.sqlite3", device=LANE, clock=clock) as ledger:
        program = LaneProgram(
            lane=lane,
            devices=replace(simulated.devices(), controller=controller) if controller else simulated.devices(),
            passages=Passages(ledger),
            engine=ReferenceEngine(),
            policy=POLICY,
            clock=clock,
            direction=direction,
            limits=limits,
            show=show,
            **more,
        )
        known = [(each, Status.NATIONAL, True) for each in enrolled]
        lists = world().lists(lane=LANE, port="TPE", own_key=OWN_KEY, hours=hours, known=known, listed=listed)
        task = asyncio.create_task(program.run())
        try:
            program.take_lists(Judge(lists, own_key=OWN_KEY, clock=clock))
            program.tell(Event.OPEN)
            yield Running(program, simulated, ledger, clock, views)
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
