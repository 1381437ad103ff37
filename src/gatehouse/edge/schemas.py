"""The shapes on the wire. Unknown fields are an error, so that a typing slip is not taken for silence."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, ConfigDict, Field

from gatehouse.border.api import Capacity, Direction
from gatehouse.device.delivery import MOST_EVENTS
from gatehouse.device.ledger.chain import LARGEST_BODY

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
    crossed_at: Annotated[AwareDatetime, Field(description="by the lane's clock, with its zone")]
    mrz: Annotated[str, Field(max_length=100, description="the lines of the machine readable zone")]
    capacity: Capacity = Capacity.PASSENGER
    conveyance: Annotated[str, Field(max_length=16)] = ""
    last_permitted_day: date | None = None


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
    waiting_since: AwareDatetime | None = None
    events: Annotated[list[EventIn], Field(max_length=MOST_EVENTS)]


class EventsOut(_Strict):
    acknowledged: Annotated[int, Field(description="up to here all is recorded, along the chain that was sent")]
    missing: Annotated[bool, Field(description="the batch joins nothing that is known: send from the oldest held")]


class ErrorOut(_Strict):
    error: str
