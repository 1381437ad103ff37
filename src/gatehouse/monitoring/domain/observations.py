"""What telemetry says of a device, and what became different by it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from gatehouse.monitoring.domain.states import PRECEDENCE, State

#: What a device wrote of itself into its own ledger, delivered at once or days later. It holds until the next is due.
OWN_LEDGER = "ledger"


def silent_since(source: str, heard_at: datetime, due_at: datetime) -> datetime:
    """Since when nothing is known of a device that fell silent: since it was last heard, or its last word ran out."""
    return due_at if source == OWN_LEDGER else heard_at


@dataclass(frozen=True, slots=True)
class Observation:
    """A source's word on a device.

    `received_at` is the receiver's clock, which orders what a source says; `device_time` the device's own, where it
    told it: the two are kept apart, as a device's clock may be wrong. `next_within` is how long the word holds.
    """

    device: str
    state: State
    source: str
    received_at: datetime
    next_within: timedelta
    device_time: datetime | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """A device is in another state than before by what `source` said, or by its silence. `before` None: never heard."""

    device: str
    source: str
    before: State | None
    state: State
    since: datetime


def worst(states: Iterable[State]) -> State:
    """What counts where several sources speak of one moment; nobody: unknown."""
    return min(states, key=PRECEDENCE.index, default=State.UNKNOWN)
