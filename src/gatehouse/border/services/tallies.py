"""Recording tallies of months whose records are not kept one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import date
from functools import cache
from typing import Any

from django.db import transaction

from gatehouse.audit.api import leaf_append
from gatehouse.border.domain.rules import rules_of
from gatehouse.border.domain.tallies import MonthEnrolments, MonthPassages, next_month
from gatehouse.border.models import EnrolmentTally, PassageTally
from gatehouse.border.selectors.crossings import current, day_bounds
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import ConflictError, RefusedError
from gatehouse.platform.actors import Actor
from gatehouse.platform.database import lock_for_transaction
from gatehouse.platform.ports import ports
from gatehouse.platform.profile import profile

_PASSAGE = ("month", "port", "direction", "who", "channel")
_SAID = ("count", "source", "reconstructed")
_ENROLMENT = ("month", "port", "place")


@transaction.atomic
def passage_tallies_record(*, clock: Clock, actor: Actor, tallies: Iterable[MonthPassages]) -> int:
    """Record counts of passages by month, port, direction, class and channel; gives how many were new.

    The same again changes nothing. Raises `ForbiddenError`; `RefusedError` for a port that is none, a count without a
    source, or a month whose crossings are on record one by one; `ConflictError` where another count is on record.
    Nothing is stored then.
    """
    free = cache(_require_without_crossings)
    return _record(clock, actor, model=PassageTally, tallies=tallies, key=_PASSAGE, require_free=free)


@transaction.atomic
def enrolment_tallies_record(*, clock: Clock, actor: Actor, tallies: Iterable[MonthEnrolments]) -> int:
    """Record how many were enrolled for e-gates in a month at a port; gives how many counts were new.

    Raises as `passage_tallies_record`.
    """
    return _record(clock, actor, model=EnrolmentTally, tallies=tallies, key=_ENROLMENT)


def _record(
    clock: Clock,
    actor: Actor,
    *,
    model: Any,
    tallies: Iterable[Any],
    key: tuple[str, ...],
    require_free: Callable[[date], None] = lambda month: None,
) -> int:
    actor.require("figures.record")
    table = model._meta.model_name
    lock_for_transaction(f"border.{table}")
    known = {row[:-3]: row[-3:] for row in model.objects.values_list(*key, *_SAID)}
    new = []
    for each in tallies:
        _require_sound(each)
        at, said = tuple(getattr(each, name) for name in key), tuple(getattr(each, name) for name in _SAID)
        if at not in known:
            require_free(each.month)
            known[at] = said
            new.append(model(**asdict(each), recorded_by=str(actor), recorded_at=clock.now()))
        elif known[at] != said:
            raise ConflictError(
                "%(count)d is on record for %(month)s at %(port)s",
                count=known[at][0],
                month=each.month.isoformat()[:7],
                port=each.port,
            )
    if new:
        model.objects.bulk_create(new)
        detail = {"tallies": len(new), "count": sum(row.count for row in new)}
        leaf_append(clock=clock, actor=str(actor), action=f"border.{table}_record", detail=detail)
    return len(new)


def _require_sound(tally: MonthPassages | MonthEnrolments) -> None:
    if tally.month.day != 1:
        raise RefusedError("a month is given by its first day")
    if tally.port not in ports():
        raise RefusedError("there is no port %(port)s", port=tally.port)
    if tally.count < 0 or not tally.source:
        raise RefusedError("a tally has a count from 0 and says its source")


def _require_without_crossings(month: date) -> None:
    """Raises `RefusedError` where crossings of the month are on record: it is counted from them, and never twice."""
    zone = rules_of(profile()).zone
    first, last = day_bounds(month, zone)[0], day_bounds(next_month(month), zone)[0]
    if current().filter(crossed_at__gte=first, crossed_at__lt=last).exists():
        raise RefusedError("the crossings of %(month)s are on record one by one", month=month.isoformat()[:7])
