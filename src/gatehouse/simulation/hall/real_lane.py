"""Travellers of the hall through a lane's own program: chips, passive authentication, lists, faces, and its ledger.

Doors and people take no time here, so that what is measured is the lane's own; the model adds the people's.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import httpx

from gatehouse.device.delivery import Delivery
from gatehouse.device.ledger import Ledger, Outbox
from gatehouse.device.words import Direction
from gatehouse.gates.judging import Judge
from gatehouse.gates.simulated import Guest
from gatehouse.kernel.clock import SystemClock
from gatehouse.platform.profile import Profile
from gatehouse.simulation.lane_work import lane_at_work
from gatehouse.simulation.lanes import LaneWorld

_KEY, _STATE = bytes(range(32)), "JPN"


@dataclass(frozen=True, slots=True)
class Passed:
    """`own_ms`: from the zone to the opened exit, of each who was cleared. `through`: people who left by the exit."""

    travellers: int
    own_ms: tuple[float, ...]
    through: int

    @property
    def cleared(self) -> int:
        return len(self.own_ms)


def departing(profile: Profile, number: int, *, seed: int = 0) -> tuple[LaneWorld, list[Guest]]:
    """Visitors who leave, each with a passport of their own."""
    world = LaneWorld(profile, states=[_STATE], now=SystemClock().now(), seed=seed + 1)
    return world, [world.guest(_STATE, seed * 1_000_000 + place) for place in range(number)]


def lane_passed(
    world: LaneWorld,
    guests: Sequence[Guest],
    file: Path,
    *,
    lane: str = "TPE-E01",
    port: str = "TPE",
    told: Callable[[int], None] | None = None,
) -> Passed:
    """One after the other through one lane of the fourth generation, written into the ledger at `file`.

    In a thread of its own, so that it can be asked for where a loop is running already.
    """
    judge = Judge(world.lists(lane=lane, port=port, own_key=_KEY), own_key=_KEY, clock=SystemClock())

    def passing() -> Passed:
        with Ledger(file, device=lane, clock=SystemClock()) as ledger:
            return asyncio.run(_passing(guests, ledger, judge, told or (lambda _: None)))

    with ThreadPoolExecutor(1) as aside:
        return aside.submit(passing).result()


def delivered(file: Path, client: httpx.Client, token: str, *, lane: str = "TPE-E01") -> int:
    """The ledger to the centre; gives how many events were sent. Raises as `Delivery.drain`."""
    outbox = Outbox(file, device=lane)
    try:
        return Delivery(outbox, client, token).drain()
    finally:
        outbox.close()


async def _passing(guests: Sequence[Guest], ledger: Ledger, judge: Judge, told: Callable[[int], None]) -> Passed:
    async with lane_at_work(ledger=ledger, judge=judge, clock=SystemClock(), direction=Direction.EXIT) as lane:
        for number, guest in enumerate(guests, 1):
            await lane.pass_by(guest)
            told(number)
        return Passed(len(guests), tuple(lane.program.cleared_ms), lane.simulated.passages)
