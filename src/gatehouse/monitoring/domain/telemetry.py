"""What a device tells of itself, when it tells it at once and when it tells it later.

A device's clock may be wrong: of each batch both clocks are known, the device's at sending and ours at receiving, and
the difference moves all its moments. A heartbeat that comes at once is a word on now; those that were kept while the
network was away fill the time that was unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from gatehouse.monitoring.domain.availability import Interval
from gatehouse.monitoring.domain.period import microseconds
from gatehouse.monitoring.domain.states import State

HEARTBEAT = "heartbeat"
#: How many heartbeats may fail to come before a device is unknown, and how often one comes where it does not say.
MISSED, _EVERY = 3, 30.0
#: Words of a component's test that speak against it.
_BAD = frozenset({"failed", "aborted"})


@dataclass(frozen=True, slots=True)
class Telling:
    """One record of a device. `at` is the device's clock; `id` is its own, so that what is sent twice is known."""

    id: UUID
    kind: str
    at: datetime
    component: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    timings_ms: Mapping[str, float] = field(default_factory=dict)

    @property
    def every(self) -> timedelta:
        """How often the device means to speak: between a second and an hour."""
        said = self.facts.get("every_s")
        seconds = float(said) if isinstance(said, int | float) and not isinstance(said, bool) else _EVERY
        return timedelta(seconds=min(3600.0, max(1.0, seconds)))

    @property
    def state(self) -> State:
        """Up, or degraded where a component of it does not pass its test."""
        components = self.facts.get("devices")
        words = components.values() if isinstance(components, dict) else ()
        return State.DEGRADED if any(word in _BAD for word in words) else State.UP


def heartbeats(told: Sequence[Telling], skew: timedelta) -> list[tuple[datetime, Telling]]:
    """In order of time, each with its moment by our clock."""
    return sorted(((each.at + skew, each) for each in told if each.kind == HEARTBEAT), key=lambda pair: pair[0])


def is_live(at: datetime, beat: Telling, now: datetime) -> bool:
    """Whether a heartbeat says how the device is now."""
    return now - at < MISSED * beat.every


def told_later(device: str, beats: Sequence[tuple[datetime, Telling]], now: datetime) -> list[Interval]:
    """What heartbeats that were kept say of the time between them, as the ledger takes it: as received now."""
    found: list[Interval] = []
    received = microseconds(now)
    moments = [*(at for at, _ in beats[1:]), now]
    for (at, beat), following in zip(beats, moments, strict=True):
        ends = min(at + MISSED * beat.every, following)
        if at < ends:
            found.append(Interval(device, microseconds(at), microseconds(ends), beat.state, HEARTBEAT, received))
    return found
