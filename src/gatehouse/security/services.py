"""Detecting over the house's own log as it grows, and what people find of an alert."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from gatehouse.audit.api import acts_export, leaf_append, tree_state
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import ForbiddenError, NotFoundError, RefusedError
from gatehouse.platform.actors import Actor, ActorKind
from gatehouse.platform.database import lock_for_transaction
from gatehouse.security.domain.events import Event, flat, moment_of
from gatehouse.security.domain.incremental import Detector, Raised
from gatehouse.security.domain.normalising import Form, normalised
from gatehouse.security.domain.rules import Ruleset
from gatehouse.security.domain.triage import CLOSED, Finding
from gatehouse.security.models import AlertFinding, KeptAlert, Watch

_WATCH = "security.watch"
#: Events of an alert that are kept with it.
_SHOWN = 100
LEAST_WORDS, MOST_WORDS = 3, 2000


@dataclass(frozen=True, slots=True)
class Watched:
    """What one round did: entries that were looked at, and alerts that are new or have grown."""

    entries: int
    raised: int


@transaction.atomic
def watch_once(*, clock: Clock, actor: Actor, ruleset: Ruleset) -> Watched:
    """Look at the entries of the audit log since the last round and keep what rules find, both or neither.

    Twice at once is once. That entries with names were read leaves a leaf, which is an entry itself: where it is the
    only new one there is nothing to look at. Raises `ForbiddenError`.
    """
    if actor.kind is not ActorKind.SYSTEM:
        raise ForbiddenError("the program watches the log, no person")
    lock_for_transaction(_WATCH)
    watch = Watch.objects.filter(pk=1).first() or Watch(pk=1, after=-1, at=clock.now())
    new = tree_state(clock).size - watch.after - 1
    own = 0 if watch.after < 0 else 1
    if new <= own:
        Watch.objects.update_or_create(pk=1, defaults={"after": watch.after, "state": watch.state, "at": clock.now()})
        return Watched(0, 0)
    lines = list(acts_export(clock=clock, actor=str(actor), after=watch.after))
    found, _ = normalised(lines, Form.AUDIT, now=clock.now())
    events = [Event(watch.after + each.line, flat(each.fields)) for each in found]
    detector = Detector(ruleset, watch.state)
    raised = detector.feed(events)
    by_line = {event.line: event for event in events}
    for each in raised:
        _keep(each, by_line, clock.now())
    defaults = {"after": watch.after + len(lines), "state": detector.state(), "at": clock.now()}
    Watch.objects.update_or_create(pk=1, defaults=defaults)
    return Watched(len(lines), len(raised))


@transaction.atomic
def alert_find(*, clock: Clock, actor: Actor, alert: UUID, finding: Finding, reason: str) -> None:
    """Say what an alert is, with a reason. Raises `ForbiddenError`, also for who the alert is about; `NotFoundError`;
    `RefusedError` without a reason, or for what is said already.
    """
    actor.require("security.triage")
    row = KeptAlert.objects.select_for_update(of=("self",)).filter(pk=alert, replaced_by=None).first()
    if row is None:
        raise NotFoundError("there is no such alert")
    if row.actor == str(actor):
        raise ForbiddenError("nobody judges an alert about themselves")
    words = reason.strip()
    if not LEAST_WORDS <= len(words) <= MOST_WORDS:
        raise RefusedError("say why, in %(least)d to %(most)d characters", least=LEAST_WORDS, most=MOST_WORDS)
    last = row.findings.last()
    if last is not None and last.finding == finding.value and finding in CLOSED:
        raise RefusedError("that was found before")
    AlertFinding.objects.create(alert=row, finding=finding.value, reason=words, by=str(actor), at=clock.now())
    detail = {"alert": str(alert), "rule": row.rule, "finding": finding.value, "reason": words}
    leaf_append(clock=clock, actor=str(actor), action="security.alert_find", detail=detail)


def _keep(raised: Raised, events: Mapping[int, Event], now: datetime) -> None:
    alert = raised.alert
    before = KeptAlert.objects.filter(key=raised.key).first()
    known = {each["index"]: each for each in before.events} if before else {}
    for other in KeptAlert.objects.filter(key__in=raised.replaces):
        known |= {each["index"]: each for each in other.events}
    told = [_told(events[line]) if line in events else known.get(line) for line in alert.event_lines]
    shown = [each for each in told if each is not None]
    times = [each["time"] for each in shown]
    actors = {each["actor"] for each in shown}
    facts: dict[str, Any] = {
        "rule": alert.rule_id,
        "title": alert.title,
        "author": alert.author or "",
        "level": alert.level or "",
        "actor": actors.pop() if len(actors) == 1 else "",
        "events": shown[:_SHOWN],
        "count": len(alert.event_lines),
        "first_at": min(times, default=now.isoformat()),
        "last_at": max(times, default=now.isoformat()),
    }
    kept, _ = KeptAlert.objects.update_or_create(
        key=raised.key, defaults=facts, create_defaults={**facts, "raised_at": now}
    )
    KeptAlert.objects.filter(key__in=raised.replaces).exclude(pk=kept.pk).update(replaced_by=kept)


def _told(event: Event) -> dict[str, Any]:
    """What of an event stands with its alert; its whole lies in the log."""
    seconds = moment_of(event) or 0.0
    said = {name: _first(event.fields.get(name)) for name in ("action", "actor", "site")}
    index = event.fields.get("index")
    return {"index": event.line, "entry": index, "time": datetime.fromtimestamp(seconds, UTC).isoformat(), **said}


def _first(value: object) -> str:
    found = value[0] if isinstance(value, Sequence) and not isinstance(value, str) else value
    return "" if found is None else str(found)
