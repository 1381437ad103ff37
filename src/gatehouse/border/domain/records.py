"""What comes in to the border's services, and what they answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from gatehouse.border.domain.words import Capacity, Direction, InspectionState
from gatehouse.device.events import LONGEST_REASON
from gatehouse.kernel.errors import RefusedError
from gatehouse.kernel.results import Reason


def require_short(reason: str) -> None:
    """Raises `RefusedError` for a reason that is too long to be kept."""
    if len(reason) > LONGEST_REASON:
        raise RefusedError("a reason has at most %(most)d characters", most=LONGEST_REASON)


@dataclass(frozen=True, slots=True)
class DecisionTaken:
    state: InspectionState
    #: The crossing that this decision recorded, if it recorded one.
    crossing: UUID | None
    #: What somebody should know of it all the same.
    remarks: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class CrossingKey:
    """The name that a device gives a passage, once: its lane, the count of its starts, the count since that start."""

    lane: str
    boot_epoch: int
    sequence: int


@dataclass(frozen=True, slots=True)
class CrossingFacts:
    """What a device saw of a passage that it let through."""

    port: str
    direction: Direction
    #: When the person passed, by the device's clock. Aware.
    crossed_at: datetime
    #: The machine readable zone of the document used, lines joined by a newline.
    mrz: str
    capacity: Capacity = Capacity.PASSENGER
    #: Flight or ship, as "CI 101"; empty where it is not known.
    conveyance: str = ""
    last_permitted_day: date | None = None


@dataclass(frozen=True, slots=True)
class Recorded:
    id: UUID
    #: False where this passage had been recorded before: sent again, counted once.
    created: bool
