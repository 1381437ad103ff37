"""The table: in which state, after which event, under which conditions, the lane goes where and does what.

The first row that fits applies. Where none does the event changes nothing but what sensors say (`step`).
"""

from __future__ import annotations

from dataclasses import dataclass

from gatehouse.gates.machine.words import Effect as Do
from gatehouse.gates.machine.words import Event as On
from gatehouse.gates.machine.words import State as In
from gatehouse.gates.machine.words import When


@dataclass(frozen=True, slots=True)
class Row:
    state: In
    event: On
    to: In
    do: tuple[Do, ...] = ()
    when: tuple[When, ...] = ()


@dataclass(frozen=True, slots=True)
class Wide:
    """A row for several states."""

    states: frozenset[In]
    event: On
    to: In
    do: tuple[Do, ...] = ()
    when: tuple[When, ...] = ()


_BEFORE_ENTRY = frozenset({In.DOCUMENT_PLACED, In.READING, In.CHECKING})
_AT_WORK = frozenset({In.OCCUPIED, In.FACE, In.FINGER, In.ENROLMENT})
_OUTSIDE = _BEFORE_ENTRY | {In.SENT_TO_DESK, In.SENT_TO_GATE}
_EVERYWHERE = frozenset(In) - {In.EMERGENCY}
_BIOMETRIC = frozenset({In.FACE, In.FINGER, In.ENROLMENT})
_QUIET = frozenset({In.CLOSED, In.IDLE, In.RESETTING})
_PEOPLE = _AT_WORK | {In.ENTRY_OPEN, In.RECORDING, In.EXIT_OPEN, In.CLEARED, In.HANDED_OVER, In.BACKING_OUT}

_INTRUSION = (Do.CLOSE_EXIT, Do.ALARM, Do.CALL_OFFICER)

