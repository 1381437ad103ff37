"""What the equipment of the made-up nation says of itself: up, but for outages that follow from its tag and the day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from random import Random

from gatehouse.kernel.clock import Clock
from gatehouse.monitoring.api import (
    Change,
    Observation,
    State,
    conditions_of,
    incidents_update,
    observations_record,
    silence_record,
)
from gatehouse.platform.actors import Actor

SOURCE = "heartbeat"
#: How often the equipment speaks, and how long nobody worries.
EVERY = timedelta(seconds=30)
_WITHIN = timedelta(seconds=90)
#: Which part of the devices fails on a day, and for how long, in minutes.
_FAILING = 0.03
_LASTING = 8, 50
_DAY = timedelta(days=1)
_ACTOR = Actor.system("simulation")


@dataclass(frozen=True, slots=True)
class Fault:
    """A stretch of the day in which a device is not up."""

    start: datetime
    end: datetime
    state: State


def faults(tag: str, day: date, seed: int = 1) -> list[Fault]:
    """The faults of a device that begin on a day (UTC), always the same."""
    chance = Random(f"{seed}/{tag}/{day}")  # noqa: S311 (a simulation)
    if chance.random() >= _FAILING:
        return []
    midnight = datetime.fromisoformat(f"{day}T00:00:00+00:00")
    start = midnight + timedelta(minutes=chance.uniform(0, 24 * 60 - _LASTING[1]))
    state = State.DEGRADED if chance.random() < 0.3 else State.DOWN
    return [Fault(start, start + timedelta(minutes=chance.uniform(*_LASTING)), state)]


def state_of(tag: str, at: datetime) -> State:
    """What a device says at a moment."""
    return next((each.state for each in faults(tag, at.date()) if each.start <= at < each.end), State.UP)


def telemetry_live(*, clock: Clock) -> list[Change]:
    """Let every device in service speak once, and notice who is silent; gives what changed."""
    now = clock.now()
    said = [_word(tag, now, _WITHIN) for tag in _in_service(clock)]
    changed = observations_record(clock=clock, actor=_ACTOR, observations=said)
    changed += silence_record(clock=clock, actor=_ACTOR)
    incidents_update(clock=clock, actor=_ACTOR)
    return changed


def telemetry_backfill(*, clock: Clock, since: timedelta = _DAY) -> int:
    """Let every device speak of the time before now, at the moments when it changed; gives how many words it were."""
    now = clock.now()
    said = [each for tag in _in_service(clock) for each in _history(tag, now - since, now)]
    observations_record(clock=clock, actor=_ACTOR, observations=said)
    return len(said)


def _history(tag: str, since: datetime, now: datetime) -> Iterator[Observation]:
    days = [since.date() + n * _DAY for n in range((now.date() - since.date()).days + 1)]
    turns = {edge for day in days for fault in faults(tag, day) for edge in (fault.start, fault.end)}
    moments = [since, *sorted(turn for turn in turns if since < turn < now), now]
    for at, following in pairwise([*moments, now + _WITHIN]):
        yield _word(tag, at, max(following - at, _WITHIN))


def _word(tag: str, at: datetime, next_within: timedelta) -> Observation:
    return Observation(tag, state_of(tag, at), SOURCE, at, next_within)


def _in_service(clock: Clock) -> list[str]:
    return [each.asset.tag for each in conditions_of(clock=clock, reader=_ACTOR)]
