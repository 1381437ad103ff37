"""The flights of a day, and when the people on them come to a desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from gatehouse.border.api import Direction
from gatehouse.simulation.nation import Nation

#: Minutes from landing to the desk, and from the desk to departure.
_WALK, _AHEAD = (12, 45), (45, 110)


@dataclass(frozen=True, slots=True)
class Flight:
    #: As "CI 101".
    name: str
    direction: Direction
    #: Landing or departure. Aware, UTC.
    at: datetime

    def at_desk(self, rng: Random) -> datetime:
        """When a group of this flight stands before an officer."""
        if self.direction is Direction.EXIT:
            return self.at - _minutes(rng, _AHEAD)
        return self.at + _minutes(rng, _WALK)


def flights_of(
    nation: Nation, rng: Random, *, on: date, zone: ZoneInfo, direction: Direction, travellers: int
) -> list[Flight]:
    """Enough flights for so many travellers, at least one, in the order of their time."""
    hours = nation.hours.exit if direction is Direction.EXIT else nation.hours.entry
    count = max(1, round(travellers / nation.travellers_per_flight.number))
    moments = sorted(_moment(rng, on, zone, hours) for _ in range(count))
    numbers = rng.sample(range(100, 1000), count)
    return [
        Flight(f"{rng.choice(nation.carriers)} {number}", direction, moment)
        for number, moment in zip(numbers, moments, strict=True)
    ]


def _moment(rng: Random, on: date, zone: ZoneInfo, hours: Mapping[int, float]) -> datetime:
    hour = rng.choices(list(hours), list(hours.values()))[0]
    local = datetime.combine(on, time(hour, rng.randrange(0, 60, 5)), zone)
    return local.astimezone(UTC)


def _minutes(rng: Random, bounds: tuple[int, int]) -> timedelta:
    return timedelta(seconds=rng.randint(60 * bounds[0], 60 * bounds[1]))
