"""The pulse of the monitor: without it nobody knows whether all is well, or nobody looks."""

from __future__ import annotations

from datetime import timedelta

from gatehouse.kernel.clock import Clock
from gatehouse.monitoring.models import Pulse
from gatehouse.platform.actors import Actor


def pulse_record(*, clock: Clock, actor: Actor, name: str, every: timedelta) -> None:
    """Say that a part of the monitor finished a round, and when the next is due. Raises `ForbiddenError`."""
    actor.require("monitoring.observe")
    Pulse.objects.update_or_create(name=name, defaults={"at": clock.now(), "every_s": every.total_seconds()})
