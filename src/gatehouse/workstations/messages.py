"""What goes over the wire between console and agent: JSON objects with a `type`, version 1 of the protocol.

`docs/workstation.md` shows each with its meaning. Bytes are base64; moments are milliseconds since the document was
placed. A message that is not of the protocol is refused in words.
"""

from __future__ import annotations

from base64 import b64encode
from enum import StrEnum
from typing import Annotated, Any, Literal, TypeAlias
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from gatehouse.device.desk_ticket import LONGEST_TICKET
from gatehouse.device.reading_report import ReadingReport, ReportedCheck, Sentence
from gatehouse.kernel.errors import UnreadableError
from gatehouse.workstations.devices import DeviceKind, Light

PROTOCOL = 1


class Code(StrEnum):
    """Why a reading did not come to its end, for a console to say in its reader's language."""

    REMOVED = "removed"
    WRONG_KEY = "wrong_key"
    #: The chip does not open with the card access number that an officer typed.
    WRONG_NUMBER = "wrong_number"
    #: The chip takes no card access number: it offers no PACE.
    NO_PACE = "no_pace"
    TOO_SLOW = "too_slow"
    CHIP_FAULT = "chip_fault"
    DEVICE_LEFT = "device_left"
    ZONE_UNREADABLE = "zone_unreadable"


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


# From the agent.


class Hello(_Message):
    """The greeting: the challenge that a ticket has to answer."""

    type: Literal["hello"] = "hello"
    protocol: int = PROTOCOL
    agent: str
    desk: str
    challenge: str


class DeviceState(_Message):
    id: str
    kind: DeviceKind
    name: str
    #: None before its first test.
    health: ReportedCheck | None = None


class Welcome(_Message):
    """The ticket was good; `proof` shows that this is the agent of the desk."""

    type: Literal["welcome"] = "welcome"
    proof: str
    devices: tuple[DeviceState, ...]


class Refused(_Message):
    """What the console asked is not done, and why. After a refused ticket the connection ends."""

    type: Literal["refused"] = "refused"
    reason: Sentence


class TakenOver(_Message):
    """Another console of this desk has the devices from now on; the connection ends."""

    type: Literal["taken_over"] = "taken_over"


class DeviceArrived(_Message):
    type: Literal["device_arrived"] = "device_arrived"
    device: DeviceState


class DeviceLeft(_Message):
    type: Literal["device_left"] = "device_left"
    device: str


class DeviceTested(_Message):
    type: Literal["device_tested"] = "device_tested"
    device: DeviceState


class _OfDocument(_Message):
    document: UUID
    at_ms: float


class DocumentPlaced(_OfDocument):
    type: Literal["document_placed"] = "document_placed"
    device: str


class MrzRead(_OfDocument):
    """The zone as the reader reads it; `valid` says whether its check digits are right."""

    type: Literal["mrz_read"] = "mrz_read"
    lines: str
    valid: bool


class Image(_OfDocument):
    type: Literal["image"] = "image"
    light: Light
    data: str


class ChipProgress(_OfDocument):
    """`done` of `of` files are read; `percent` of `file`, the one under way."""

    type: Literal["chip_progress"] = "chip_progress"
    file: str
    percent: Annotated[int, Field(ge=0, le=100)]
    done: int
    of: int


class ChipEvent(_OfDocument):
    """Something that whoever sits there should know: "fell_to_bac", "file_missing" …"""

    type: Literal["chip_event"] = "chip_event"
    name: str
    detail: Sentence


class ChipRead(_OfDocument):
    """The chip's files as they were read, raw."""

    type: Literal["chip_read"] = "chip_read"
    access: str
    files: dict[str, str]


class Failed(_OfDocument):
    """The reading did not come to its end; what was read until then stands in `chip_read` and `document_read`."""

    type: Literal["failed"] = "failed"
    code: Code
    reason: Sentence


class DocumentRead(_OfDocument):
    """The end of a reading, with its report. `mrz` is empty where no zone could be read."""

    type: Literal["document_read"] = "document_read"
    mrz: str
    #: None where the reading came to its end.
    failure: Code | None
    report: ReadingReport


class DocumentRemoved(_OfDocument):
    type: Literal["removed"] = "removed"


class BarcodeRead(_Message):
    """A bar code; `boarding_pass` holds its elements where it is one (IATA Resolution 792)."""

    type: Literal["barcode_read"] = "barcode_read"
    device: str
    symbology: str
    text: str
    boarding_pass: dict[str, Any] | None = None


class Captured(_Message):
    """One picture of a camera or fingerprint scanner, as asked for."""

    type: Literal["captured"] = "captured"
    device: str
    data: str


# From the console.


class Authenticate(_Message):
    type: Literal["authenticate"] = "authenticate"
    protocol: Literal[1]
    ticket: Annotated[str, Field(max_length=LONGEST_TICKET)]


class AwaitDocument(_Message):
    """Nobody is being inspected: the next document may come."""

    type: Literal["await_document"] = "await_document"


class Taken(_Message):
    """The console has what was read of this document; the agent forgets it."""

    type: Literal["taken"] = "taken"
    document: UUID


class OpenWithNumber(_Message):
    """Open the chip of this document with its card access number, which an officer read from the page."""

    type: Literal["open_with_number"] = "open_with_number"
    document: UUID
    #: Six digits (BSI TR-03110-3 clause D.1.1); they are told to nobody but the chip.
    number: Annotated[str, Field(pattern=r"^[0-9]{6}$", repr=False)]


class Capture(_Message):
    type: Literal["capture"] = "capture"
    device: Annotated[str, Field(max_length=120)]


class SelfTest(_Message):
    type: Literal["self_test"] = "self_test"
    device: Annotated[str, Field(max_length=120)]


FromAgent: TypeAlias = (
    Hello
    | Welcome
    | Refused
    | TakenOver
    | DeviceArrived
    | DeviceLeft
    | DeviceTested
    | DocumentPlaced
    | MrzRead
    | Image
    | ChipProgress
    | ChipEvent
    | ChipRead
    | Failed
    | DocumentRead
    | DocumentRemoved
    | BarcodeRead
    | Captured
)
FromConsole: TypeAlias = Annotated[
    Authenticate | AwaitDocument | OpenWithNumber | Taken | Capture | SelfTest, Field(discriminator="type")
]
_CONSOLE: TypeAdapter[FromConsole] = TypeAdapter(FromConsole)


def read(text: str | bytes) -> FromConsole:
    """A message of a console. Raises `UnreadableError` for any that is not of the protocol."""
    try:
        return _CONSOLE.validate_json(text)
    except ValidationError as error:
        cause = error.errors()[0]["msg"]
        raise UnreadableError("this is no message of the protocol: %(cause)s", cause=cause) from error


def in_base64(data: bytes) -> str:
    return b64encode(data).decode("ascii")
