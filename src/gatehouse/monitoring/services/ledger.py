"""Recording what is said of devices, registering planned work, and publishing a month."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction

from gatehouse.audit.api import leaf_append
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import ConflictError, NotFoundError, RefusedError
from gatehouse.monitoring.domain.availability import Interval
from gatehouse.monitoring.domain.period import EPOCH, microseconds
from gatehouse.monitoring.domain.states import State
from gatehouse.monitoring.models import AmendmentAnswer, Asset, AssetStatus, MonthPublication, StateInterval
from gatehouse.monitoring.selectors.months import midnight, next_month
from gatehouse.monitoring.services.assets import LEDGER
from gatehouse.platform.actors import Actor
from gatehouse.platform.database import lock_for_transaction, rows, share_for_transaction

_BATCH = 2_000
_LONGEST_SOURCE = 64
_COLUMNS = ("assets", "starts", "ends", "states", "sources", "received")
_INSERT = """
INSERT INTO monitoring_stateinterval (asset_id, start, "end", state, source, received_at, recorded_by, recorded_at)
SELECT asset, start, until, state, source, received, %(actor)s, %(now)s
  FROM unnest(%(assets)s::uuid[], %(starts)s::timestamptz[], %(ends)s::timestamptz[], %(states)s::text[],
              %(sources)s::text[], %(received)s::timestamptz[]) AS t (asset, start, until, state, source, received)
 ORDER BY 1, 2, 3, 4, 5, 6
    ON CONFLICT DO NOTHING RETURNING 1
"""
#: The source of planned work that somebody registers here.
REGISTERED = "register of planned work"


@transaction.atomic
def intervals_record(*, clock: Clock, actor: Actor, intervals: Iterable[Interval], archived: bool = False) -> int:
    """Record what sources say of devices; gives how many were new. The same again changes nothing.

    `archived` says that the rows come from an archive, whose word on when they were received is taken and stands in the
    leaf: only then may planned work have begun. Raises `ForbiddenError`; `RefusedError` where there is no such asset,
    where something was received after now, or where planned work has begun. Nothing is stored then.
    """
    actor.require("monitoring.record")
    share_for_transaction(LEDGER)
    now = clock.now()
    ids = dict(Asset.objects.values_list("tag", "id"))
    common = {"actor": str(actor), "now": now}
    found = (_row(interval, ids, now, archived=archived) for interval in intervals)
    added = 0
    while batch := list(islice(found, _BATCH)):
        columns = dict(zip(_COLUMNS, map(list, zip(*batch, strict=True)), strict=True))
        added += len(rows(_INSERT, {**columns, **common}))
    if added:
        detail = {"intervals": added, "archived": archived}
        leaf_append(clock=clock, actor=str(actor), action="monitoring.intervals_record", detail=detail)
    return added


@transaction.atomic
def planned_work_register(*, clock: Clock, actor: Actor, tag: str, start: datetime, end: datetime) -> None:
    """Register work on a device before it begins: its time is then asked of nobody. What it overruns is down.

    Raises `ForbiddenError`, `NotFoundError`; `RefusedError` where it has begun, or ends before it begins.
    """
    actor.require("monitoring.record")
    share_for_transaction(LEDGER)
    now = clock.now()
    if start <= now:
        raise RefusedError("planned work is registered before it begins; afterwards it takes an amendment")
    if end <= start:
        raise RefusedError("planned work ends after it begins")
    if not Asset.objects.filter(tag=tag).exists():
        raise NotFoundError("there is no asset %(tag)s", tag=tag)
    interval = Interval(tag, microseconds(start), microseconds(end), State.PLANNED, REGISTERED, microseconds(now))
    intervals_record(clock=clock, actor=actor, intervals=[interval])


@transaction.atomic
def month_publish(*, clock: Clock, actor: Actor, month: date) -> None:
    """Publish a month of the ledger: what is recorded later does not change it, and is shown beside.

    `month` is its first day. Raises `ForbiddenError`; `RefusedError` where it is no first day or the month is not over;
    `ConflictError` where it was published before.
    """
    actor.require("monitoring.publish")
    lock_for_transaction(LEDGER)
    if month.day != 1 or microseconds(clock.now()) < midnight(next_month(month)):
        raise RefusedError("a month is published by its first day, once it is over")
    if MonthPublication.objects.filter(month=month).exists():
        raise ConflictError("%(month)s was published before", month=month.isoformat()[:7])
    through = {
        "through_interval": _last(StateInterval),
        "through_status": _last(AssetStatus),
        "through_answer": _last(AmendmentAnswer),
    }
    MonthPublication.objects.create(month=month, published_by=str(actor), published_at=clock.now(), **through)
    detail = {"month": month.isoformat()[:7], **through}
    leaf_append(clock=clock, actor=str(actor), action="monitoring.month_publish", detail=detail)


def _last(model: Any) -> int:
    last: int | None = model.objects.order_by("-id").values_list("id", flat=True).first()
    return last or 0


def _row(interval: Interval, ids: dict[str, UUID], now: datetime, *, archived: bool) -> tuple[Any, ...]:
    if interval.device not in ids:
        raise RefusedError("there is no asset %(tag)s", tag=interval.device)
    start, received_at = _moment(interval.start), _moment(interval.received_at)
    if received_at > now:
        raise RefusedError("%(tag)s: nothing is received after now", tag=interval.device)
    if interval.state is State.PLANNED and start <= now and not archived:
        raise RefusedError("planned work is registered before it begins; afterwards it takes an amendment")
    if len(interval.source) > _LONGEST_SOURCE:
        raise RefusedError("a source has at most %(most)d characters", most=_LONGEST_SOURCE)
    end = None if interval.end is None else _moment(interval.end)
    return ids[interval.device], start, end, interval.state.value, interval.source, received_at


def _moment(at: int) -> datetime:
    return EPOCH + timedelta(microseconds=at)
