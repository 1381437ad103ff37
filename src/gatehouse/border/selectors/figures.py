"""Figures counted from the ledger of crossings, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models.functions import TruncDate

from gatehouse.border.domain.rules import rules_of
from gatehouse.border.selectors.crossings import current, day_bounds
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.figure import Computed, Figure, digest_of
from gatehouse.platform.actors import Actor
from gatehouse.platform.profile import Profile
from gatehouse.platform.profile import profile as settings_profile

DEFINITION = "crossings by day of the border's time zone, port and direction, without corrected and void records"
VERSION = 1
_KEY = ("day", "port", "direction")
_CHUNK = 5_000


def crossings_per_day(
    port: str | None, period: tuple[date, date], *, clock: Clock, reader: Actor, profile: Profile | None = None
) -> list[Figure]:
    """Crossings by day, port and direction of a period (both days included), in this order; none where none was.

    The evidence's digest is over the records counted, their ids in the order of time. Raises `ForbiddenError`.
    """
    reader.require("figures.read")
    rules = rules_of(profile or settings_profile())
    as_of = clock.now()
    start, end = day_bounds(period[0], rules.zone)[0], day_bounds(period[1], rules.zone)[1]
    found = current().filter(crossed_at__gte=start, crossed_at__lt=end)
    if port is not None:
        found = found.filter(port=port)
    by_figure = found.annotate(day=TruncDate("crossed_at", tzinfo=rules.zone)).order_by(*_KEY, "crossed_at", "id")
    # Read as a stream: a quarter of a large agency is millions of records.
    records = by_figure.values_list(*_KEY, "id").iterator(chunk_size=_CHUNK)
    return [
        _figure(day, at, direction, counted, as_of)
        for (day, at, direction), counted in groupby(records, key=lambda record: record[:-1])
    ]


def _figure(day: date, port: str, direction: str, counted: Iterable[tuple[Any, ...]], as_of: datetime) -> Figure:
    digest, count = digest_of({"id": str(record[-1])} for record in counted)
    labels = {"day": day.isoformat(), "port": port, "direction": direction}
    evidence = Computed(
        definition=DEFINITION,
        version=VERSION,
        query=labels,
        period=(day, day),
        as_of=as_of,
        digest=digest,
        records=count,
    )
    return Figure("border.crossings_per_day", count, "crossings", labels, evidence)