#: The way of a traveller.
NORMAL: tuple[Row, ...] = (
    Row(In.CLOSED, On.OPEN, In.RESETTING),
    Row(In.CLOSED, On.LISTS_FRESH, In.RESETTING),
    Row(In.CLOSED, On.POWER_BACK, In.RESETTING),
    Row(In.IDLE, On.DOCUMENT, In.DOCUMENT_PLACED, (Do.READ_MRZ,), (When.READS_DOCUMENTS,)),
    Row(In.IDLE, On.TOKEN, In.CHECKING, (Do.CHECK,), (When.GATE,)),
    Row(In.IDLE, On.REVERSE, In.IDLE, (Do.REVERSE,), (When.TWO_WAY,)),
    Row(In.DOCUMENT_PLACED, On.MRZ_READ, In.READING, (Do.READ_CHIP_AND_OPTICAL,)),
    Row(In.READING, On.CHIP_READ, In.CHECKING, (Do.CHECK,), (When.OPTICAL_DONE,)),
    Row(In.READING, On.OPTICAL_READ, In.CHECKING, (Do.CHECK,), (When.CHIP_DONE,)),
    Row(In.CHECKING, On.CLEAR, In.SENT_TO_GATE, (), (When.KIOSK,)),
    Row(In.CHECKING, On.CLEAR, In.FINGER, (Do.COMPARE_FINGER,), (When.ONE_STEP, When.FINGER_FIRST)),
    Row(In.CHECKING, On.CLEAR, In.FACE, (Do.COMPARE_FACE,), (When.ONE_STEP,)),
    Row(In.CHECKING, On.CLEAR, In.ENTRY_OPEN, (Do.OPEN_ENTRY,)),
    Row(In.CHECKING, On.REFER, In.SENT_TO_DESK, (Do.CALL_OFFICER,)),
    Row(In.SENT_TO_DESK, On.DOCUMENT_TAKEN, In.RESETTING),
    Row(In.SENT_TO_DESK, On.TIMEOUT, In.SENT_TO_DESK, (Do.CALL_OFFICER,)),
    Row(In.SENT_TO_GATE, On.DOCUMENT_TAKEN, In.RESETTING),
    Row(In.SENT_TO_GATE, On.TIMEOUT, In.SENT_TO_GATE, (Do.CALL_OFFICER,)),
    Row(In.ENTRY_OPEN, On.ENTERED, In.OCCUPIED, (Do.CLOSE_ENTRY, Do.COMPARE_FACE), (When.IN_MOTION,)),
    Row(In.ENTRY_OPEN, On.ENTERED, In.OCCUPIED, (Do.CLOSE_ENTRY,)),
    Row(In.ENTRY_OPEN, On.TIMEOUT, In.RESETTING),
    Row(In.OCCUPIED, On.MATCHED, In.OCCUPIED, (), (When.IN_MOTION,)),
    Row(In.OCCUPIED, On.ENTRY_SHUT, In.ENROLMENT, (Do.ENROL,), (When.AGREED, When.ENROLS)),
    Row(In.OCCUPIED, On.ENTRY_SHUT, In.RECORDING, (Do.RECORD,), (When.AGREED,)),
    Row(In.OCCUPIED, On.ENTRY_SHUT, In.FINGER, (Do.COMPARE_FINGER,), (When.FINGER_FIRST,)),
    Row(In.OCCUPIED, On.ENTRY_SHUT, In.FACE, (Do.COMPARE_FACE,)),
    Row(In.OCCUPIED, On.VACANT, In.RESETTING),
    Row(In.OCCUPIED, On.TIMEOUT, In.BACKING_OUT, (Do.OPEN_ENTRY, Do.CALL_OFFICER)),
    Row(In.FACE, On.MATCHED, In.ENROLMENT, (Do.ENROL,), (When.ENROLS,)),
    Row(In.FACE, On.MATCHED, In.RECORDING, (Do.RECORD,)),
    Row(In.FACE, On.NOT_MATCHED, In.FINGER, (Do.COMPARE_FINGER,), (When.CAN_FINGER,)),
    Row(In.FINGER, On.MATCHED, In.ENROLMENT, (Do.ENROL,), (When.ENROLS,)),
    Row(In.FINGER, On.MATCHED, In.RECORDING, (Do.RECORD,)),
    Row(In.ENROLMENT, On.ENROLLED, In.RECORDING, (Do.RECORD,)),
    Row(In.RECORDING, On.COMMITTED, In.EXIT_OPEN, (Do.OPEN_EXIT,)),
    Row(In.EXIT_OPEN, On.PASSED, In.CLEARED, (Do.CLOSE_EXIT,)),
    Row(In.EXIT_OPEN, On.VACANT, In.CLEARED, (Do.CLOSE_EXIT,)),
    Row(In.EXIT_OPEN, On.TIMEOUT, In.HANDED_OVER, (Do.CLOSE_EXIT, Do.CALL_OFFICER)),
    Row(In.CLEARED, On.EXIT_SHUT, In.RESETTING),
    Row(In.CLEARED, On.TIMEOUT, In.HANDED_OVER, (Do.CALL_OFFICER,)),
    Row(In.HANDED_OVER, On.RELEASE, In.RECORDING, (Do.CLOSE_ENTRY, Do.RECORD), (When.IDENTIFIED, When.OCCUPIED)),
    Row(In.HANDED_OVER, On.RETURN, In.BACKING_OUT, (Do.OPEN_ENTRY,)),
    Row(In.HANDED_OVER, On.RESET, In.RESETTING),
    Row(In.HANDED_OVER, On.VACANT, In.RESETTING),
    Row(In.HANDED_OVER, On.TIMEOUT, In.HANDED_OVER, (Do.CALL_OFFICER,)),
    Row(In.BACKING_OUT, On.VACANT, In.RESETTING),
    Row(In.BACKING_OUT, On.RESET, In.RESETTING),
    Row(In.BACKING_OUT, On.TIMEOUT, In.RESETTING, (), (When.NOBODY,)),
    Row(In.BACKING_OUT, On.TIMEOUT, In.BACKING_OUT, (Do.CALL_OFFICER,)),
    Row(In.RESETTING, On.TIMEOUT, In.RESETTING, (Do.CALL_OFFICER,)),
    Row(In.EMERGENCY, On.RESET, In.RESETTING),
)

