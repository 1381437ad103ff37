"""The tables of an agency that a desk needs where the centre is not there: they travel in its bundle."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, field_validator

from gatehouse.device.proposals import ProposalRule
from gatehouse.kernel.errors import RefusedError
from gatehouse.law.hold import HoldRule
from gatehouse.law.stay import Exemption

LONGEST_LANE = 32
LONGEST_CONVEYANCE = 16


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Settings(_Strict):
    """What no law table holds."""

    #: Below this age a traveller is asked for an accompanying adult.
    minor_below: int
    #: From this age somebody can be that adult.
    adult_from: int
    source: str


class Tables(_Strict):
    """What the rules at a desk away from the centre rest on."""

    #: ICAO 9303-3 code of the state whose border this is.
    state: str
    #: Of the days at this border.
    time_zone: str
    #: The ports of the agency by code.
    ports: tuple[str, ...] = Field(min_length=1)
    settings: Settings
    exemptions: tuple[Exemption, ...]
    holds: tuple[HoldRule, ...]
    proposals: tuple[ProposalRule, ...]

    @field_validator("time_zone")
    @classmethod
    def _known(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (OSError, ValueError) as error:
            raise ValueError("there is no such time zone") from error
        return name

    def day(self, moment: datetime) -> date:
        """The day at the border of a moment in UTC."""
        return moment.astimezone(ZoneInfo(self.time_zone)).date()


def require_names(*, lane: str, conveyance: str) -> None:
    """Raises `RefusedError` where a lane, a flight or a ship is named as none is."""
    if not 0 < len(lane) <= LONGEST_LANE or len(conveyance) > LONGEST_CONVEYANCE:
        raise RefusedError(
            "a lane has 1 to %(lane)d characters, a flight or ship at most %(conveyance)d",
            lane=LONGEST_LANE,
            conveyance=LONGEST_CONVEYANCE,
        )
