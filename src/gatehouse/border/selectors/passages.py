"""Passages by month, port and channel: from crossings where they are on record, else from the month's tally."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import asdict
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet

from gatehouse.border.domain.rules import Rules, rules_of
from gatehouse.border.domain.tallies import MonthEnrolments, MonthPassages, Passages, months_of, next_month
from gatehouse.border.domain.words import Channel, Direction, EnrolmentPlace, Who
from gatehouse.border.models import Crossing, EnrolmentTally, PassageTally
from gatehouse.border.selectors.crossings import current, day_bounds
from gatehouse.kernel.figure import digest_of
from gatehouse.platform.actors import Actor
from gatehouse.platform.profile import Profile
from gatehouse.platform.profile import profile as settings_profile

_CHUNK = 5_000


def passages_of(
    who: Who,
    period: tuple[date, date],
    *,
    reader: Actor,
    directions: Collection[Direction],
    channels: Collection[Channel],
    profile: Profile | None = None,
) -> Passages:
    """Passages of a class of people by month, port, direction and channel, over a period of whole months.

    A month that has a tally counts its tally alone, any other its crossings, without corrected and void ones: never
    both. The digest is over what was counted: tallies, then the ids of crossings. Raises `ForbiddenError`;
    `RefusedError` for a period that ends within a month.
    """
    reader.require("figures.read")
    rules = rules_of(profile or settings_profile())
    months = list(months_of(*period))
    of_ways = Q(direction__in=[each.value for each in directions])
    of_period = PassageTally.objects.filter(month__in=months)
    tallied = set(of_period.values_list("month", flat=True).distinct())
    asked = of_period.filter(of_ways, who=who.value, channel__in=[each.value for each in channels])
    counts = [_tally(row) for row in asked.order_by("month", "port", "direction", "channel")]
    ids: list[str] = []
    for month in (month for month in months if month not in tallied):
        for channel in sorted(channels):
            found = _crossings(month, who, channel, rules).filter(of_ways)
            counts += _counted(found, (month, who, channel), ids)
    digest, records = digest_of(_rows(counts, ids))
    return Passages(tuple(counts), digest, records)


def enrolments_of(place: EnrolmentPlace, until: date, *, reader: Actor) -> tuple[MonthEnrolments, ...]:
    """Enrolments at a place up to a day, by month and port, from the tallies. Raises `ForbiddenError`."""
    reader.require("figures.read")
    found = EnrolmentTally.objects.filter(place=place.value, month__lte=until).order_by("month", "port")
    return tuple(MonthEnrolments(row.month, row.port, place, row.count, row.source, row.reconstructed) for row in found)


def _tally(row: PassageTally) -> MonthPassages:
    direction, who, channel = Direction(row.direction), Who(row.who), Channel(row.channel)
    return MonthPassages(row.month, row.port, direction, who, channel, row.count, row.source, row.reconstructed)


def _crossings(month: date, who: Who, channel: Channel, rules: Rules) -> QuerySet[Crossing, Crossing]:
    """A month's crossings of a class of people through a channel, as they stand."""
    start, end = day_bounds(month, rules.zone)[0], day_bounds(next_month(month), rules.zone)[0]
    of_whom = Q(nationality=rules.state) if who is Who.NATIONALS else ~Q(nationality=rules.state)
    # An officer decided at a desk; what no inspection stands behind, a device let through (see `Channel`).
    by_device = Q(inspection__isnull=channel is Channel.EGATE)
    return current().filter(of_whom, by_device, crossed_at__gte=start, crossed_at__lt=end)


def _counted(
    found: QuerySet[Crossing, Crossing], of: tuple[date, Who, Channel], ids: list[str]
) -> Iterator[MonthPassages]:
    month, who, channel = of
    records = found.order_by("port", "direction", "crossed_at", "id").values_list("port", "direction", "id")
    for (port, direction), group in groupby(records.iterator(_CHUNK), key=lambda row: row[:-1]):
        counted = [str(row[-1]) for row in group]
        ids += counted
        yield MonthPassages(month, port, Direction(direction), who, channel, len(counted))


def _rows(counts: list[MonthPassages], ids: list[str]) -> Iterator[dict[str, Any]]:
    yield from (asdict(each) for each in counts if each.source)
    yield from ({"id": each} for each in ids)
