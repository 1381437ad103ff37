"""A day of an e-Gate: its own program and ledger, with a clock that goes from one event of the day to the next."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from gatehouse.device.ledger import Ledger
from gatehouse.device.words import Direction
from gatehouse.gates.judging import Judge
from gatehouse.gates.machine import Event, State
from gatehouse.gates.program import SAYS_EVERY_S
from gatehouse.gates.simulated import Guest
from gatehouse.kernel.clock import FixedClock
from gatehouse.law.egate import Status
from gatehouse.platform.profile import Profile
from gatehouse.simulation.lane_work import LaneAtWork, lane_at_work
from gatehouse.simulation.lanes import LaneWorld

_DAY = timedelta(days=1)
_KEY = bytes(range(32))
#: Visitors of this state leave by a lane, beside nationals.
_VISITORS = "JPN"
#: Hours in which somebody comes.
_OPEN = 6, 23


@dataclass(frozen=True, slots=True)
class LaneDay:
    """What is made of one lane on one day. From the hour `fails` on it has no mains for `lasts`, and says so."""

    lane: str
    port: str
    on: date
    direction: Direction
    travellers: int
    seed: int = 1
    fails: int = 3
    lasts: timedelta = timedelta(0)


def lane_day(plan: LaneDay, file: Path, profile: Profile) -> int:
    """Let the day pass, from midnight to midnight of the agency's clock; gives how many went through.

    In a thread of its own, so that it can be asked for where a loop is running already.
    """
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(lambda: asyncio.run(_passed(plan, file, profile))).result()


async def _passed(plan: LaneDay, file: Path, profile: Profile) -> int:
    start = datetime.combine(plan.on, time(0), ZoneInfo(profile.agency.time_zone)).astimezone(UTC)
    clock = FixedClock(start)
    own = profile.agency.state
    states = (own, _VISITORS) if plan.direction is Direction.EXIT else (own,)
    world = LaneWorld(profile, states=states, now=start, seed=plan.seed)
    guests = [world.guest(states[place % len(states)], plan.seed * 10_000 + place) for place in range(plan.travellers)]
    known = [(guest, Status.NATIONAL, True) for place, guest in enumerate(guests) if states[place % len(states)] == own]
    lists = world.lists(lane=plan.lane, port=plan.port, own_key=_KEY, hours=25, known=known)
    judge = Judge(lists, own_key=_KEY, clock=clock)
    with Ledger(file, device=plan.lane, clock=clock) as ledger:
        async with lane_at_work(ledger=ledger, judge=judge, clock=clock, direction=plan.direction) as lane:
            for at, what in _steps(plan, start, guests):
                clock.advance(at - clock.now())
                await _happened(lane, what)
            return lane.simulated.passages


def _steps(plan: LaneDay, start: datetime, guests: Sequence[Guest]) -> Iterator[tuple[datetime, Guest | Event | None]]:
    """Somebody who comes, what happens to the lane, or None where it says that it is there."""
    chance = Random(f"{plan.seed}/{plan.lane}/{plan.on}")  # noqa: S311 (a simulation)
    begins = start + timedelta(hours=plan.fails)
    ends = begins + plan.lasts
    steps: list[tuple[datetime, Guest | Event | None]] = []
    if plan.lasts:
        steps += [(begins, Event.POWER_LOST), (ends, Event.POWER_BACK)]
    says = timedelta(seconds=SAYS_EVERY_S)
    steps += [(start + number * says, None) for number in range(1, int(_DAY / says))]
    for guest in guests:
        at = start + timedelta(hours=chance.uniform(*_OPEN))
        steps.append((at if at < begins or at > ends else ends + timedelta(minutes=1), guest))
    return iter(sorted(steps, key=lambda step: step[0]))


async def _happened(lane: LaneAtWork, what: Guest | Event | None) -> None:
    if what is None:
        lane.program.say()
    elif isinstance(what, Guest):
        await lane.pass_by(what)
    else:
        await lane.happen(what, until=State.IDLE if what is Event.POWER_BACK else State.CLOSED)
