"""Who came in each hour: crossings by hour, port and channel, where they are on record one by one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import Count
from django.db.models.functions import TruncHour

from gatehouse.border.domain.rules import rules_of
from gatehouse.border.domain.tallies import next_month
from gatehouse.border.domain.words import Channel
from gatehouse.border.models import PassageTally
from gatehouse.border.selectors.crossings import current, day_bounds
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.figure import Computed, digest_of
from gatehouse.platform.actors import Actor
from gatehouse.platform.profile import Profile
from gatehouse.platform.profile import profile as settings_profile

DEFINITION = (
    "crossings by hour (UTC), port and channel, without corrected and void records; a month of which only tallies are "
    "on record has no hours"
)
VERSION = 1


@dataclass(frozen=True, slots=True)
class HourCount:
    """So many crossed from `start` to just before `end`."""

    start: datetime
    end: datetime
    travellers: int


@dataclass(frozen=True, slots=True)
class HourlyCrossings:
    #: By port, in the order of time, without hours in which nobody came.
    by_port: Mapping[str, tuple[HourCount, ...]]
    #: First days of months that have tallies alone: nobody knows in which hour their travellers came.
    not_counted: tuple[date, ...]
    #: Its digest is over the counts, its records are the crossings.
    evidence: Computed


def crossings_per_hour(
    channel: Channel, period: tuple[date, date], *, clock: Clock, reader: Actor, profile: Profile | None = None
) -> HourlyCrossings:
    """Crossings through a channel over days, first and last included, by hour at each port. Raises `ForbiddenError`."""
    reader.require("figures.read")
    rules = rules_of(profile or settings_profile())
    as_of = clock.now()
    start, end = day_bounds(period[0], rules.zone)[0], day_bounds(period[1], rules.zone)[1]
    tallied = tuple(
        PassageTally.objects.filter(month__gte=period[0].replace(day=1), month__lte=period[1])
        .order_by("month")
        .values_list("month", flat=True)
        .distinct()
    )
    found = current().filter(crossed_at__gte=start, crossed_at__lt=end, inspection__isnull=channel is Channel.EGATE)
    for month in tallied:
        first, last = day_bounds(month, rules.zone)[0], day_bounds(next_month(month), rules.zone)[0]
        found = found.exclude(crossed_at__gte=first, crossed_at__lt=last)
    by_hour = found.annotate(hour=TruncHour("crossed_at", tzinfo=UTC)).values("port", "hour")
    counted = list(by_hour.annotate(count=Count("id")).order_by("port", "hour"))
    by_port: dict[str, list[HourCount]] = {port: [] for port in rules.ports}
    for row in counted:
        # The agency's day may begin within an hour of UTC.
        first, last = max(start, row["hour"]), min(end, row["hour"] + timedelta(hours=1))
        by_port.setdefault(row["port"], []).append(HourCount(first, last, row["count"]))
    digest, _ = digest_of(
        {"port": row["port"], "hour": row["hour"].isoformat(), "count": row["count"]} for row in counted
    )
    evidence = Computed(
        definition=DEFINITION,
        version=VERSION,
        query={"channel": channel.value},
        period=period,
        as_of=as_of,
        digest=digest,
        records=sum(row["count"] for row in counted),
    )
    return HourlyCrossings({port: tuple(hours) for port, hours in by_port.items()}, tallied, evidence)
