"""The shapes on the wire. Unknown fields are an error, so that a typing slip is not taken for silence."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, ConfigDict, Field

from gatehouse.border.api import Capacity, Direction


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


class ErrorOut(_Strict):
    error: str
