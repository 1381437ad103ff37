"""Counts of months: of passages, from crossings or from a tally, and of enrolments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from gatehouse.border.domain.words import Channel, Direction, EnrolmentPlace, Who
from gatehouse.kernel.errors import RefusedError


@dataclass(frozen=True, slots=True)
class MonthPassages:
    """Passages of a month at a port. `source` is empty where crossings on record were counted one by one."""

    month: date
    port: str
    direction: Direction
    who: Who
    channel: Channel
    count: int
    source: str = ""
    #: Made up to add up to a total that is known.
    reconstructed: bool = False


@dataclass(frozen=True, slots=True)
class Passages:
    """The passages that were asked for, in order of month and port, with what they were counted from."""

    counts: tuple[MonthPassages, ...]
    digest: str
    records: int


@dataclass(frozen=True, slots=True)
class MonthEnrolments:
    month: date
    port: str
    place: EnrolmentPlace
    count: int
    source: str
    reconstructed: bool = False


def months_of(first: date, last: date) -> Iterator[date]:
    """The first days of the months of a period of whole months. Raises `RefusedError` for any other."""
    if first.day != 1 or (last + timedelta(days=1)).day != 1 or last < first:
        raise RefusedError("passages are counted over whole months")
    month = first
    while month <= last:
        yield month
        month = next_month(month)


def next_month(month: date) -> date:
    """The first day of the month after one that is given by its first day."""
    return (month + timedelta(days=32)).replace(day=1)