#: What may go wrong, wherever the traveller is.
FAULTS: tuple[Wide, ...] = (
    Wide(_EVERYWHERE, On.FIRE, In.EMERGENCY, (Do.OPEN_ENTRY, Do.OPEN_EXIT, Do.ALARM, Do.CALL_OFFICER)),
    Wide(_EVERYWHERE, On.EMERGENCY, In.EMERGENCY, (Do.OPEN_ENTRY, Do.OPEN_EXIT, Do.ALARM, Do.CALL_OFFICER)),
    Wide(_EVERYWHERE, On.EXIT_AJAR, In.HANDED_OVER, (Do.CLOSE_ENTRY, Do.CLOSE_EXIT, Do.ALARM, Do.CALL_OFFICER)),
    Wide(_EVERYWHERE, On.ENTRY_AJAR, In.HANDED_OVER, (Do.CLOSE_EXIT, Do.CLOSE_ENTRY, Do.ALARM, Do.CALL_OFFICER)),
    Wide(_BEFORE_ENTRY, On.DOCUMENT_TAKEN, In.RESETTING),
    Wide(_BEFORE_ENTRY, On.UNREADABLE, In.SENT_TO_DESK, (Do.CALL_OFFICER,)),
    Wide(_BEFORE_ENTRY, On.TIMEOUT, In.SENT_TO_DESK, (Do.CALL_OFFICER,)),
    Wide(_BEFORE_ENTRY, On.LISTS_OLD, In.SENT_TO_DESK, (Do.CALL_OFFICER,)),
    Wide(_OUTSIDE, On.DOOR_FAULT, In.SENT_TO_DESK, (Do.CALL_OFFICER,)),
    Wide(_OUTSIDE, On.POWER_LOST, In.RESETTING, (Do.CALL_OFFICER,)),
    Wide(_OUTSIDE, On.CLOSE, In.SENT_TO_DESK),
    Wide(_OUTSIDE, On.TAILGATING, In.SENT_TO_DESK, (Do.CALL_OFFICER,)),
    Wide(_OUTSIDE, On.ENTERED, In.HANDED_OVER, (Do.ALARM, Do.CALL_OFFICER)),
    Wide(_QUIET, On.ENTERED, In.BACKING_OUT, (Do.OPEN_ENTRY, Do.CALL_OFFICER)),
    Wide(_QUIET, On.TAILGATING, In.BACKING_OUT, (Do.OPEN_ENTRY, Do.CALL_OFFICER)),
    Wide(_QUIET, On.DOOR_FAULT, In.RESETTING, (Do.CALL_OFFICER,)),
    Wide(_QUIET, On.POWER_LOST, In.RESETTING, (Do.CALL_OFFICER,)),
    Wide(_QUIET, On.LISTS_OLD, In.RESETTING, (Do.CALL_OFFICER,)),
    Wide(_QUIET, On.OBJECT_LEFT, In.HANDED_OVER, (Do.CALL_OFFICER,)),
    Wide(_QUIET, On.CLOSE, In.RESETTING),
    Wide(_QUIET, On.RESET, In.RESETTING),
    Wide(
        frozenset({In.ENTRY_OPEN, In.OCCUPIED}),
        On.TAILGATING,
        In.BACKING_OUT,
        (Do.OPEN_ENTRY, Do.ALARM, Do.CALL_OFFICER),
    ),
    Wide(_BIOMETRIC, On.NOT_MATCHED, In.HANDED_OVER, (Do.CALL_OFFICER,)),
    Wide(_BIOMETRIC, On.NOT_ENROLLED, In.HANDED_OVER, (Do.CALL_OFFICER,)),
    Wide(_BIOMETRIC, On.TIMEOUT, In.HANDED_OVER, (Do.CALL_OFFICER,)),
    Wide(_BIOMETRIC, On.VACANT, In.RESETTING, (), (When.ONE_STEP,)),
    Wide(_BIOMETRIC, On.VACANT, In.HANDED_OVER, (Do.ALARM, Do.CALL_OFFICER)),
    Wide(_AT_WORK, On.TWO_FACES, In.HANDED_OVER, (Do.CALL_OFFICER,)),
    Wide(_AT_WORK, On.ATTACK, In.HANDED_OVER, (Do.ALARM, Do.CALL_OFFICER)),
    Wide(_AT_WORK, On.TAILGATING, In.HANDED_OVER, (Do.ALARM, Do.CALL_OFFICER)),
    Wide(_AT_WORK, On.POWER_LOST, In.BACKING_OUT, (Do.OPEN_ENTRY, Do.CALL_OFFICER)),
    Wide(_AT_WORK, On.DOOR_FAULT, In.HANDED_OVER, (Do.CALL_OFFICER,)),
    Wide(frozenset({In.ENTRY_OPEN}), On.DOOR_FAULT, In.BACKING_OUT, (Do.CALL_OFFICER,)),
    Wide(frozenset({In.ENTRY_OPEN}), On.POWER_LOST, In.BACKING_OUT, (Do.CALL_OFFICER,)),
    Wide(frozenset({In.RECORDING}), On.COMMIT_FAILED, In.HANDED_OVER, (Do.ALARM, Do.CALL_OFFICER)),
    Wide(frozenset({In.RECORDING}), On.TIMEOUT, In.HANDED_OVER, (Do.CALL_OFFICER,)),
    Wide(
        frozenset({In.RECORDING, In.EXIT_OPEN}),
        On.TAILGATING,
        In.HANDED_OVER,
        _INTRUSION,
    ),
    Wide(frozenset({In.EXIT_OPEN, In.CLEARED}), On.DOOR_FAULT, In.HANDED_OVER, (Do.CLOSE_EXIT, Do.CALL_OFFICER)),
    Wide(_PEOPLE, On.OBJECT_LEFT, In.HANDED_OVER, (Do.CLOSE_EXIT, Do.CALL_OFFICER)),
    Wide(
        _EVERYWHERE - {In.EXIT_OPEN},
        On.PASSED,
        In.HANDED_OVER,
        _INTRUSION,
        (When.UNCLEARED,),
    ),
)


def rows(state: In, event: On) -> tuple[Row, ...]:
    """The rows of a state and an event, in the order in which they are tried."""
    return _ROWS.get((state, event), ())


def every_row() -> tuple[Row, ...]:
    wide = (Row(state, each.event, each.to, each.do, each.when) for each in FAULTS for state in sorted(each.states))
    return (*NORMAL, *wide)


_ROWS: dict[tuple[In, On], tuple[Row, ...]] = {}
for _row in every_row():
    _ROWS[_row.state, _row.event] = (*_ROWS.get((_row.state, _row.event), ()), _row)
