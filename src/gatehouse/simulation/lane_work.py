"""A lane's own program at work with simulated devices, for as long as a block lasts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from gatehouse.biometrics.comparing import Policy
from gatehouse.biometrics.reference import ReferenceEngine
from gatehouse.device.ledger import Ledger
from gatehouse.device.words import Direction
from gatehouse.gates.generations import GENERATIONS
from gatehouse.gates.judging import Judge
from gatehouse.gates.machine import Event, Lane, State, Topology
from gatehouse.gates.passages import Passages
from gatehouse.gates.program import LaneProgram
from gatehouse.gates.simulated import Guest, SimulatedLane
from gatehouse.kernel.clock import Clock

#: Nobody takes as long as this where doors and people take no time.
_LONGEST_S = 60.0


class LaneAtWork:
    def __init__(self, program: LaneProgram, simulated: SimulatedLane) -> None:
        self.program, self.simulated = program, simulated

    async def pass_by(self, guest: Guest) -> None:
        """Let somebody come, and whoever does not pass go away. Raises `TimeoutError` where the lane does nothing."""
        async with asyncio.timeout(_LONGEST_S):
            await self._rested()
            self.simulated.come(guest)
            while self.program.situation.state is State.IDLE:
                await asyncio.sleep(0)
            await self._rested()

    async def happen(self, event: Event, *, until: State) -> None:
        """Let something happen to the lane. Raises as `pass_by`."""
        self.program.tell(event)
        async with asyncio.timeout(_LONGEST_S):
            while self.program.situation.state is not until:
                await asyncio.sleep(0)

    async def _rested(self) -> None:
        """Until the lane is ready for the next; an officer sends back whom it handed over."""
        while self.program.situation.state is not State.IDLE:
            if self.program.situation.state is State.HANDED_OVER:  # a face that the demonstration's engine did not know
                self.program.tell(Event.RETURN)
                await asyncio.sleep(0)
                self.simulated.leave()
            elif self.program.situation.state is State.SENT_TO_DESK:
                self.simulated.leave()
            await asyncio.sleep(0.005)


@asynccontextmanager
async def lane_at_work(
    *, ledger: Ledger, judge: Judge, clock: Clock, direction: Direction
) -> AsyncIterator[LaneAtWork]:
    """An integrated lane of the fourth generation, opened. What ends the program early is raised at the end."""
    kind = Lane(Topology.INTEGRATED, GENERATIONS[4])
    simulated = SimulatedLane(kind)
    program = LaneProgram(
        lane=kind,
        devices=simulated.devices(),
        passages=Passages(ledger),
        engine=ReferenceEngine(),
        policy=Policy(false_match_rate=0.05, accept_demonstration=True),
        clock=clock,
        direction=direction,
    )
    running = asyncio.create_task(program.run())
    program.take_lists(judge)
    work = LaneAtWork(program, simulated)
    try:
        await work.happen(Event.OPEN, until=State.IDLE)
        yield work
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
