"""Who comes to which hall at what second of the day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from gatehouse.device.words import Direction
from gatehouse.simulation.hall.plan import Group, HallPlan
from gatehouse.simulation.nation import Hours


@dataclass(frozen=True, slots=True)
class Hall:
    """One direction of one terminal, as "T1 exit"."""

    terminal: str
    direction: Direction

    def __str__(self) -> str:
        return f"{self.terminal} {self.direction.value}"


@dataclass(frozen=True, slots=True)
class Arrival:
    """One traveller at the end of the hall's lines."""

    #: Seconds after the day's midnight; what falls past an end of the day is at that end.
    at: float
    hall: Hall
    group: Group
    #: Would use a lane where it is as near as the desk.
    by_lane: bool


#: The last second in which somebody comes.
_LAST = 24 * 3600 - 1


def halls_of(plan: HallPlan) -> list[Hall]:
    return [Hall(terminal.name, way) for terminal in plan.terminals for way in (Direction.ENTRY, Direction.EXIT)]


def arrivals_of(plan: HallPlan, hours: Hours, rng: Random, *, travellers: int, entries: float) -> list[Arrival]:
    """Exactly `travellers` people, by flights, in the order in which they come."""
    found: list[Arrival] = []
    for hall, number in divided(plan, travellers, entries):
        flights = max(1, round(plan.flights.number * number / travellers)) if number else 0
        moments = [_moment(rng, hours, hall.direction) for _ in range(flights)]
        aboard = _shared(rng, number, flights)
        for moment, people in zip(moments, aboard, strict=True):
            found += _of_flight(plan, rng, hall, moment, people)
    return sorted(found, key=lambda arrival: arrival.at)


def divided(plan: HallPlan, travellers: int, entries: float) -> list[tuple[Hall, int]]:
    """How many pass each hall: whole people, exactly `travellers` together."""
    entering = round(travellers * entries)
    ways = {Direction.ENTRY: entering, Direction.EXIT: travellers - entering}
    weights = [terminal.share for terminal in plan.terminals]
    shares = {way: in_whole(number, weights) for way, number in ways.items()}
    places = {terminal.name: place for place, terminal in enumerate(plan.terminals)}
    return [(hall, shares[hall.direction][places[hall.terminal]]) for hall in halls_of(plan)]


def in_whole(total: int, weights: list[float]) -> list[int]:
    """`total` by weight in whole numbers; the largest remainders get one more."""
    exact = [total * weight / sum(weights) for weight in weights]
    whole = [int(part) for part in exact]
    most = sorted(range(len(exact)), key=lambda place: (whole[place] - exact[place], place))
    for place in most[: total - sum(whole)]:
        whole[place] += 1
    return whole


def _shared(rng: Random, people: int, flights: int) -> list[int]:
    """Small and large aircraft: each of them between half and one and a half of the mean."""
    return in_whole(people, [rng.uniform(0.5, 1.5) for _ in range(flights)]) if flights else []


def _moment(rng: Random, hours: Hours, way: Direction) -> float:
    by_hour = hours.exit if way is Direction.EXIT else hours.entry
    hour = rng.choices(list(by_hour), list(by_hour.values()))[0]
    return 3600 * hour + 300 * rng.randrange(12)


def _of_flight(plan: HallPlan, rng: Random, hall: Hall, moment: float, people: int) -> Iterator[Arrival]:
    left = people
    weights = [group.share for group in plan.groups]
    while left:
        size = min(left, plan.parties.size(rng))
        left -= size
        at = moment - plan.ahead.seconds(rng) if hall.direction is Direction.EXIT else moment + plan.walk.seconds(rng)
        for group in rng.choices(plan.groups, weights, k=size):
            usage = group.exit if hall.direction is Direction.EXIT else group.entry
            by_lane = rng.random() < usage.eligible * usage.uses
            yield Arrival(min(max(at, 0.0), _LAST), hall, group, by_lane)
