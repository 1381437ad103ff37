"""What the ledger holds of a class of devices, read for counting."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import F, Q

from gatehouse.monitoring.domain.amendments import Amended
from gatehouse.monitoring.domain.assets import Asset, AssetClass
from gatehouse.monitoring.domain.availability import Interval
from gatehouse.monitoring.domain.period import Period
from gatehouse.monitoring.domain.states import State
from gatehouse.monitoring.models import AssetStatus, MonthPublication, StateInterval
from gatehouse.monitoring.selectors.assets import assets_on_record
from gatehouse.platform.database import rows

_US = "(extract(epoch FROM {0}) * 1000000)::bigint"
_WHERE = """
 WHERE a.asset_class = %(asset_class)s AND (%(site)s::text IS NULL OR a.site = %(site)s)
   AND t.start < to_timestamp(%(end)s / 1000.0) AND (t."end" IS NULL OR t."end" > to_timestamp(%(start)s / 1000.0))
"""
_INTERVALS = f"""
SELECT t.id, a.tag, {_US.format("t.start")}, {_US.format('t."end"')}, t.state, t.source, {_US.format("t.received_at")}
  FROM monitoring_stateinterval t JOIN monitoring_asset a ON a.id = t.asset_id {_WHERE}
 ORDER BY a.tag, t.start, t.id
"""  # noqa: S608
_AMENDMENTS = f"""
SELECT n.id, a.tag, {_US.format("t.start")}, {_US.format('t."end"')}, t.state
  FROM monitoring_amendment t JOIN monitoring_asset a ON a.id = t.asset_id
  JOIN monitoring_amendmentanswer n ON n.amendment_id = t.id AND n.confirmed {_WHERE}
 ORDER BY n.id
"""  # noqa: S608
_TAGS = "SELECT tag FROM monitoring_asset WHERE asset_class = %s AND (%s::text IS NULL OR site = %s)"


class Line(NamedTuple):
    """An interval with the number of its row."""

    id: int
    said: Interval


@dataclass(frozen=True, slots=True)
class Through:
    """Up to which numbers rows count: those of a published month, or all (None)."""

    interval: int
    status: int
    answer: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything that is on record of the devices of a class which were in service in a period."""

    devices: dict[str, Asset]
    #: Numbers of the rows that made each device's history, in its order.
    statuses: dict[str, list[int]]
    lines: list[Line]
    amendments: list[Amended]
    published: dict[date, Through]

    def as_of(self, through: Through | None) -> tuple[list[Asset], list[Amended]]:
        """Devices and amendments as they were on record then."""
        if through is None:
            return list(self.devices.values()), self.amendments
        return (
            [self._then(asset, through) for asset in self.devices.values()],
            [each for each in self.amendments if each.id <= through.answer],
        )

    def _then(self, asset: Asset, through: Through) -> Asset:
        kept = zip(asset.history, self.statuses[asset.tag], strict=True)
        history = tuple(since for since, number in kept if number <= through.status)
        return asset if history == asset.history else replace(asset, history=history)


def read_ledger(asset_class: AssetClass, whole: Period, days: tuple[date, date], site: str | None) -> Ledger:
    """The ledger over a period, as moments and as days, both included."""
    asked: dict[str, object] = {"asset_class": asset_class.value, "site": site, "start": whole.start, "end": whole.end}
    tags = {tag for (tag,) in rows(_TAGS, (asset_class.value, site, site))}
    devices = {tag: asset for tag, asset in assets_on_record(tags).items() if asset.in_service(*days)}
    return Ledger(
        devices=devices,
        statuses=_numbers(devices),
        lines=list(_lines(asked, devices)),
        amendments=[
            Amended(row[0], row[1], row[2], row[3], State(row[4]))
            for row in rows(_AMENDMENTS, asked)
            if row[1] in devices
        ],
        published=_published(days),
    )


def _lines(asked: dict[str, object], devices: Collection[str]) -> Iterator[Line]:
    states = {state.value: state for state in State}
    for id_, tag, start, end, state, source, received_at in rows(_INTERVALS, asked):
        if tag in devices:
            yield Line(id_, Interval(tag, start, end, states[state], source, received_at))


def _numbers(devices: Collection[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    of_devices = AssetStatus.objects.filter(asset__tag__in=devices).order_by("since", "id")
    for tag, number in of_devices.values_list("asset__tag", "id"):
        found.setdefault(tag, []).append(number)
    return found


def _published(days: tuple[date, date]) -> dict[date, Through]:
    months = MonthPublication.objects.filter(month__gte=days[0].replace(day=1), month__lte=days[1])
    return {row.month: Through(row.through_interval, row.through_status, row.through_answer) for row in months}


def planned_at(tags: Collection[str], at: datetime) -> set[str]:
    """Which of these devices are being worked on at a moment, as was registered before the work began."""
    found = StateInterval.objects.filter(
        Q(end__isnull=True) | Q(end__gt=at), asset__tag__in=tags, state=State.PLANNED, start__lte=at
    )
    return set(found.filter(received_at__lte=F("start")).values_list("asset__tag", flat=True))
