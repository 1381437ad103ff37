"""The words of the border, at the centre and away from it."""

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


class Finding(StrEnum):
    """What an inspection can find. What follows from each, the profile says."""

    DOCUMENT_FAILED = "document_failed"
    DOCUMENT_UNDETERMINED = "document_undetermined"
    DOCUMENT_EXPIRED = "document_expired"
    #: Valid, but for less time than the exemption from a visa asks for.
    DOCUMENT_RUNS_OUT = "document_runs_out"
    MRZ_INVALID = "mrz_invalid"
    #: The record that the document points to is of somebody with another birth date.
    HOLDER_DIFFERS = "holder_differs"
    #: No visa or permit that lets the person in, and no exemption.
    NO_PERMIT = "no_permit"
    OVERSTAY = "overstay"
    MINOR_ALONE = "minor_alone"
    #: A list names the document in hand.
    LOST_DOCUMENT = "lost_document"
    ENTRY_BAN = "entry_ban"
    EXIT_BAN = "exit_ban"
    LOOKOUT = "lookout"
    #: A list names somebody with this name; whether it is this person is to be found out.
    POSSIBLE_HIT = "possible_hit"
    # Of what follows a device away from the centre finds nothing: it captures and compares nothing.
    #: As far as an engine can tell, the face before the camera is not that of the chip.
    FACE_DIFFERS = "face_differs"
    #: The live picture looks like a presentation attack (ISO/IEC 30107-3).
    FACE_ATTACK = "face_attack"
    #: At entry: biometrics that the law asks for have not been taken, or the person declined.
    CAPTURE_MISSING = "capture_missing"
    CAPTURE_DECLINED = "capture_declined"
    #: What is before the camera or scanner does not agree with what was captured at entry.
    CAPTURED_DIFFERS = "captured_differs"
