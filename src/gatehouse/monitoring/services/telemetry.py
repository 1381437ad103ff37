"""Taking in what devices tell of themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from gatehouse.kernel.clock import Clock
from gatehouse.kernel.ids import new_id
from gatehouse.monitoring.domain.observations import Observation
from gatehouse.monitoring.domain.telemetry import HEARTBEAT, LEDGER, MISSED, Telling, heartbeats, is_live, told_later
from gatehouse.monitoring.models import Asset, TelemetryRecord
from gatehouse.monitoring.services.ledger import intervals_record
from gatehouse.monitoring.services.observations import observations_record
from gatehouse.platform.actors import Actor


@transaction.atomic
def telemetry_take(*, clock: Clock, actor: Actor, device: str, sent_at: datetime, told: Sequence[Telling]) -> int:
    """Take in what a device tells, which may have waited; gives how many records were new. Twice is once.

    `sent_at` is the device's clock when it sent. Of a device in the register of assets the last heartbeat that comes at
    once is its condition, and those that waited fill in what was unknown. Raises `ForbiddenError`.
    """
    actor.require("monitoring.observe")
    now = clock.now()
    unique = {each.id: each for each in told}
    known = set(TelemetryRecord.objects.filter(device=device, id__in=unique).values_list("id", flat=True))
    fresh = [each for each in unique.values() if each.id not in known]
    TelemetryRecord.objects.bulk_create(
        [
            TelemetryRecord(
                id=each.id,
                device=device,
                kind=each.kind,
                component=each.component,
                at=each.at,
                received_at=now,
                facts=dict(each.facts),
                timings_ms=dict(each.timings_ms),
            )
            for each in fresh
        ],
        ignore_conflicts=True,
    )
    if Asset.objects.filter(tag=device).exists():
        _account(clock, actor, device, heartbeats(fresh, clock.now() - sent_at))
    return len(fresh)


@transaction.atomic
def ability_take(*, clock: Clock, actor: Actor, device: str, able: bool, at: datetime, every: timedelta) -> None:
    """Take in what a device wrote into its own ledger of whether it could serve, whenever that is delivered.

    It holds until the next word, for three times `every` at most. Of a device that is not in the register of assets
    nothing is kept. Raises `ForbiddenError`.
    """
    actor.require("monitoring.observe")
    if not Asset.objects.filter(tag=device).exists():
        return
    facts = {"able": able, "every_s": every.total_seconds()}
    word = Telling(id=new_id(clock.now()), kind=HEARTBEAT, at=at, facts=facts)
    _account(clock, actor, device, heartbeats([word], timedelta(0)), LEDGER)


def _account(
    clock: Clock, actor: Actor, device: str, told: Sequence[tuple[datetime, Telling]], source: str = HEARTBEAT
) -> None:
    """What heartbeats say, each with its moment by our clock."""
    now = clock.now()
    beats = [(min(at, now), beat) for at, beat in told]
    late = [(at, beat) for at, beat in beats if not is_live(at, beat, now)]
    if late:
        reporter = Actor.system("telemetry")
        intervals_record(clock=clock, actor=reporter, intervals=told_later(device, late, now, source))
    if beats and len(late) < len(beats):
        beat = beats[-1][1]
        skew = told[-1][0] - beat.at
        detail = {"skew_s": round(skew.total_seconds(), 3), "devices": dict(beat.facts.get("devices") or {})}
        word = Observation(device, beat.state, source, now, MISSED * beat.every, device_time=beat.at, detail=detail)
        observations_record(clock=clock, actor=actor, observations=[word])
