"""The handover of a shift: what stands when one crew leaves, in facts and in the words of who hands over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Self
from uuid import UUID
from zoneinfo import ZoneInfo

from pydantic import field_validator

from gatehouse.border.domain.rules import Rules
from gatehouse.border.domain.words import InspectionState
from gatehouse.kernel.errors import RefusedError
from gatehouse.monitoring.api import AssetClass, State
from gatehouse.platform.profile import Profile, Row

#: Longest text of what to watch, and of what the taker adds, in characters.
LONGEST = 4000


class Duty(Row):
    """When shifts begin, in the agency's time; each ends where the next begins."""

    begins: tuple[time, ...]
    source: str

    @field_validator("begins")
    @classmethod
    def _in_order(cls, begins: tuple[time, ...]) -> tuple[time, ...]:
        if not begins or list(begins) != sorted(set(begins)):
            raise ValueError("the beginnings of shifts are given once each, from early to late")
        return begins


@dataclass(frozen=True, slots=True)
class Turn:
    """One shift at a port, from `began_at` to just before `ends_at`, in UTC."""

    began_at: datetime
    ends_at: datetime

    @classmethod
    def at(cls, moment: datetime, profile: Profile, rules: Rules) -> Self:
        """The shift in which a moment lies."""
        duty, here = profile.read("shifts.yaml", Duty), moment.astimezone(rules.zone)
        days = (here.date() + timedelta(days=days) for days in (-1, 0, 1))
        starts = [_utc(datetime.combine(day, begins), rules.zone) for day in days for begins in duty.begins]
        after = next(index for index, start in enumerate(starts) if start > moment)
        return cls(starts[after - 1], starts[after])

    @classmethod
    def last_two(cls, moment: datetime, profile: Profile, rules: Rules) -> tuple[Self, Self]:
        """The shift in which a moment lies, and the one before it."""
        present = cls.at(moment, profile, rules)
        return present, cls.at(present.began_at - timedelta(microseconds=1), profile, rules)

    @classmethod
    def to_hand_over(cls, began_at: datetime, moment: datetime, profile: Profile, rules: Rules) -> Self:
        """The shift that began then: the present one or the one before. Raises `RefusedError` for any other."""
        for turn in cls.last_two(moment, profile, rules):
            if turn.began_at == began_at:
                return turn
        raise RefusedError("only the present shift and the one before it can be handed over")


@dataclass(frozen=True, slots=True)
class OpenIncident:
    number: int
    cause: str
    state: State
    began_at: datetime
    acknowledged: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case of the second line by its desk: who it is stands in the queue, which only those see who may."""

    inspection: UUID
    lane: str
    state: InspectionState
    waiting_since: datetime
    #: When the statutory time of a hold ends; None where nobody is held.
    hold_ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class OutOfService:
    tag: str
    asset_class: AssetClass
    state: State
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands at a port at a moment."""

    as_of: datetime
    incidents: tuple[OpenIncident, ...]
    #: Those that are held first, by the end of their time; then those that wait longest.
    waiting: tuple[Waiting, ...]
    equipment: tuple[OutOfService, ...]

    @property
    def holds(self) -> tuple[Waiting, ...]:
        return tuple(each for each in self.waiting if each.hold_ends_at is not None)

    @property
    def cases(self) -> tuple[Waiting, ...]:
        return tuple(each for each in self.waiting if each.hold_ends_at is None)


@dataclass(frozen=True, slots=True)
class Taken:
    by: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class HandoverView:
    id: UUID
    port: str
    turn: Turn
    given_by: str
    given_at: datetime
    standing: Standing
    #: What to watch, in the words of who handed over.
    watch: str
    #: None where nobody took it over yet.
    taken: Taken | None


def require_text(text: str, *, needed: bool) -> str:
    """The text without white space around it. Raises `RefusedError` where it is too long, or needed and empty."""
    text = text.strip()
    if needed and not text:
        raise RefusedError("say what the next shift has to watch, or that there is nothing")
    if len(text) > LONGEST:
        raise RefusedError("a text of a handover is at most %(longest)d characters long", longest=LONGEST)
    return text


def _utc(naive: datetime, zone: ZoneInfo) -> datetime:
    return naive.replace(tzinfo=zone).astimezone(ZoneInfo("UTC"))
