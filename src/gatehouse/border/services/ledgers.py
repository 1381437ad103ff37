"""Taking over what devices wrote without the centre: each event once, in order, whatever the network does.

An event is known by its hash, which holds that of the one before it. So the events of a device make chains: one, where
all is well; more, where a copy of its ledger was put back (a fork). Both go on, and the fork stays to be seen. An event
that cannot be recorded is set aside with its reason, and what follows goes on.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db import InterfaceError, OperationalError, transaction

from gatehouse.audit.api import leaf_append
from gatehouse.border.domain.ledgers import BatchTaken, EventState
from gatehouse.border.models import DeviceContact, DeviceEvent
from gatehouse.border.services.offline import Source, effect
from gatehouse.device.ledger import GENESIS, Event
from gatehouse.device.trusting import Trusted
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import BusyError, ConflictError, GatehouseError, NotFoundError, UnreadableError
from gatehouse.kernel.ids import new_id
from gatehouse.kernel.results import Reason
from gatehouse.platform.actors import Actor
from gatehouse.platform.database import lock_for_transaction, one_of
from gatehouse.platform.profile import Profile
from gatehouse.platform.profile import profile as settings_profile

_log = logging.getLogger(__name__)
#: A device's clock may be ahead by so much before somebody is told.
_AHEAD = timedelta(minutes=5)
#: A question is on its way for no longer (`device.delivery` gives up after it).
_ON_THE_WAY = timedelta(seconds=30)
#: So many events come from a device that has the network; more are a backlog, of which so many are taken at once.
_LIVE, BACKLOGS_AT_ONCE = 16, 2


def device_events_take(
    *,
    clock: Clock,
    device: Actor,
    port: str,
    events: Sequence[Event],
    oldest: int,
    newest: int,
    waiting_since: datetime | None,
    trusted: Trusted,
    sent_at: datetime | None = None,
    profile: Profile | None = None,
) -> BatchTaken:
    """Record a batch of a device's events, which follow each other; each in a transaction of its own.

    `oldest` is the lowest sequence that the device still holds: an event with it is taken although what came before is
    not known, and the gap stays to be seen. `sent_at` is the device's clock when it sent the batch. A device with
    nothing to send believes that its `newest` is here: where it is not, because the database was restored to a moment
    before, the device is told to send again what it holds. Raises `ForbiddenError`, and `UnreadableError` where the
    events do not follow each other, and `BusyError` where other backlogs are being taken: nothing was recorded then.
    """
    device.require("border.deliver_events")
    _require_in_order(events, device)
    taken, missing = 0, False
    source = Source(clock, device, port, trusted, profile or settings_profile(), _skew(clock, sent_at))
    with _place_for(len(events)):
        for event in events:
            if not _take(source, event, oldest):
                missing = True
                break
            taken = event.sequence
    if not events and newest >= oldest:
        missing = not DeviceEvent.objects.filter(device=device.name, sequence=newest).exists()
    _hear(clock, device, taken, newest, waiting_since)
    return BatchTaken(taken, missing)


def _skew(clock: Clock, sent_at: datetime | None) -> timedelta:
    """By how much our clock is ahead of the device's; what the way here may have taken is no difference of clocks."""
    skew = clock.now() - sent_at if sent_at else timedelta(0)
    return skew if abs(skew) > _ON_THE_WAY else timedelta(0)


@contextmanager
def _place_for(events: int) -> Iterator[None]:
    """Backlogs are taken a few at a time: who comes back after a day keeps nobody from being answered now.

    Raises `BusyError` where all places are held. A device that is up to date sends few events, and needs none.
    """
    if events <= _LIVE:
        yield
        return
    with one_of("backlog of a device", BACKLOGS_AT_ONCE) as held:
        if not held:
            raise BusyError("other backlogs are being taken: send this one again shortly")
        yield


@transaction.atomic
def device_event_retry(
    *, clock: Clock, actor: Actor, event: UUID, port: str, trusted: Trusted, profile: Profile | None = None
) -> Reason | None:
    """Try an event again that was set aside: None where it is recorded now, else why it still cannot be.

    Raises `ForbiddenError`, `NotFoundError`, and `ConflictError` where it is not set aside.
    """
    actor.require("border.read_ledgers")
    row = DeviceEvent.objects.select_for_update().filter(pk=event).first()
    if row is None:
        raise NotFoundError("there is no event %(id)s", id=str(event))
    if row.state != EventState.SET_ASIDE:
        raise ConflictError("the event was recorded before")
    source = Source(clock, Actor.device(row.device), port, trusted, profile or settings_profile())
    _apply(source, row, _event_of(row))
    row.save(update_fields=["state", "problem", "remarks", "body"])
    detail = {"event": str(event), "state": row.state}
    leaf_append(clock=clock, actor=str(actor), action="border.device_event_retry", site=port, detail=detail)
    return Reason.from_dict(row.problem) if row.problem else None


