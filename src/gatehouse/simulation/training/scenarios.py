"""The scenarios, read from the shipped table: without a database, as whoever asks what there is has none."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import TypeAdapter, model_validator

from gatehouse.device.words import DecisionKind
from gatehouse.kernel.errors import NotFoundError
from gatehouse.platform.profile import Row
from gatehouse.simulation.nation import Irregularity


class Asked(StrEnum):
    """What a step looks at."""

    #: The first decision is of one of these kinds.
    FIRST = "first"
    #: No decision is of one of these kinds.
    NEVER = "never"
    #: The case is closed by a decision of one of these kinds.
    FINAL = "final"
    #: A refusal was confirmed, which another officer than who refused does.
    SECOND_PERSON = "second_person"
    #: An officer compared by eye and found another person.
    JUDGED_DIFFERENT = "judged_different"
    #: Every hit was reviewed so.
    HIT_REVIEWED = "hit_reviewed"


class Step(Row):
    check: Asked
    text: Mapping[str, str]
    kinds: tuple[DecisionKind, ...] = ()
    #: A value of `gatehouse.watchlist.api.Review`.
    review: Literal["confirmed", "not the same person"] | None = None
    #: Right as well where the house found no hit to be reviewed.
    optional: bool = False


class Scenario(Row):
    """One case between ordinary travellers. Exactly one of the three says what is peculiar about it."""

    id: str
    title: Mapping[str, str]
    #: What the trainee is told before.
    brief: Mapping[str, str]
    steps: tuple[Step, ...]
    irregularity: Irregularity | None = None
    #: Somebody else comes with a genuine document.
    lookalike: bool = False
    #: Somebody else of the same name is on a list.
    namesake: bool = False

    @model_validator(mode="after")
    def _one_thing(self) -> Scenario:
        if (self.irregularity is not None) + self.lookalike + self.namesake != 1:
            raise ValueError("a scenario is of one thing")
        return self


class Book(Row):
    ordinary: tuple[Step, ...]
    scenarios: tuple[Scenario, ...]


@cache
def book() -> Book:
    table = files("gatehouse.simulation") / "data" / "training.yaml"
    return TypeAdapter(Book).validate_python(yaml.safe_load(table.read_text(encoding="utf-8")))


def scenario_named(id: str) -> Scenario:
    """Raises `NotFoundError` with those that there are."""
    for each in book().scenarios:
        if each.id == id:
            return each
    known = ", ".join(each.id for each in book().scenarios)
    raise NotFoundError("there is no scenario %(id)s; there are %(known)s", id=id, known=known)
