"""Availability hour by hour, as the ledger stands now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from gatehouse.monitoring.domain.assets import AssetClass
from gatehouse.monitoring.domain.availability import Account, Stretch, timelines
from gatehouse.monitoring.domain.period import Period, microseconds
from gatehouse.monitoring.domain.states import State
from gatehouse.monitoring.selectors.availability import said_of
from gatehouse.monitoring.selectors.hours import within_hours
from gatehouse.monitoring.selectors.ledger import read_ledger
from gatehouse.platform.actors import Actor
from gatehouse.platform.profile import profile

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class HourAccount:
    """The devices of a class from `start` on; the last hour ends when it was asked."""

    start: datetime
    account: Account


def hourly(
    asset_class: AssetClass, *, hours: int, until: datetime, reader: Actor, site: str | None = None
) -> list[HourAccount]:
    """The last `hours` hours of the agency's clock before `until`, the one that runs included, in order of time.

    Raises `ForbiddenError`.
    """
    reader.require("monitoring.read")
    zone = ZoneInfo(profile().agency.time_zone)
    # Hours are those of the clock on the wall: where it is 30 minutes off UTC, so are they.
    running = until.astimezone(zone).replace(minute=0, second=0, microsecond=0).astimezone(UTC)
    starts = [running - _HOUR * back for back in reversed(range(hours))]
    whole = Period(microseconds(starts[0]) // 1000, microseconds(until) // 1000)
    days = starts[0].astimezone(zone).date(), until.astimezone(zone).date()
    ledger = read_ledger(asset_class, whole, days, site)
    said = said_of(ledger, whole, ledger.lines)
    found = [dict.fromkeys(State, 0) for _ in starts]
    for _, stretches in within_hours(timelines, said, list(ledger.devices.values()), whole):
        _spread(stretches, whole.start, found)
    return [HourAccount(start, Account(buckets)) for start, buckets in zip(starts, found, strict=True)]


def _spread(stretches: Iterable[Stretch], begins: int, hours: list[dict[State, int]]) -> None:
    """Add each stretch to the hours that it reaches into; the last hour takes what is left."""
    length = _HOUR // timedelta(milliseconds=1)
    for start, end, state in stretches:
        reached = start
        while reached < end:
            place = min((reached - begins) // length, len(hours) - 1)
            ends = end if place == len(hours) - 1 else min(end, begins + (place + 1) * length)
            hours[place][state] += ends - reached
            reached = ends