def _require_in_order(events: Sequence[Event], device: Actor) -> None:
    for before, after in pairwise(events):
        if (after.sequence, after.previous) != (before.sequence + 1, before.hash):
            raise UnreadableError("event %(number)d does not follow the one before it", number=after.sequence)
    for event in events:
        if event.device != device.name:
            raise UnreadableError("a device delivers its own events alone")


@transaction.atomic
def _take(source: Source, event: Event, oldest: int) -> bool:
    """Whether the event is recorded, now or before. It is not where what it follows is not known."""
    clock, device = source.clock, source.device
    lock_for_transaction(f"events of {device.name}")
    if DeviceEvent.objects.filter(hash=event.hash).exists():
        return True
    joins = event.previous == GENESIS if event.sequence == 1 else _known(device, event)
    if not joins and event.sequence != oldest:
        return False
    row = DeviceEvent(
        id=new_id(clock.now()),
        device=device.name,
        boot_epoch=event.boot_epoch,
        sequence=event.sequence,
        at=event.at,
        kind=event.kind,
        previous=event.previous,
        hash=event.hash,
        body_digest=event.body_digest,
        body=event.body or "",
        received_at=clock.now(),
        after_gap=not joins,
    )
    _apply(source, row, event)
    row.save(force_insert=True)
    return True


def _known(device: Actor, event: Event) -> bool:
    before = DeviceEvent.objects.filter(device=device.name, sequence=event.sequence - 1, hash=event.previous)
    return before.exists()


def _apply(source: Source, row: DeviceEvent, event: Event) -> None:
    """Let the event count, or set it aside with the reason; the row is the caller's to save."""
    try:
        with transaction.atomic():
            remarks = [*_of_clock(event, source), *effect(source, event)]
    except GatehouseError as error:
        _set_aside(row, error.reason)
    except (OperationalError, InterfaceError):
        raise  # the database is not there: the whole batch is tried again
    except Exception as error:  # a mistake of this program must not keep everything behind it waiting
        _log.exception("an event of %s could not be recorded", row.device)
        _set_aside(row, Reason("the centre failed over it: %(kind)s", kind=type(error).__name__))
    else:
        row.state, row.problem, row.body = EventState.RECORDED, None, ""
        row.remarks = [remark.as_dict() for remark in remarks]


def _set_aside(row: DeviceEvent, reason: Reason) -> None:
    plain: Any = {"text": "%(said)s", "parts": {"said": str(reason)}}
    row.state, row.problem = EventState.SET_ASIDE, _storable(reason, plain)


def _storable(reason: Reason, plain: Any) -> Any:
    """The reason as data; as its sentence where a part of it is none."""
    known = (str, int, float, type(None), Reason)
    return reason.as_dict() if all(isinstance(part, known) for part in reason.parts.values()) else plain


def _of_clock(event: Event, source: Source) -> list[Reason]:
    """What is to be known of the device's clock."""
    if not event.is_whole:
        raise UnreadableError("the event is not what its hash was made of: it was changed, or damaged")
    ahead = moment_of(event) - source.clock.now()
    if ahead <= _AHEAD:
        return []
    return [
        Reason("the clock of the device was ahead by %(minutes)d minutes", minutes=int(ahead.total_seconds() // 60))
    ]


def moment_of(event: Event) -> datetime:
    """When it happened by the device's clock. Raises `UnreadableError` where that is no aware moment."""
    try:
        at = datetime.fromisoformat(event.at)
    except ValueError as error:
        raise UnreadableError("the moment of an event cannot be read: %(at)s", at=event.at) from error
    if at.tzinfo is None:
        raise UnreadableError("the moment of an event needs a time zone")
    return at


def _event_of(row: DeviceEvent) -> Event:
    return Event(
        device=row.device,
        boot_epoch=row.boot_epoch,
        sequence=row.sequence,
        at=row.at,
        kind=row.kind,
        body=row.body,
        body_digest=row.body_digest,
        previous=row.previous,
        hash=row.hash,
    )


def _hear(clock: Clock, device: Actor, taken: int, newest: int, waiting_since: datetime | None) -> None:
    said = {"at": clock.now(), "newest": newest, "waiting_since": waiting_since}
    if taken:
        said["acknowledged"] = taken
    DeviceContact.objects.update_or_create(
        device=device.name, defaults=said, create_defaults={"acknowledged": 0, **said, "device": device.name}
    )
