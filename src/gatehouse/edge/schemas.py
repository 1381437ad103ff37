"""The shapes on the wire. Unknown fields are an error, so that a typing slip is not taken for silence."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field

from gatehouse.border.api import Capacity, Direction
from gatehouse.device.delivery import MOST_EVENTS
from gatehouse.device.ledger.chain import LARGEST_BODY
from gatehouse.device.telemetry import MOST_RECORDS

#: Moments outside these years are no device's; a clock that was reset says 1970 or 2000.
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


def _in_utc(moment: datetime) -> datetime:
    """As it is stored. A zone that is further from UTC than any, which ISO 8601 can write, is told so."""
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise ValueError("it lies outside the years 1900 to 2200")
    return moment.astimezone(UTC)


Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]
_Word = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:-]{1,64}$")]
_Short = Annotated[str, Field(max_length=300)]
_Number = Annotated[float, Field(allow_inf_nan=False)]
_Fact = bool | int | _Number | _Short | Annotated[dict[_Short, _Short], Field(max_length=32)] | None
_Milliseconds = Annotated[float, Field(ge=0, le=3_600_000, allow_inf_nan=False)]
_Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class _Strict(Schema):
    model_config = ConfigDict(extra="forbid")


class CrossingIn(_Strict):
    """One passage, as the lane that let it through reports it."""

    lane: Annotated[str, Field(max_length=32)]
    boot_epoch: Annotated[int, Field(ge=0, lt=2**63, description="how often the lane has started")]
    sequence: Annotated[int, Field(ge=0, lt=2**63, description="the passages since that start, without a gap")]
    port: Annotated[str, Field(max_length=8)]
    direction: Direction
    crossed_at: Annotated[Moment, Field(description="by the lane's clock, with its zone")]
    mrz: Annotated[str, Field(max_length=100, description="the lines of the machine readable zone")]
    capacity: Capacity = Capacity.PASSENGER
    conveyance: Annotated[str, Field(max_length=16)] = ""
    last_permitted_day: date | None = None


class CertificateIn(_Strict):
    """A request to have a device's own key signed."""

    device: Annotated[str, Field(max_length=32)]
    request: Annotated[str, Field(max_length=4096, description="PKCS #10 in PEM, with a key of the curve P-256")]


class CertificateOut(_Strict):
    certificate: Annotated[str, Field(description="in PEM")]
    ends_at: datetime


class CrossingOut(_Strict):
    id: UUID
    created: Annotated[bool, Field(description="false where this passage had been recorded before")]


class EventIn(_Strict):
    """One event of a device's ledger (`docs/mobile.md`)."""

    boot_epoch: Annotated[int, Field(ge=0, lt=2**53, description="rises with each start of the device")]
    sequence: Annotated[int, Field(ge=1, lt=2**53, description="from 1 over the whole ledger, without a gap")]
    at: Annotated[str, Field(max_length=40, description="by the device's clock, ISO 8601 with its zone")]
    kind: Annotated[str, Field(min_length=1, max_length=16)]
    body: Annotated[str, Field(max_length=LARGEST_BODY, description="canonical JSON (RFC 8785), by its kind")]
    previous: _Hash
    hash: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the event with `previous` in it")]


class EventsIn(_Strict):
    """A batch of a ledger, in order and without a gap; an empty one says that the device lives."""

    device: Annotated[str, Field(min_length=1, max_length=32)]
    oldest: Annotated[int, Field(ge=1, lt=2**53, description="the lowest sequence that the device still holds")]
    newest: Annotated[int, Field(ge=0, lt=2**53)]
    waiting_since: Moment | None = None
    sent_at: Annotated[Moment | None, Field(description="the device's clock when it sent this")] = None
    events: Annotated[list[EventIn], Field(max_length=MOST_EVENTS)]


class EventsOut(_Strict):
    acknowledged: Annotated[int, Field(description="up to here all is recorded, along the chain that was sent")]
    missing: Annotated[bool, Field(description="the batch joins nothing that is known: send from the oldest held")]


class TellingIn(_Strict):
    """What a device tells of itself (`docs/workstation.md`, Telemetry). It names no person and no document."""

    id: Annotated[UUID, Field(description="the device's own: a record that is sent again is known by it")]
    kind: Literal["heartbeat", "device", "reading", "fault"]
    at: Annotated[Moment, Field(description="by the device's clock, with its zone")]
    component: Annotated[str, Field(max_length=120)] = ""
    facts: Annotated[dict[_Word, _Fact], Field(max_length=32)] = Field(default_factory=dict)
    timings_ms: Annotated[dict[_Word, _Milliseconds], Field(max_length=64)] = Field(default_factory=dict)


class TelemetryIn(_Strict):
    device: Annotated[str, Field(min_length=1, max_length=32)]
    sent_at: Annotated[Moment, Field(description="by the device's clock: shows how far that is off")]
    records: Annotated[list[TellingIn], Field(max_length=MOST_RECORDS)]


class TelemetryOut(_Strict):
    taken: Annotated[int, Field(description="how many of the records were new")]


class ErrorOut(_Strict):
    error: str
