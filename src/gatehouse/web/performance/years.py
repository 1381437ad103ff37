"""The years to choose from, in the agency's calendar."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from gatehouse.performance.api import year_now, years_on_record
from gatehouse.platform.actors import Actor
from gatehouse.platform.profile import profile


@dataclass(frozen=True, slots=True)
class Years:
    """`offered` are the years on record and the present one, the last first."""

    chosen: int
    now: int
    offered: tuple[int, ...]
    on_record: frozenset[int]
    is_roc: bool

    @property
    def empty(self) -> bool:
        return self.chosen not in self.on_record

    @property
    def latest(self) -> int | None:
        return max(self.on_record, default=None)


def years_for(chosen: int, *, reader: Actor) -> Years:
    on_record = years_on_record(reader=reader)
    now = year_now(timezone.localdate())
    offered = tuple(sorted({*on_record, now, chosen}, reverse=True))
    return Years(chosen, now, offered, frozenset(on_record), profile().agency.calendar == "roc")
