"""Indicators as they are defined: data of the profile, with versions. A definition is a closed specification of what is
counted over what; nothing of it is ever run as code.
"""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, model_validator

from gatehouse.kernel.errors import NotFoundError
from gatehouse.monitoring.domain.assets import AssetClass
from gatehouse.monitoring.domain.states import State
from gatehouse.performance.domain.achievement import Unit
from gatehouse.platform.profile import Row


class Direction(StrEnum):
    MORE = "more"
    LESS = "less"


class DeviceTime(Row):
    """Time that the devices of a class spent in these states, as the ledger of availability has it."""

    measure: Literal["device_time"]
    asset_class: AssetClass
    states: frozenset[State] = Field(min_length=1)

    def within(self, whole: Query) -> bool:
        return isinstance(whole, DeviceTime) and self.asset_class == whole.asset_class and self.states < whole.states


class Passages(Row):
    """Passages of people through the border, by the channel they took."""

    measure: Literal["passages"]
    who: Literal["nationals", "foreigners"]
    directions: frozenset[Literal["entry", "exit"]] = Field(min_length=1)
    channels: frozenset[Literal["desk", "egate"]] = Field(min_length=1)

    def within(self, whole: Query) -> bool:
        same = isinstance(whole, Passages) and (self.who, self.directions) == (whole.who, whole.directions)
        return isinstance(whole, Passages) and same and self.channels < whole.channels


class MilestoneWeight(Row):
    """The weights of a plan's milestones that fall due in the year: all of them, or what was completed of each."""

    measure: Literal["milestone_weight"]
    milestones: Literal["due", "completed"]

    def within(self, whole: Query) -> bool:
        return isinstance(whole, MilestoneWeight) and (self.milestones, whole.milestones) == ("completed", "due")


Query = Annotated[DeviceTime | Passages | MilestoneWeight, Field(discriminator="measure")]


def plain(query: Query) -> dict[str, Any]:
    """A query as plain data, its lists in order, so that one query has one form."""
    return {
        name: sorted(value) if isinstance(value, list) else value
        for name, value in query.model_dump(mode="json").items()
    }


class Version(Row):
    """What an indicator meant from a day on. A text has the languages of the profile."""

    version: int = Field(ge=1)
    #: First and last day in force; None while it is.
    since: date
    until: date | None = None
    name: dict[str, str]
    formula: dict[str, str]
    numerator: Query
    denominator: Query
    unit: Unit
    direction: Direction
    #: Digits that are printed after the point.
    places: int = Field(ge=0, le=6)
    #: Where the records come from.
    source: dict[str, str]
    owner: dict[str, str]
    period: Literal["year"]
    #: The class of equipment that the value says something about; None where it is about none.
    equipment: AssetClass | None = None
    #: The same ratio at each port, beside the whole.
    by_port: bool = False

    @model_validator(mode="after")
    def _part_of_a_whole(self) -> Version:
        if not self.numerator.within(self.denominator):
            raise ValueError("the numerator is no part of the denominator")
        if self.until is not None and self.until < self.since:
            raise ValueError("a version cannot end before it begins")
        if self.by_port and self.numerator.measure != "passages":
            raise ValueError("only passages are told apart by port")
        return self


class Indicator(Row):
    """An indicator and its versions, the first one first."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    versions: tuple[Version, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_at_a_time(self) -> Indicator:
        if [each.version for each in self.versions] != list(range(1, len(self.versions) + 1)):
            raise ValueError("versions are numbered from 1 in their order")
        if any(before.until is None or before.until >= after.since for before, after in pairwise(self.versions)):
            raise ValueError("a version ends before the next begins")
        return self

    def as_dict(self) -> dict[str, Any]:
        """Plain data, its lists in order."""
        versions = [
            {**each.model_dump(mode="json"), "numerator": plain(each.numerator), "denominator": plain(each.denominator)}
            for each in self.versions
        ]
        return {"id": self.id, "name": self.versions[-1].name, "versions": versions}

    def in_force(self, on: date) -> Version | None:
        """The version of that day; None where the indicator was not defined then."""
        return next(
            (each for each in self.versions if each.since <= on and (each.until is None or on <= each.until)), None
        )


class Word(Row):
    """What something that stands beside a value is called, and what it means."""

    name: dict[str, str]
    definition: dict[str, str]


#: What can stand beside a value.
Beside = Literal["target", "achievement", "achievement-raw", "coverage", "lower-bound", "amended", "port"]


class Registry(Row):
    """All indicators of an agency, in the order of the profile."""

    words: dict[Beside, Word]
    indicators: tuple[Indicator, ...]

    @model_validator(mode="after")
    def _each_once(self) -> Registry:
        if len({each.id for each in self.indicators}) != len(self.indicators):
            raise ValueError("two indicators have one id")
        if len(self.words) != len(get_args(Beside)):
            raise ValueError("a word is missing")
        return self

    def indicator(self, id: str) -> Indicator:
        """Raises `NotFoundError` that names indicators whose id is near."""
        by_id = {each.id: each for each in self.indicators}
        if id not in by_id:
            near = ", ".join(get_close_matches(id, by_id, n=3, cutoff=0.5) or by_id)
            raise NotFoundError("there is no indicator %(id)s; there are: %(near)s", id=id[:64], near=near)
        return by_id[id]
