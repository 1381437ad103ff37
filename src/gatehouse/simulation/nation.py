"""What a simulated day is made of, read from the profile: shares with their sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from random import Random
from typing import TypeVar

from pydantic import Field, NonNegativeFloat, PositiveFloat, PositiveInt

from gatehouse.platform.profile import Profile, Row

_Weighted = TypeVar("_Weighted", bound="Weighted")


class Irregularity(StrEnum):
    """What is wrong with a traveller's papers or stay, on purpose."""

    #: Signed under a counterfeit authority of the state's name.
    FORGED = "forged"
    #: Data of the chip were changed after the state had signed them.
    ALTERED_DATA = "altered_data"
    #: Another person's face was written into the chip.
    ALTERED_FACE = "altered_face"
    #: The chip is of another person's document.
    SWAPPED_CHIP = "swapped_chip"
    #: Signed with a key that is on the state's revocation list.
    REVOKED = "revoked"
    EXPIRED = "expired"
    #: A check digit of the machine readable zone is wrong.
    MISPRINTED = "misprinted"
    #: Reported lost or stolen.
    LOST = "lost"
    #: Barred from entry after an earlier overstay.
    BANNED = "banned"
    #: A national who may not leave.
    EXIT_BANNED = "exit_banned"
    #: Leaves after the last permitted day.
    OVERSTAYED = "overstayed"
    #: Comes without the visa or permit that the law asks for.
    WITHOUT_PERMIT = "without_permit"
    #: On a look-out list, by name and birth date.
    LOOKED_FOR = "looked_for"
    #: A child without an accompanying adult.
    ALONE = "alone"


class Weighted(Row):
    weight: PositiveFloat
    source: str


class Span(Weighted):
    """A range of whole numbers, both ends included: years of age, nights of a stay."""

    first: int
    last: int


class PermitPlan(Row):
    """A visa or permit that a share of a state's travellers hold; without `days` it lasts to its own end."""

    kind: str
    share: PositiveFloat
    days: PositiveInt | None = None
    entries: PositiveInt | None = None
    source: str


class VisitingState(Weighted):
    nationality: str
    permits: tuple[PermitPlan, ...] = ()

    @property
    def always_needs_permit(self) -> bool:
        """Nobody of this state comes without one."""
        return sum(permit.share for permit in self.permits) >= 1


class Share(Row):
    share: NonNegativeFloat = Field(le=1)
    source: str


class Count(Row):
    number: PositiveInt
    source: str


class Nationals(Share):
    ages: tuple[Span, ...]


class Visitors(Row):
    ages: tuple[Span, ...]
    nights: tuple[Span, ...]
    states: tuple[VisitingState, ...] = Field(min_length=1)


class Hours(Row):
    """Flights by the hour of the local day."""

    source: str
    entry: Mapping[int, PositiveFloat]
    exit: Mapping[int, PositiveFloat]


class Lanes(Row):
    entry: PositiveInt
    exit: PositiveInt
    transit: PositiveInt


class Nation(Row):
    """`simulation.yaml` of a profile."""

    port: str
    nationals: Nationals
    visitors: Visitors
    female: Share
    entries: Share
    transits: Share
    crew: Share
    travellers_per_flight: Count
    hours: Hours
    carriers: tuple[str, ...] = Field(min_length=1)
    lanes: Lanes
    #: Per 1,000 travellers.
    irregular: Mapping[Irregularity, PositiveFloat]
    namesakes: NonNegativeFloat


def nation_of(profile: Profile) -> Nation:
    """What the profile says of a day. Raises `UnreadableError` with the place that is wrong."""
    return profile.read("simulation.yaml", Nation)


def drawn(rng: Random, rows: Sequence[_Weighted]) -> _Weighted:
    """One of the rows, by its weight."""
    return rng.choices(rows, [row.weight for row in rows])[0]


def drawn_number(rng: Random, spans: Sequence[Span]) -> int:
    span = drawn(rng, spans)
    return rng.randint(span.first, span.last)


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; the last of February where there is no such day."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
