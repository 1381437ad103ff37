"""Months and days as the agency's clock has them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from gatehouse.monitoring.domain.period import Period, microseconds
from gatehouse.platform.profile import profile


def midnight(day: date) -> int:
    """The first moment of a day at the agency, in microseconds since 1970-01-01T00:00Z."""
    return microseconds(datetime.combine(day, time(), ZoneInfo(profile().agency.time_zone)))


def next_month(month: date) -> date:
    """The first day of the month after."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def by_month(first: date, last: date) -> Iterator[tuple[date, Period]]:
    """The months that a period touches, by their first day, each with what of the period lies in it."""
    begins, end = first, last + timedelta(days=1)
    while begins < end:
        ends = min(next_month(begins), end)
        yield begins.replace(day=1), Period(midnight(begins) // 1000, midnight(ends) // 1000)
        begins = ends
