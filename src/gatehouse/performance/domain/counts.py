"""What a report counts of the register of assets and of monthly tallies: definitions, as data of the profile."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from gatehouse.monitoring.domain.assets import IN_PLACE, Asset, AssetClass, Status
from gatehouse.platform.profile import Row


class When(StrEnum):
    """What is asked of an asset: two different questions to one register may well have two answers."""

    #: It came into the status within the year.
    REACHED_IN_YEAR = "reached_in_year"
    #: It had come into the status by the year's last day, in this year or one before.
    REACHED_BY_YEAR_END = "reached_by_year_end"
    #: It stood at its place, in service or not, when the year began.
    IN_PLACE_AT_YEAR_START = "in_place_at_year_start"
    #: It stood at its place, in service or not, on the year's last day.
    IN_PLACE_AT_YEAR_END = "in_place_at_year_end"


_REACHED = frozenset({When.REACHED_IN_YEAR, When.REACHED_BY_YEAR_END})


class AssetCount(Row):
    """Assets of a class, or the sites that have them. What is not given is not asked for."""

    measure: Literal["assets"]
    asset_class: AssetClass
    when: When
    status: Status | None = None
    generation: int | None = None
    sites: frozenset[str] | None = None
    plan: str | None = None
    #: Only those that came in another one's place.
    replacing: bool = False
    of: Literal["assets", "sites"] = "assets"

    @model_validator(mode="after")
    def _a_status_to_reach(self) -> AssetCount:
        if (self.when in _REACHED) != (self.status is not None):
            raise ValueError("a status is given where it is to be reached, and only there")
        return self

    def found(self, assets: Iterable[Asset], period: tuple[date, date]) -> list[Asset]:
        """Those of the assets that the question asks for, in a year from its first to its last day."""
        return [asset for asset in assets if self._concerns(asset) and self._holds(asset, period)]

    def value(self, found: Iterable[Asset]) -> int:
        """How many these are."""
        return len({asset.tag if self.of == "assets" else asset.site for asset in found})

    def _concerns(self, asset: Asset) -> bool:
        return (
            asset.asset_class is self.asset_class
            and self.generation in {None, asset.generation}
            and (self.sites is None or asset.site in self.sites)
            and self.plan in {None, asset.plan}
            and (bool(asset.replaces) or not self.replacing)
        )

    def _holds(self, asset: Asset, period: tuple[date, date]) -> bool:
        first, last = period
        if self.status is None:
            day = last if self.when is When.IN_PLACE_AT_YEAR_END else first - timedelta(days=1)
            return asset.on(day) in IN_PLACE
        reached = asset.reached(self.status)
        return reached is not None and reached <= last and (self.when is not When.REACHED_IN_YEAR or first <= reached)


class EnrolmentCount(Row):
    """Enrolments for e-gates at a place from the first on record to the year's last day."""

    measure: Literal["enrolments"]
    place: Literal["counter", "lane"]


class CountDefinition(Row):
    """A count by the id that the book gives it."""

    id: str = Field(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$")
    version: int = Field(ge=1)
    name: dict[str, str]
    definition: dict[str, str]
    unit: str
    count: Annotated[AssetCount | EnrolmentCount, Field(discriminator="measure")]
