"""The settings of a supervisor's desk: which lanes, and where their tokens lie."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

from gatehouse.device.settings_file import settings_in

MOST_LANES = 10


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LaneAddress(_Section):
    name: Annotated[str, Field(pattern=r"^[A-Z0-9][A-Z0-9-]{0,31}$")]
    #: Of the lane's guidance page: "ws://127.0.0.1:8981", or "wss://…" before which a proxy stands.
    address: Annotated[str, Field(pattern=r"^wss?://[^\s/]+$")]
    #: The file with the lane's officer token.
    token: Path


class DeskSettings(_Section):
    #: The port on 127.0.0.1; 0 takes any that is free.
    page: Annotated[int, Field(ge=0, le=65535)] = 8991
    #: The file with the code that the desk asks for; made where it is not there.
    code: Path
    lanes: Annotated[tuple[LaneAddress, ...], Field(min_length=1, max_length=MOST_LANES)]

    @field_validator("lanes")
    @classmethod
    def _each_once(cls, given: tuple[LaneAddress, ...]) -> tuple[LaneAddress, ...]:
        if len({lane.name for lane in given}) < len(given):
            raise ValueError("a lane is named twice")
        return given

    @classmethod
    def load(cls, file: Path) -> DeskSettings:
        """Raises `UnreadableError` with the line or value that is wrong."""
        return settings_in(file, cls)
