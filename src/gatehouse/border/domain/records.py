"""What comes in to the border's services, and what they answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from gatehouse.biometrics.fingerprints import Finger
from gatehouse.border.domain.words import Capacity, Direction, InspectionState
from gatehouse.device.reading_report import ReadingReport
from gatehouse.kernel.errors import RefusedError

LONGEST_REASON = 2000


def require_short(reason: str) -> None:
    """Raises `RefusedError` for a reason that is too long to be kept."""
    if len(reason) > LONGEST_REASON:
        raise RefusedError("a reason has at most %(most)d characters", most=LONGEST_REASON)


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """What a reader delivers, or a hand types in."""

    #: The lines of the machine readable zone, joined by a newline.
    mrz: str
    #: When the document was read: the start of the inspection's timer. Aware.
    read_at: datetime
    #: Elementary files of the chip by name (COM, SOD, DG1, DG2 …), raw; empty where there is no chip.
    files: Mapping[str, bytes] = field(default_factory=dict)
    #: JPEG of the person at the desk.
    live_image: bytes | None = None
    #: How the desk read the chip, as it says; None where nothing says so.
    report: ReadingReport | None = None
    #: Pictures of fingers, as the scanner gave them.
    fingerprints: Mapping[Finger, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DecisionTaken:
    state: InspectionState
    #: The crossing that this decision recorded, if it recorded one.
    crossing: UUID | None


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
