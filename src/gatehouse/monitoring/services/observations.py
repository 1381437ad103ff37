"""Taking in what telemetry says of devices: the present condition of each, and the ledger where it changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import RefusedError
from gatehouse.monitoring.domain.availability import Interval
from gatehouse.monitoring.domain.observations import OWN_LEDGER, Change, Observation, silent_since
from gatehouse.monitoring.domain.period import microseconds
from gatehouse.monitoring.domain.states import State
from gatehouse.monitoring.models import Asset, Condition
from gatehouse.monitoring.services.ledger import intervals_record
from gatehouse.platform.actors import Actor
from gatehouse.platform.database import lock_for_transaction

_CONDITIONS = "monitoring.conditions"
_FACTS = ("state", "since", "heard_at", "due_at", "detail")
#: States that somebody can see of a device; the others follow from the register, the hours and planned work.
OBSERVABLE = frozenset({State.UP, State.DEGRADED, State.DOWN, State.UNKNOWN})


@transaction.atomic
def observations_record(*, clock: Clock, actor: Actor, observations: Iterable[Observation]) -> list[Change]:
    """Take in observations, in any order; gives what changed. An older one than what is known changes nothing.

    Raises `ForbiddenError`; `RefusedError` for a device that is not registered, a state that nobody can see, or
    something received after now. Nothing is stored then.
    """
    actor.require("monitoring.observe")
    lock_for_transaction(_CONDITIONS)
    said = sorted(observations, key=lambda each: each.received_at)
    ids = dict(Asset.objects.filter(tag__in={each.device for each in said}).values_list("tag", "id"))
    _require_sound(said, ids, clock.now())
    rows = Condition.objects.filter(asset__in=ids.values()).select_related("asset")
    known = {(row.asset.tag, row.source): row for row in rows}
    changes: list[Change] = []
    entered: list[Interval] = []
    touched: dict[tuple[str, str], Condition] = {}
    for each in said:
        key = each.device, each.source
        row = known.get(key)
        if row is not None and row.heard_at >= each.received_at:
            continue
        found = list(_changes(row, each))
        changes += found
        entered += [_interval(change, each.received_at, each.received_at) for change in found]
        row = row or Condition(asset_id=ids[each.device], source=each.source)
        row.since = found[-1].since if found else row.since
        row.state, row.heard_at, row.due_at = each.state.value, each.received_at, each.received_at + each.next_within
        row.detail = dict(each.detail)
        known[key] = touched[key] = row
    _store(touched.values())
    _enter(clock, entered)
    return changes


@transaction.atomic
def own_word_record(*, clock: Clock, actor: Actor, device: str, state: State, at: datetime, holds: timedelta) -> None:
    """Take in what a device wrote into its own ledger of its state at `at` (by our clock), at once or days later.

    Words are delivered in their order; each is true from its own moment until the next, for `holds` at most, whatever
    was believed of that time before. An older one than what is known changes nothing, nor does one of a device that is
    not registered. Raises `ForbiddenError`.
    """
    actor.require("monitoring.observe")
    asset = Asset.objects.filter(tag=device).first()
    if asset is None:
        return
    lock_for_transaction(_CONDITIONS)
    now = clock.now()
    at, received = min(at, now), microseconds(now)
    row = Condition.objects.filter(asset=asset, source=OWN_LEDGER).first()
    if row is None:
        row = Condition(asset=asset, source=OWN_LEDGER, state=State.UNKNOWN, since=at, heard_at=at)
    elif at < row.heard_at:
        return
    entered: list[Interval] = []
    if row.state != State.UNKNOWN and row.due_at < at:
        entered.append(
            Interval(device, microseconds(row.due_at), microseconds(at), State.UNKNOWN, OWN_LEDGER, received)
        )
        row.state = State.UNKNOWN
    if row.state != state:
        entered.append(Interval(device, microseconds(at), None, state, OWN_LEDGER, received))
        row.state, row.since = state.value, at
    row.heard_at, row.due_at, row.detail = at, at + holds, {}
    _store([row])
    _enter(clock, entered)


@transaction.atomic
def silence_record(*, clock: Clock, actor: Actor) -> list[Change]:
    """Say of each device that was due and said nothing that it is unknown (`silent_since`); gives what changed.

    Raises `ForbiddenError`.
    """
    actor.require("monitoring.observe")
    lock_for_transaction(_CONDITIONS)
    now = clock.now()
    silent = list(
        Condition.objects.filter(due_at__lt=now).exclude(state=State.UNKNOWN).select_related("asset").order_by("id")
    )
    changes = [
        Change(
            row.asset.tag,
            row.source,
            State(row.state),
            State.UNKNOWN,
            silent_since(row.source, row.heard_at, row.due_at),
        )
        for row in silent
    ]
    for row, change in zip(silent, changes, strict=True):
        row.state, row.since = State.UNKNOWN.value, change.since
    _store(silent)
    # As received when it was due: what the device says from then on is later. What is delivered late was not.
    received = [now if row.source == OWN_LEDGER else row.due_at for row in silent]
    _enter(clock, [_interval(change, at) for change, at in zip(changes, received, strict=True)])
    return changes


def _changes(row: Condition | None, said: Observation) -> Iterator[Change]:
    """What an observation changes. Where it comes too late, nothing is known of the time since the one before."""
    before = None if row is None else State(row.state)
    if row is not None and row.due_at < said.received_at and before is not State.UNKNOWN:
        yield Change(said.device, said.source, before, State.UNKNOWN, row.heard_at)
        before = State.UNKNOWN
    if before is not said.state:
        yield Change(said.device, said.source, before, said.state, said.received_at)


def _require_sound(said: Iterable[Observation], ids: dict[str, Any], now: datetime) -> None:
    for each in said:
        if each.device not in ids:
            raise RefusedError("there is no asset %(tag)s", tag=each.device)
        if each.state not in OBSERVABLE:
            raise RefusedError("%(tag)s: nobody can observe %(state)s", tag=each.device, state=each.state.value)
        if each.received_at > now:
            raise RefusedError("%(tag)s: nothing is received after now", tag=each.device)


def _store(conditions: Iterable[Condition]) -> None:
    Condition.objects.bulk_create(
        list(conditions), update_conflicts=True, unique_fields=["asset", "source"], update_fields=_FACTS
    )


def _interval(change: Change, received_at: datetime, heard_again: datetime | None = None) -> Interval:
    """From a change on, until the source says something else; a silence that is over ends where it spoke again."""
    start = microseconds(change.since)
    end = microseconds(heard_again) if heard_again is not None and change.since < heard_again else None
    return Interval(change.device, start, end, change.state, change.source, microseconds(received_at))


def _enter(clock: Clock, intervals: list[Interval]) -> None:
    if intervals:
        intervals_record(clock=clock, actor=Actor.system("telemetry"), intervals=intervals)
