"""A few devices with a year of their own, for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime

from gatehouse.kernel.clock import FixedClock
from gatehouse.monitoring.api import (
    Asset,
    AssetClass,
    Availability,
    Since,
    State,
    Status,
    assets_record,
    availability_of,
    intervals_record,
)
from gatehouse.monitoring.domain.availability import Interval
from gatehouse.monitoring.domain.period import moment
from gatehouse.platform.actors import Actor, ActorKind

#: After the year that the tests count.
CLOCK = FixedClock(datetime(2024, 2, 1, tzinfo=UTC))
YEAR = (date(2023, 1, 1), date(2023, 12, 31))
HOUR = 3_600_000
RIGHTS = frozenset({"monitoring.read", "monitoring.record", "monitoring.amend", "monitoring.publish"})
ENGINEER = Actor(ActorKind.USER, "engineer", RIGHTS)
COLLEAGUE = Actor(ActorKind.USER, "colleague", RIGHTS)
NOBODY = Actor(ActorKind.USER, "nobody", frozenset())


def gate(tag: str = "G1", *history: tuple[Status, str], site: str = "TPE", **facts: object) -> Asset:
    since = history or ((Status.IN_SERVICE, "2020-01-01"),)
    return Asset(
        tag=tag,
        asset_class=AssetClass.E_GATE,
        site=site,
        history=tuple(Since(status, date.fromisoformat(day)) for status, day in since),
        source="test",
        **facts,  # type: ignore[arg-type]
    )


def register(*assets: Asset, clock: FixedClock = CLOCK) -> int:
    return assets_record(clock=clock, actor=ENGINEER, assets=assets or (gate(),))


def said(
    state: State,
    start: str,
    end: str | None,
    *,
    device: str = "G1",
    source: str = "probe",
    received: str | None = None,
) -> Interval:
    """Moments by the clock of the agency: "2023-03-01T00:00"."""
    begins, ends = _at(start), _at(end) if end else None
    return Interval(device, begins, ends, state, source, _at(received) if received else ends or begins)


def record(*intervals: Interval, archived: bool = True) -> int:
    return intervals_record(clock=CLOCK, actor=ENGINEER, intervals=intervals, archived=archived)


def counted(period: tuple[date, date] = YEAR, site: str | None = None) -> Availability:
    return availability_of(AssetClass.E_GATE, period, clock=CLOCK, reader=ENGINEER, site=site)


def hours(found: Availability) -> dict[str, float]:
    """The hours of each state that has any."""
    return {state.value: spent / HOUR for state, spent in found.total.buckets.items() if spent}


def _at(text: str) -> int:
    return moment(f"{text}:00+08:00")
