"""What the profile says of the halls, each row with its source: `hall.yaml`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import log, sqrt
from random import Random
from typing import Annotated

from pydantic import Field, NonNegativeFloat, PositiveFloat, PositiveInt, model_validator

from gatehouse.platform.profile import Profile, Row

_Part = Annotated[float, Field(ge=0, le=1)]


class Day(Row):
    """How many cross the border here on that day, both ways."""

    day: date
    travellers: PositiveInt
    source: str


class Usual(Row):
    travellers: PositiveInt
    source: str


class Entries(Row):
    day: date
    share: _Part
    source: str


class Terminal(Row):
    name: str
    share: _Part
    source: str


class Flights(Row):
    number: PositiveInt
    source: str


class Minutes(Row):
    """A triangle: the ends, and where most are."""

    least: NonNegativeFloat
    mostly: NonNegativeFloat
    most: NonNegativeFloat
    source: str

    def seconds(self, rng: Random) -> float:
        return 60 * rng.triangular(self.least, self.most, self.mostly)


class Seconds(Row):
    """How long a lane or a desk is taken: lognormal, because some take much longer and none takes less than nothing."""

    mean: PositiveFloat
    deviation: PositiveFloat
    source: str

    def drawn(self, rng: Random) -> float:
        spread = log(1 + (self.deviation / self.mean) ** 2)
        return rng.lognormvariate(log(self.mean) - spread / 2, sqrt(spread))


class Parties(Row):
    """How many travel together. Those who do choose together."""

    alone: _Part
    two: _Part
    three: _Part
    four: _Part
    source: str

    def size(self, rng: Random) -> int:
        return rng.choices((1, 2, 3, 4), (self.alone, self.two, self.three, self.four))[0]


class Usage(Row):
    eligible: _Part
    uses: _Part
    source: str


class Group(Row):
    """Travellers whom the same rules concern; `share` of all."""

    name: str
    #: The group of whose use it is a part; itself where nothing is said.
    counted_as: str | None = None
    share: _Part
    share_source: str
    line: str
    entry: Usage
    exit: Usage

    @property
    def counted(self) -> str:
        return self.counted_as or self.name


class Line(Row):
    """The desks before which one line waits, in each hall."""

    name: str
    desks: PositiveInt
    source: str


class HandedOver(Row):
    share: _Part
    source: str


class Patience(Row):
    minutes: PositiveFloat
    source: str


class Included(Row):
    """The lane's own part of the seconds above, which is taken out where it is measured instead."""

    seconds: NonNegativeFloat
    source: str


class Target(Row):
    """So large a share waits so many minutes or less."""

    minutes: PositiveFloat
    share: Annotated[float, Field(gt=0, lt=1)]
    source: str


class HallPlan(Row):
    """`hall.yaml` of a profile."""

    port: str
    days: tuple[Day, ...]
    otherwise: Usual
    entries: tuple[Entries, ...]
    terminals: tuple[Terminal, ...] = Field(min_length=1)
    flights: Flights
    walk: Minutes
    ahead: Minutes
    parties: Parties
    groups: tuple[Group, ...] = Field(min_length=1)
    lines: tuple[Line, ...] = Field(min_length=1)
    gate: Seconds
    own_included: Included
    desk: Seconds
    handed_over: HandedOver
    handing_over: Seconds
    patience: Patience
    target: Target

    @model_validator(mode="after")
    def _adds_up(self) -> HallPlan:
        rows: Sequence[Sequence[Terminal | Group]] = (self.terminals, self.groups)
        if any(abs(sum(row.share for row in each) - 1) > 1e-9 for each in rows):
            raise ValueError("the shares of the terminals, and those of the groups, must add up to 1")
        if unknown := {group.line for group in self.groups} - {line.name for line in self.lines}:
            message = f"no line {', '.join(sorted(unknown))}"
            raise ValueError(message)
        return self

    def gate_seconds(self, rng: Random, own: Sequence[float]) -> float:
        """How long a cleared traveller takes a lane: as published, or with the lane's own time as measured."""
        drawn = self.gate.drawn(rng)
        if not own:
            return drawn
        return max(0.0, drawn - self.own_included.seconds) + rng.choice(own)

    def travellers_on(self, day: date) -> Day:
        for known in self.days:
            if known.day == day:
                return known
        return Day(day=day, travellers=self.otherwise.travellers, source=self.otherwise.source)

    def entries_on(self, day: date) -> Entries:
        for known in self.entries:
            if known.day == day:
                return known
        return Entries(day=day, share=0.5, source="assumed: over a year as many come as go")


def hall_plan_of(profile: Profile) -> HallPlan:
    """What the profile says of the halls. Raises `UnreadableError` with the place that is wrong."""
    return profile.read("hall.yaml", HallPlan)
