"""A rule applies from its own effective date, article by article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Dated(BaseModel):
    """A rule with the time in which it is in force, and where it was read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    #: First day in force.
    since: date
    #: Last day in force; None while it is.
    until: date | None = None
    #: The provision, as an officer cites it.
    article: str
    #: Where the text was read, and of which day it is.
    source: str = Field(min_length=1)

    @model_validator(mode="after")
    def _in_order(self) -> Dated:
        if self.until is not None and self.until < self.since:
            raise ValueError("a rule cannot end before it begins")
        return self

    def in_force(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on <= self.until)


class Personal(Dated):
    """A rule for some people, by the nationality that their document names: a state may have other acts for some."""

    #: Three-letter codes as in a machine readable zone (ICAO 9303-3); empty where it is a rule for all.
    nationalities: frozenset[str] = frozenset()
    #: Whom other acts concern.
    other_than: frozenset[str] = frozenset()

    def concerns(self, nationality: str) -> bool:
        return nationality not in self.other_than and (not self.nationalities or nationality in self.nationalities)


Rule = TypeVar("Rule", bound=Dated)


def in_force(rules: Iterable[Rule], on: date) -> Sequence[Rule]:
    """The rules in force on that day, the latest to come into force first."""
    return sorted((rule for rule in rules if rule.in_force(on)), key=lambda rule: rule.since, reverse=True)
