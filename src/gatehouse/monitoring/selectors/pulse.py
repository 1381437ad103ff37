"""Whether the monitor itself is alive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from gatehouse.kernel.clock import Clock
from gatehouse.monitoring.domain.telemetry import MISSED
from gatehouse.monitoring.models import Pulse
from gatehouse.platform.actors import Actor


@dataclass(frozen=True, slots=True)
class PulseView:
    """A part of the monitor, when it last finished a round, and whether the next three have not come."""

    name: str
    at: datetime
    every: timedelta
    is_late: bool


def pulses_of(*, clock: Clock, reader: Actor) -> tuple[PulseView, ...]:
    """Every part that ever ran, by its name. Raises `ForbiddenError`."""
    reader.require("monitoring.read")
    now = clock.now()
    found = [(row.name, row.at, timedelta(seconds=row.every_s)) for row in Pulse.objects.order_by("name")]
    return tuple(PulseView(name, at, every, now > at + MISSED * every) for name, at, every in found)
