"""What a lane itself takes for a traveller: from the machine readable zone to the record that opens the exit.

The lane's real program with its real ledger, chips read against the simulator, passive authentication, lists, rules and
faces; doors and people take no time. Beside it the same chips read by the terminal's procedure alone.
"""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from benchmarks.table import Row
from gatehouse.biometrics.comparing import Policy
from gatehouse.biometrics.reference import ReferenceEngine
from gatehouse.device.ledger import Ledger
from gatehouse.device.words import Direction
from gatehouse.documents.chip.access import MrzKey
from gatehouse.documents.chip.reading import ReadingPolicy, attempt
from gatehouse.documents.chip.simulator import SimulatedChip
from gatehouse.documents.mrz import parse_mrz
from gatehouse.gates.generations import GENERATIONS
from gatehouse.gates.judging import Judge
from gatehouse.gates.machine import Event, Lane, State, Topology
from gatehouse.gates.passages import Passages
from gatehouse.gates.program import LaneProgram
from gatehouse.gates.simulated import Guest, SimulatedLane
from gatehouse.kernel.clock import SystemClock
from gatehouse.platform.profile import SHIPPED, Profile
from gatehouse.simulation.issuing import ChipKind
from gatehouse.simulation.lanes import LaneWorld

_READING = ReadingPolicy(files=("COM", "SOD", "DG1", "DG2", "DG14", "DG15"))
_TRAVELLERS, _LANE, _KEY = 100, "TPE-E01", bytes(range(32))


def run() -> list[Row]:
    rows = []
    for kind in (ChipKind.BAC, ChipKind.PACE_GM):
        world = LaneWorld(Profile(SHIPPED / "tw"), states=["JPN"], now=SystemClock().now(), chips=kind)
        guests = [world.guest("JPN", 2 * place) for place in range(_TRAVELLERS)]
        own = asyncio.run(_passed(world, guests))
        alone = [_chip_alone(guest) for guest in guests]
        figure = f"p95 {_p95(own):.0f} ms of {len(own)}"
        what = f"a lane's own time per traveller, {kind.name}"
        rows.append(Row(what, figure, f"its chip alone: p95 {_p95(alone):.0f} ms", "", "p95 < 300 ms"))
    return rows


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]


def _chip_alone(guest: Guest) -> float:
    begin = time.perf_counter()
    if guest.chip is not None:
        key = MrzKey.from_mrz(parse_mrz(guest.zone, on=SystemClock().now().date()))
        attempt(
            SimulatedChip(guest.chip), key, policy=ReadingPolicy(files=("COM", "SOD", "DG1", "DG2", "DG14", "DG15"))
        )
    return 1000 * (time.perf_counter() - begin)


async def _passed(world: LaneWorld, guests: list[Guest]) -> list[float]:
    """Milliseconds of each traveller who was cleared."""
    lane, clock = Lane(Topology.INTEGRATED, GENERATIONS[4]), SystemClock()
    simulated = SimulatedLane(lane)
    with TemporaryDirectory() as folder, Ledger(Path(folder, "lane.sqlite3"), device=_LANE, clock=clock) as ledger:
        program = LaneProgram(
            lane=lane,
            devices=simulated.devices(),
            passages=Passages(ledger),
            engine=ReferenceEngine(),
            policy=Policy(false_match_rate=0.05, accept_demonstration=True),
            clock=clock,
            direction=Direction.EXIT,
        )
        running = asyncio.create_task(program.run())
        program.take_lists(Judge(world.lists(lane=_LANE, port="TPE", own_key=_KEY), own_key=_KEY, clock=clock))
        program.tell(Event.OPEN)
        for guest in guests:
            while program.situation.state is not State.IDLE:
                if program.situation.state is State.HANDED_OVER:  # a face that the demonstration's engine did not know
                    program.tell(Event.RETURN)
                elif program.situation.state is State.SENT_TO_DESK:
                    simulated.leave()
                await asyncio.sleep(0.005)
            simulated.come(guest)
            while program.situation.state is State.IDLE:
                await asyncio.sleep(0)
        while program.situation.state is not State.IDLE:
            await asyncio.sleep(0.005)
            if program.situation.state in (State.HANDED_OVER, State.SENT_TO_DESK):
                break
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    return program.cleared_ms
