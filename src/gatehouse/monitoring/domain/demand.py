"""Availability by travellers served: an outage at the peak of the day counts for more than one at night.

Time is measured in travellers: where so many came in an hour, each moment of it weighs as many as came in it, and each
device of the group has its part of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from gatehouse.kernel.errors import RefusedError
from gatehouse.monitoring.domain.availability import Stretch
from gatehouse.monitoring.domain.states import State

DEFINITION = (
    "availability by travellers = travellers who came while a device was up or degraded / those who came while it was "
    "up, degraded or down; who came in an hour are spread evenly over the hour and over the devices of the group"
)


class Demand(NamedTuple):
    """So many travellers came from `start` to just before `end`, in milliseconds since 1970-01-01T00:00Z."""

    start: int
    end: int
    travellers: int


@dataclass(frozen=True, slots=True)
class Served:
    """Travellers by the state that the devices were in when they came; all of them together are all that came."""

    travellers: dict[State, Fraction]

    @property
    def availability(self) -> Fraction | None:
        """None where nobody came while anything was known."""
        available = self.travellers[State.UP] + self.travellers[State.DEGRADED]
        known = available + self.travellers[State.DOWN]
        return available / known if known else None

    @property
    def lower_bound(self) -> Fraction | None:
        """As `availability`, with unknown as down."""
        available = self.travellers[State.UP] + self.travellers[State.DEGRADED]
        asked = available + self.travellers[State.DOWN] + self.travellers[State.UNKNOWN]
        return available / asked if asked else None


def served(devices: Collection[list[Stretch]], demand: Sequence[Demand]) -> Served:
    """Spread who came over the timelines of the devices of a group, which cover the time of the demand.

    Raises `RefusedError` where a stretch of demand has no length, travellers are fewer than none, or a device's
    timeline does not cover it.
    """
    found = dict.fromkeys(State, Fraction())
    for timeline in devices:
        starts = [stretch.start for stretch in timeline]
        for start, end, travellers in demand:
            if start >= end or travellers < 0 or not timeline or start < starts[0] or end > timeline[-1].end:
                raise RefusedError("travellers are counted in hours that the devices' record covers")
            each = Fraction(travellers, (end - start) * len(devices))
            for stretch in timeline[bisect_right(starts, start) - 1 :]:
                if stretch.start >= end:
                    break
                found[stretch.state] += each * (min(stretch.end, end) - max(stretch.start, start))
    return Served(found)
