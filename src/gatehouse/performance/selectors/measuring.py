"""Counting what an indicator's definition asks for, from the records of the rooms that keep them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import islice
from math import lcm
from zoneinfo import ZoneInfo

from gatehouse.border.api import Channel, Direction, MonthPassages, Who, passages_of
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.figure import digest_of
from gatehouse.kernel.results import Reason
from gatehouse.monitoring.api import Account, AssetClass, Row, State, assets_of, availability_of
from gatehouse.performance.domain.book import RecordLine
from gatehouse.performance.domain.definitions import DeviceTime, Passages, Version
from gatehouse.performance.domain.measured import AMENDED, COVERAGE, LOWER_BOUND, Counted, Measured
from gatehouse.performance.domain.records import Event
from gatehouse.performance.selectors.plans import PlanYear
from gatehouse.platform.actors import Actor
from gatehouse.platform.profile import profile

#: Who may read a report may read its figures: the room itself reads the counts of other rooms, which name no person.
HOUSE = Actor.system("performance")
_SHOWN = 20

Period = tuple[date, date]


def measured(version: Version, period: Period, *, clock: Clock) -> Measured | Reason:
    """What was counted for a version of an indicator in a period; a reason where there is nothing to divide by.

    Of a year that still runs the days that are over count.
    """
    until = min(period[1], clock.now().astimezone(_zone()).date() - timedelta(days=1))
    if until < period[0]:
        return Reason("the year has not begun")
    over, under = version.numerator, version.denominator
    if isinstance(over, DeviceTime) and isinstance(under, DeviceTime):
        return _device_time(over, under, (period[0], until), clock)
    if isinstance(over, Passages) and isinstance(under, Passages):
        return _passages(version, over, under, period)
    return Reason("it is measured for each plan")


def measured_of_plan(plan: PlanYear) -> Measured | Reason:
    """The weights of a plan's milestones of a year times how far each is completed, over the weights."""
    if not plan.milestones:
        return Reason("the plan has no milestone in the year")
    due = sum((Fraction(each.facts.weight) for each in plan.milestones), Fraction(0))
    earned = sum((each.earned for each in plan.milestones), Fraction(0))
    scale = lcm(due.denominator, earned.denominator)
    rows = [row for each in plan.milestones for row in (each.facts, *each.events)]
    digest, records = digest_of({"of": type(row).__name__, **row.model_dump(mode="json")} for row in rows)
    return Measured(
        whole=Counted(int(earned * scale), int(due * scale)),
        records=records,
        digest=digest,
        reconstructed=sum(row.reconstructed for row in rows),
        first=tuple(RecordLine(each.code, each.name, each.day.isoformat(), each.source) for each in _events(plan)),
    )


def _events(plan: PlanYear) -> list[Event]:
    """Those that moved a milestone, each once."""
    by_code = {event.code: event for each in plan.milestones for event in each.events}
    return sorted(by_code.values(), key=lambda each: (each.day, each.code))[:_SHOWN]


def devices_of(asset_class: AssetClass, period: Period) -> frozenset[str]:
    """The tags of the devices of a class that were in service on a day of the period."""
    found = assets_of(reader=HOUSE, asset_class=asset_class)
    return frozenset(asset.tag for asset in found if asset.in_service(*period))


def _device_time(over: DeviceTime, under: DeviceTime, period: Period, clock: Clock) -> Measured | Reason:
    found = availability_of(over.asset_class, period, clock=clock, reader=HOUSE)
    if not found.devices:
        return Reason("no equipment of this class was in service: %(asset_class)s", asset_class=over.asset_class.value)
    whole = _counted(found.total, over.states, under.states)
    if whole is None:
        return Reason("nothing is known of the equipment of this class: %(asset_class)s", asset_class=over.asset_class)
    unknown = found.total.buckets[State.UNKNOWN]
    down = unknown if State.DOWN in over.states else 0
    parts = {
        COVERAGE: Counted(whole.denominator, whole.denominator + unknown),
        LOWER_BOUND: Counted(whole.numerator + down, whole.denominator + unknown),
    }
    now = _counted(found.now, over.states, under.states)
    if found.now != found.total and now:
        parts[AMENDED] = now
    months = ((month.month, _counted(month.counted, over.states, under.states)) for month in found.months)
    return Measured(
        whole=whole,
        records=found.records,
        digest=found.digest,
        reconstructed=found.reconstructed,
        first=tuple(map(_row, found.first)),
        parts=parts,
        buckets={state.value: spent for state, spent in found.total.buckets.items()},
        months=tuple((month, counted) for month, counted in months if counted),
        devices=frozenset(found.devices),
    )


def _counted(account: Account, over: Collection[State], under: Collection[State]) -> Counted | None:
    below = sum(account.buckets[state] for state in under)
    return Counted(sum(account.buckets[state] for state in over), below) if below else None


def _passages(version: Version, over: Passages, under: Passages, period: Period) -> Measured | Reason:
    found = passages_of(
        Who(under.who),
        period,
        reader=HOUSE,
        directions=[Direction(each) for each in under.directions],
        channels=[Channel(each) for each in under.channels],
    )
    whole = _share(found.counts, over.channels)
    if whole is None:
        return Reason("no passage is on record")
    ports = sorted({each.port for each in found.counts}) if version.by_port else ()
    parts = {
        port.lower(): _share((each for each in found.counts if each.port == port), over.channels) for port in ports
    }
    months = sorted({each.month for each in found.counts})
    by_month = (
        (month, _share((each for each in found.counts if each.month == month), over.channels)) for month in months
    )
    return Measured(
        whole=whole,
        records=found.records,
        digest=found.digest,
        reconstructed=sum(each.reconstructed for each in found.counts),
        first=tuple(map(_passage_line, islice(found.counts, _SHOWN))),
        parts={port: counted for port, counted in parts.items() if counted},
        months=tuple((month, counted) for month, counted in by_month if counted),
        devices=devices_of(version.equipment, period) if version.equipment else frozenset(),
    )


def _share(counts: Iterable[MonthPassages], channels: Collection[str]) -> Counted | None:
    over = under = 0
    for each in counts:
        under += each.count
        over += each.count if each.channel.value in channels else 0
    return Counted(over, under) if under else None


def _row(row: Row) -> RecordLine:
    end = _shown(row.end) if row.end else ""
    what = dict.fromkeys(profile().agency.languages, row.device)
    return RecordLine(f"interval {row.number}", what, f"{row.state.value} {_shown(row.start)}/{end}", row.source)


def _shown(at: datetime) -> str:
    return at.astimezone(_zone()).isoformat(timespec="minutes")


def _passage_line(counted: MonthPassages) -> RecordLine:
    key = (
        counted.month.isoformat()[:7],
        counted.port,
        counted.direction.value,
        counted.who.value,
        counted.channel.value,
    )
    what = dict.fromkeys(profile().agency.languages, " ".join(key))
    return RecordLine("/".join(key), what, str(counted.count), counted.source or "crossings on record")


def _zone() -> ZoneInfo:
    return ZoneInfo(profile().agency.time_zone)
