"""The hours in which devices are asked to serve, as the profile has them, applied to what was said of the devices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Protocol, TypeVar

from gatehouse.monitoring.domain.assets import Asset, AssetClass
from gatehouse.monitoring.domain.availability import Interval
from gatehouse.monitoring.domain.period import Period
from gatehouse.monitoring.domain.service_hours import ServiceHours
from gatehouse.monitoring.selectors.months import midnight
from gatehouse.platform.profile import Row, profile


class AgreedHours(Row):
    """A row of `monitoring/service_hours.yaml`. None fits all."""

    asset_class: AssetClass
    site: str | None
    hall: str | None
    since: date
    hours: str
    source: str

    def fits(self, asset: Asset) -> bool:
        """Whether it speaks of a device."""
        return (
            self.asset_class is asset.asset_class
            and self.site in (None, asset.site)
            and self.hall in (None, asset.hall)
        )

    @property
    def rank(self) -> tuple[bool, bool, date]:
        """The greatest counts: a hall's before a site's before a class's, then the latest."""
        return self.hall is not None, self.site is not None, self.since


Found_co = TypeVar("Found_co", covariant=True)


class Counting(Protocol[Found_co]):
    """`availability` or `timelines`."""

    def __call__(
        self, intervals: Sequence[Interval], period: Period, hours: ServiceHours | None, /
    ) -> Mapping[str, Found_co]: ...


def agreed_hours() -> tuple[AgreedHours, ...]:
    """Every row of the profile."""
    return profile().read("monitoring/service_hours.yaml", tuple[AgreedHours, ...])


def hours_of(asset: Asset, day: date) -> ServiceHours | None:
    """When a device is asked to serve on a day and after it; None: at all hours."""
    fitting = [row for row in agreed_hours() if row.since <= day and row.fits(asset)]
    return _parsed(max(fitting, key=lambda row: row.rank).hours) if fitting else None


def within_hours(
    counting: Counting[Found_co], said: Sequence[Interval], devices: Sequence[Asset], period: Period
) -> Iterator[tuple[str, Found_co]]:
    """What `counting` finds of each device, within its hours; once for each part of the period with other hours."""
    for day, part in _parts(period):
        groups: dict[ServiceHours | None, set[str]] = {}
        for asset in devices:
            groups.setdefault(hours_of(asset, day), set()).add(asset.tag)
        for hours, tags in groups.items():
            of_group = said if len(groups) == 1 else [each for each in said if each.device in tags]
            yield from counting(of_group, part, hours).items()


def _parts(period: Period) -> Iterator[tuple[date, Period]]:
    """The period, cut where hours begin to hold, each with the day whose hours hold."""
    turns = sorted({(midnight(row.since) // 1000, row.since) for row in agreed_hours()})
    begins, day = period.start, max((day for at, day in turns if at <= period.start), default=date.min)
    for at, since in turns:
        if period.start < at < period.end:
            yield day, Period(begins, at)
            begins, day = at, since
    yield day, Period(begins, period.end)


@cache
def _parsed(text: str) -> ServiceHours:
    return ServiceHours.parse(text)
