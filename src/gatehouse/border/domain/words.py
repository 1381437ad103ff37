"""The words of the border. Those that programs away from the centre say too are in `gatehouse.device`."""

from __future__ import annotations

from enum import StrEnum

from gatehouse.device.words import Capacity, DecisionKind, Direction, Finding, InspectionState

__all__ = [
    "Capacity",
    "CaptureState",
    "Channel",
    "DecisionKind",
    "Direction",
    "EnrolmentPlace",
    "Finding",
    "InspectionState",
    "Reference",
    "Who",
]


class Channel(StrEnum):
    """The way somebody took. What a device let through by itself took an e-gate; where an officer decided, a desk."""

    DESK = "desk"
    EGATE = "egate"


class Who(StrEnum):
    """Whose passages are counted together."""

    NATIONALS = "nationals"
    FOREIGNERS = "foreigners"


class EnrolmentPlace(StrEnum):
    """Where somebody is enrolled for e-gates."""

    COUNTER = "counter"
    #: In the lane itself, while passing it.
    LANE = "lane"


class CaptureState(StrEnum):
    """How it stands with one modality. All but `MISSING` are recorded."""

    MISSING = "missing"
    TAKEN = "taken"
    DECLINED = "declined"
    EXEMPT = "exempt"


class Reference(StrEnum):
    """What a live sample is compared with."""

    DOCUMENT = "document"
    #: What was captured at the person's last entry.
    CAPTURE = "capture"
