"""The halls of one day: everybody who comes joins a line and passes; nobody is lost on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from simpy import Environment, Event

from gatehouse.device.words import Direction
from gatehouse.simulation.hall.arrivals import Arrival, Hall
from gatehouse.simulation.hall.plan import HallPlan
from gatehouse.simulation.hall.servers import Servers

#: Open desks of each line in each hall, by the hour of the day.
Rota = Mapping[tuple[Hall, str], Sequence[int]]


@dataclass
class Passed:
    """What a day came to."""

    lanes: dict[Hall, Servers]
    desks: dict[tuple[Hall, str], Servers]
    #: By group and direction.
    came: Counter[tuple[str, Direction]] = field(default_factory=Counter)
    by_lane: Counter[tuple[str, Direction]] = field(default_factory=Counter)
    handed_over: Counter[Hall] = field(default_factory=Counter)
    #: Went to a desk because the lanes' line was too long.
    impatient: Counter[Hall] = field(default_factory=Counter)
    #: Seconds of officers' work by line and hour of joining.
    work: Counter[tuple[Hall, str, int]] = field(default_factory=Counter)
    #: The second in which the last one had passed.
    ended: float = 0.0


@dataclass(frozen=True, slots=True)
class _Day:
    env: Environment
    plan: HallPlan
    rng: Random
    passed: Passed
    own: Sequence[float]


def day_passed(
    plan: HallPlan,
    arrivals: Sequence[Arrival],
    lanes: Mapping[Hall, int],
    rota: Rota,
    *,
    seed: int,
    own: Sequence[float] = (),
) -> Passed:
    """Let everybody pass; `own`: seconds of a lane's own time, as measured. The same arguments give the same day."""
    env = Environment()
    passed = Passed(
        {hall: Servers(env, number, plan.gate.mean) for hall, number in lanes.items()},
        {line: Servers(env, hours[0], plan.desk.mean) for line, hours in rota.items()},
    )
    day = _Day(env, plan, Random(seed), passed, own)  # noqa: S311  a simulation
    env.process(_coming(day, arrivals))
    env.process(_rota(env, passed, rota))
    env.run()
    return passed


def _coming(day: _Day, arrivals: Sequence[Arrival]) -> Generator[Event, None, None]:
    for arrival in arrivals:
        if arrival.at > day.env.now:
            yield day.env.timeout(arrival.at - day.env.now)
        day.env.process(_passing(day, arrival))


def _rota(env: Environment, passed: Passed, rota: Rota) -> Generator[Event, None, None]:
    """The last hour's desks stay open until nobody waits."""
    for hour in range(1, 24):
        yield env.timeout(3600 * hour - env.now)
        for line, hours in rota.items():
            if hours[hour] != hours[hour - 1]:
                passed.desks[line].open(hours[hour])


def _passing(day: _Day, arrival: Arrival) -> Generator[Event, None, None]:
    env, plan, rng, passed = day.env, day.plan, day.rng, day.passed
    who = arrival.group.counted, arrival.hall.direction
    passed.came[who] += 1
    lanes = passed.lanes[arrival.hall]
    desks = passed.desks[arrival.hall, arrival.group.line]
    if arrival.by_lane and lanes.expected_wait() <= desks.expected_wait() + 60 * plan.patience.minutes:
        cleared = rng.random() >= plan.handed_over.share
        yield lanes.joined()
        yield env.timeout(plan.gate_seconds(rng, day.own) if cleared else plan.handing_over.drawn(rng))
        lanes.leave()
        if cleared:
            passed.by_lane[who] += 1
            passed.ended = env.now
            return
        passed.handed_over[arrival.hall] += 1
    elif arrival.by_lane:
        passed.impatient[arrival.hall] += 1
    takes = plan.desk.drawn(rng)
    passed.work[arrival.hall, arrival.group.line, min(23, int(env.now // 3600))] += takes  # type: ignore[assignment]
    yield desks.joined()
    yield env.timeout(takes)
    desks.leave()
    passed.ended = env.now
