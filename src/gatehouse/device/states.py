"""How an inspection goes on: the whole table, as plain data."""

from __future__ import annotations

from enum import StrEnum

from gatehouse.device.words import DecisionKind, Direction, InspectionState


class Event(StrEnum):
    """What can happen to an inspection: a decision of each kind, and what a second officer says to a refusal."""

    ADMIT = "admit"
    RELEASE = "release"
    REFER = "refer"
    HOLD = "hold"
    REFUSE = "refuse"
    CONFIRM = "confirm"
    DECLINE = "decline"


_OPEN, _REFERRED, _HELD, _AWAITING, _CLOSED = InspectionState

TRANSITIONS: dict[tuple[InspectionState, Event], InspectionState] = {
    (_OPEN, Event.ADMIT): _CLOSED,
    (_OPEN, Event.RELEASE): _CLOSED,
    (_OPEN, Event.REFER): _REFERRED,
    (_OPEN, Event.HOLD): _HELD,
    (_OPEN, Event.REFUSE): _AWAITING,
    (_REFERRED, Event.ADMIT): _CLOSED,
    (_REFERRED, Event.RELEASE): _CLOSED,
    (_REFERRED, Event.HOLD): _HELD,
    (_REFERRED, Event.REFUSE): _AWAITING,
    (_HELD, Event.ADMIT): _CLOSED,
    (_HELD, Event.RELEASE): _CLOSED,
    (_HELD, Event.REFUSE): _AWAITING,
    (_AWAITING, Event.CONFIRM): _CLOSED,
    (_AWAITING, Event.DECLINE): _REFERRED,
}

_ALWAYS = (DecisionKind.REFER, DecisionKind.HOLD, DecisionKind.REFUSE)
#: Which decision lets the person pass: into the country, or out of it and on.
PASS = {
    Direction.ENTRY: DecisionKind.ADMIT,
    Direction.EXIT: DecisionKind.RELEASE,
    Direction.TRANSIT: DecisionKind.RELEASE,
}


def decidable(state: InspectionState, direction: Direction, *, was_held: bool) -> tuple[DecisionKind, ...]:
    """The decisions that are open in this state. A person is held once: the statutory time does not begin anew."""
    return tuple(
        kind
        for kind in DecisionKind
        if (state, Event(kind)) in TRANSITIONS
        and kind in (PASS[direction], *_ALWAYS)
        and not (kind is DecisionKind.HOLD and was_held)
    )


def permission_for(state: InspectionState) -> str:
    """What an officer needs for a decision in this state. Where none can be taken, the state says no, not this."""
    return "border.second_line" if state in {_REFERRED, _HELD} else "border.inspect"
