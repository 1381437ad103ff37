"""Taking in what devices tell of themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from gatehouse.kernel.clock import Clock
from gatehouse.monitoring.domain.observations import Observation
from gatehouse.monitoring.domain.telemetry import HEARTBEAT, MISSED, Telling, heartbeats, is_live, told_later
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
        _account(clock, actor, device, fresh, sent_at)
    return len(fresh)


def _account(clock: Clock, actor: Actor, device: str, fresh: Sequence[Telling], sent_at: datetime) -> None:
    now = clock.now()
    skew = now - sent_at
    beats = [(min(at, now), beat) for at, beat in heartbeats(fresh, skew)]
    late = [(at, beat) for at, beat in beats if not is_live(at, beat, now)]
    if late:
        reporter = Actor.system("telemetry")
        intervals_record(clock=clock, actor=reporter, intervals=told_later(device, late, now))
    if beats and len(late) < len(beats):
        beat = beats[-1][1]
        detail = {"skew_s": round(skew.total_seconds(), 3), "devices": dict(beat.facts.get("devices") or {})}
        word = Observation(device, beat.state, HEARTBEAT, now, MISSED * beat.every, device_time=beat.at, detail=detail)
        observations_record(clock=clock, actor=actor, observations=[word])
