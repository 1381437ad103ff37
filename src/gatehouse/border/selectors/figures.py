"""Figures counted from the ledger of crossings, each with its evidence."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from gatehouse.border.domain.rules import rules_of
from gatehouse.border.selectors.crossings import current, day_bounds
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.figure import Computed, Figure, digest_of
from gatehouse.platform.actors import Actor
from gatehouse.platform.profile import Profile
from gatehouse.platform.profile import profile as settings_profile

DEFINITION = "crossings by day of the border's time zone, port and direction, without corrected and void records"
VERSION = 1


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
    counted: defaultdict[tuple[date, str, str], list[dict[str, Any]]] = defaultdict(list)
    for id_, crossed_at, at, direction in found.order_by("crossed_at", "id").values_list(
        "id", "crossed_at", "port", "direction"
    ):
        counted[rules.day(crossed_at), at, direction].append({"id": str(id_)})
    return [_figure(*key, records, as_of) for key, records in sorted(counted.items())]


def _figure(day: date, port: str, direction: str, records: list[dict[str, Any]], as_of: datetime) -> Figure:
    digest, count = digest_of(records)
    evidence = Computed(
        definition=DEFINITION,
        version=VERSION,
        query={"day": day.isoformat(), "port": port, "direction": direction},
        period=(day, day),
        as_of=as_of,
        digest=digest,
        records=count,
    )
    labels = {"day": day.isoformat(), "port": port, "direction": direction}
    return Figure("border.crossings_per_day", count, "crossings", labels, evidence)
