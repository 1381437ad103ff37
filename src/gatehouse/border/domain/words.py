"""The words of the border."""

from __future__ import annotations

from enum import StrEnum


class Direction(StrEnum):
    ENTRY = "entry"
    EXIT = "exit"
    TRANSIT = "transit"


class Capacity(StrEnum):
    PASSENGER = "passenger"
    CREW = "crew"


class DecisionKind(StrEnum):
    #: Lets the person in.
    ADMIT = "admit"
    #: Lets the person leave, or travel on: the counterpart of admission at exit and in transit.
    RELEASE = "release"
    #: Sends the person to the second line.
    REFER = "refer"
    #: Keeps the person at the station, within the statutory time.
    HOLD = "hold"
    #: Refuses entry, exit or transit; counts once a second officer confirmed it.
    REFUSE = "refuse"


class InspectionState(StrEnum):
    OPEN = "open"
    REFERRED = "referred"
    HELD = "held"
    AWAITING_CONFIRMATION = "awaiting_confirmation"
    CLOSED = "closed"
