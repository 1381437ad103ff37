"""The words of a lane: states, events, effects, and how lanes differ."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    #: Out of service, and says so.
    CLOSED = "closed"
    IDLE = "idle"
    #: A document lies on the reader; its machine readable zone is being read.
    DOCUMENT_PLACED = "document placed"
    #: Chip and optical at once.
    READING = "reading"
    #: Lists, bans, eligibility.
    CHECKING = "checking"
    #: The lane does not take this traveller, who is outside: take the document, go to the desk.
    SENT_TO_DESK = "sent to the desk"
    #: The first step of a segregated lane is done: go to the gate.
    SENT_TO_GATE = "sent to the gate"
    ENTRY_OPEN = "entry open"
    #: Somebody stepped in; the entry door closes.
    OCCUPIED = "occupied"
    FACE = "face"
    FINGER = "finger"
    ENROLMENT = "enrolment"
    #: The passage is being written; the exit waits for the commit.
    RECORDING = "recording"
    EXIT_OPEN = "exit open"
    #: The traveller is through; the exit closes.
    CLEARED = "cleared"
    #: An officer decides.
    HANDED_OVER = "handed over"
    #: The entry door lets the person back into the hall.
    BACKING_OUT = "backing out"
    #: Both doors close before anybody else comes.
    RESETTING = "resetting"
    #: Both doors are open.
    EMERGENCY = "emergency"


class Event(StrEnum):
    # The reader
    DOCUMENT = "document placed"
    DOCUMENT_TAKEN = "document taken away"
    TOKEN = "token shown"  # noqa: S105
    MRZ_READ = "MRZ read"
    CHIP_READ = "chip read"
    OPTICAL_READ = "optical read"
    UNREADABLE = "not readable"
    # The checks
    CLEAR = "checks clear"
    REFER = "checks refer"
    # Sensors
    ENTERED = "one entered"
    PASSED = "one passed the exit"
    VACANT = "nobody inside"
    ENTRY_SHUT = "entry shut"
    ENTRY_AJAR = "entry forced"
    EXIT_SHUT = "exit shut"
    EXIT_AJAR = "exit forced"
    # Biometrics
    MATCHED = "matched"
    NOT_MATCHED = "not matched"
    ENROLLED = "enrolled"
    NOT_ENROLLED = "declined or no quality"
    # The ledger
    COMMITTED = "passage committed"
    COMMIT_FAILED = "commit failed"
    # Faults
    TAILGATING = "tailgating"
    TWO_FACES = "two faces"
    OBJECT_LEFT = "object left behind"
    ATTACK = "attack alarm"
    TIMEOUT = "timeout"
    DOOR_FAULT = "door fault"
    FIRE = "fire"
    POWER_LOST = "power lost"
    POWER_BACK = "power back"
    LISTS_OLD = "lists too old"
    LISTS_FRESH = "lists fresh"
    # The officer
    RELEASE = "officer lets through"
    RETURN = "officer lets back"
    RESET = "officer resets"
    CLOSE = "officer closes"
    OPEN = "officer opens"
    REVERSE = "officer reverses"
    EMERGENCY = "officer: emergency"


class Effect(StrEnum):
    """What the program does after a step, in this order."""

    READ_MRZ = "read the MRZ"
    READ_CHIP_AND_OPTICAL = "read chip and optical"
    CHECK = "check lists and eligibility"
    OPEN_ENTRY = "open the entry"
    CLOSE_ENTRY = "close the entry"
    OPEN_EXIT = "open the exit"
    CLOSE_EXIT = "close the exit"
    COMPARE_FACE = "compare the face"
    COMPARE_FINGER = "compare the finger"
    ENROL = "enrol"
    #: Write the passage; the answer is `COMMITTED` or `COMMIT_FAILED`.
    RECORD = "record the passage"
    #: The recorded passage took place.
    CONFIRM = "confirm the passage"
    #: It did not: the person is still there, or went back.
    VOID = "void the passage"
    #: Nobody saw whether it did: an officer finds out.
    DOUBT = "mark the passage as doubtful"
    #: Somebody passed whom nobody cleared.
    RECORD_UNCLEARED = "record an uncleared passage"
    CALL_OFFICER = "call the officer"
    ALARM = "alarm"
    REVERSE = "reverse the direction"
    #: What was read of the person is forgotten.
    FORGET = "forget the person"


class Topology(StrEnum):
    """As in TR-03121-3 and Frontex' best practice. A segregated lane is a kiosk and, apart from it, a gate."""

    ONE_STEP = "one-step"
    INTEGRATED = "integrated two-step"
    KIOSK = "segregated two-step: kiosk"
    GATE = "segregated two-step: gate"

    @property
    def has_entry_door(self) -> bool:
        return self in (Topology.INTEGRATED, Topology.GATE)

    @property
    def has_exit_door(self) -> bool:
        return self is not Topology.KIOSK


class Capability(StrEnum):
    """By these generations differ, and not by their code."""

    FACE = "face"
    FINGER = "finger"
    ENROLMENT = "enrolment"
    TWO_WAY = "two-way"
    #: The face is compared from the first step on, while the entry closes.
    IN_MOTION = "in motion"


class When(StrEnum):
    """Conditions of a row."""

    ONE_STEP = "one-step"
    KIOSK = "kiosk"
    GATE = "gate"
    READS_DOCUMENTS = "not gate"
    OPTICAL_DONE = "optical done"
    CHIP_DONE = "chip done"
    FINGER_FIRST = "no face"
    CAN_FINGER = "finger"
    IN_MOTION = "in motion"
    #: The face agreed on the way in.
    AGREED = "face agreed"
    ENROLS = "to be enrolled"
    IDENTIFIED = "identified"
    OCCUPIED = "somebody inside"
    NOBODY = "nobody inside"
    UNCLEARED = "without a record"
    TWO_WAY = "two-way"
