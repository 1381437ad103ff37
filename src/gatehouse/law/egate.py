"""Who may use automated clearance on a day. What is not known of a person never lets them through a lane."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, field_validator

from gatehouse.kernel.results import Reason
from gatehouse.law.dated import Dated, Personal, in_force
from gatehouse.law.terms import full_years

#: Where a profile keeps its rules.
TABLE = "law/egate.yaml"


class Status(StrEnum):
    NATIONAL = "national"
    #: A national without household registration.
    NWOHR = "nwohr"
    RESIDENT = "resident"
    VISITOR = "visitor"
    MAINLAND = "mainland"
    HK_MACAO = "hk_macao"
    DIPLOMAT = "diplomat"


class Direction(StrEnum):
    ENTRY = "entry"
    EXIT = "exit"


class Enrolment(StrEnum):
    #: Enrolled before, at a counter.
    REGISTERED = "registered"
    #: Enrolled before, or in the lane itself: the face is compared with the chip.
    IN_LANE = "in_lane"
    NONE = "none"


class _Read(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class TravelDocument(_Read):
    """None: not known. `months_valid`: whole months from the day until it expires, negative once it has."""

    type: Annotated[str, Field(pattern=r"^[a-z][a-z_]{0,39}$")] | None
    chip: bool | None
    months_valid: Annotated[int, Field(ge=-1200, le=1200)] | None


class Person(_Read):
    """What is known of somebody who stands before a lane; None where it is not."""

    nationality: Annotated[str, Field(pattern=r"^[A-Z]{1,3}$")] | None
    status: Annotated[Status, Field(strict=False)] | None
    birth_date: date | None
    height_cm: Annotated[float, Field(gt=0, lt=300, allow_inf_nan=False)] | None
    direction: Annotated[Direction, Field(strict=False)] | None
    document: TravelDocument | None
    enrolled: bool | None
    exit_ban: bool | None

    @field_validator("birth_date", mode="before")
    @classmethod
    def _iso(cls, given: Any) -> Any:
        if not isinstance(given, str):
            return given
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", given, re.ASCII):
            raise ValueError("a day is written as 2014-12-31")
        return date.fromisoformat(given)


class Group(Personal):
    """People whom the scheme is for. `least_age` is the group's own, where it is higher than that of all."""

    people: dict[str, str]
    statuses: frozenset[Status] = Field(min_length=1)
    directions: frozenset[Direction] = frozenset(Direction)
    enrolment: Enrolment
    needs_chip: bool = False
    least_age: int = 0
    #: The passport has to be valid for more than so many months.
    valid_over_months: int = 0


class Limit(Dated):
    least_age: int = Field(gt=0)
    least_height_cm: int = Field(gt=0)


class Documents(Dated):
    types: frozenset[str] = Field(min_length=1)
    #: Further documents that people of a status may use.
    also: dict[Status, frozenset[str]] = Field(default_factory=dict)
    needs_chip: bool


class ExitBan(Dated):
    """Whoever is forbidden to leave is sent to the desk, whichever way they go."""


class EgateTable(BaseModel):
    """A profile's `law/egate.yaml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    groups: tuple[Group, ...]
    limits: tuple[Limit, ...]
    documents: tuple[Documents, ...]
    exit_bans: tuple[ExitBan, ...]
    #: Nationalities whose people no act calls foreigners, by the status that they have.
    own_status: dict[str, Status] = Field(default_factory=dict)
    #: Kinds of permits by which somebody resides here.
    residence_permits: frozenset[str] = frozenset()

    def status_of(self, nationality: str, state: str, *, resides: bool) -> Status:
        """Who somebody is by their nationality and whether they hold a permit of residence."""
        if nationality == state:
            # A national who needs a permit to reside has no household registration.
            return Status.NWOHR if resides else Status.NATIONAL
        return self.own_status.get(nationality, Status.RESIDENT if resides else Status.VISITOR)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why somebody is sent to the desk: a code for the words to the person, a reason for the officer, its source."""

    code: str
    reason: Reason
    source: str


@dataclass(frozen=True, slots=True)
class Eligibility:
    """`obstacles` is empty where the person is eligible; `sources` are of every rule that was asked."""

    obstacles: tuple[Obstacle, ...]
    sources: tuple[str, ...]

    @property
    def eligible(self) -> bool:
        return not self.obstacles


def eligibility(table: EgateTable, person: Person, on: date) -> Eligibility:
    """By the rules in force on that day. Of several groups that fit, the one that asks least of the person counts."""
    general = [*_unknown(person), *_general(table, person, on)]
    groups = list(_groups(table.groups, person, on))
    own = min(([*_of_group(group, person, on)] for group in groups), key=len, default=[_no_group(table, person, on)])
    asked: Sequence[Dated] = [
        *groups,
        *in_force(table.limits, on)[:1],
        *in_force(table.documents, on)[:1],
        *in_force(table.exit_bans, on)[:1],
    ]
    obstacles = tuple(_one_of_each([*general, *own]))
    sources = [_cited(rule) for rule in asked] + [each.source for each in obstacles]
    return Eligibility(obstacles, tuple(dict.fromkeys(source for source in sources if source)))


def _one_of_each(obstacles: Iterable[Obstacle]) -> Iterator[Obstacle]:
    seen: set[str] = set()
    for each in obstacles:
        if each.code not in seen:
            seen.add(each.code)
            yield each


def _cited(rule: Dated) -> str:
    until = f"–{rule.until}" if rule.until else "–"
    return f"{rule.article} ({rule.since}{until}): {rule.source}"


def _unknown(person: Person) -> Iterator[Obstacle]:
    """What an officer has to find out: a lane guesses nothing."""
    known = {name: getattr(person, name) for name in Person.model_fields if name != "document"}
    known |= {f"document.{name}": getattr(person.document, name, None) for name in TravelDocument.model_fields}
    for name, value in known.items():
        if value is None:
            yield Obstacle(f"unknown.{name}", Reason("%(field)s is not known", field=name), "")


def _groups(groups: Iterable[Group], person: Person, on: date) -> Iterator[Group]:
    if person.nationality is None or person.status is None:
        return
    for group in in_force(groups, on):
        fits = person.status in group.statuses and group.concerns(person.nationality)
        if fits and (person.direction is None or person.direction in group.directions):
            yield group


def _no_group(table: EgateTable, person: Person, on: date) -> Obstacle:
    first = min(table.groups, key=lambda rule: rule.since, default=None)
    if first is None or on < first.since:
        said = Reason("there is no automated clearance on %(day)s", day=on.isoformat())
        return Obstacle("no_scheme", said, _cited(first) if first else "")
    if person.nationality is None or person.status is None:
        return Obstacle("group", Reason("to whom the person belongs is not known"), "")
    later = [rule for rule in table.groups if rule.since > on and person.status in rule.statuses]
    later = [rule for rule in later if rule.concerns(person.nationality)]
    later = [rule for rule in later if person.direction is None or person.direction in rule.directions]
    if later:
        first = min(later, key=lambda rule: rule.since)
        said = Reason(
            "%(status)s of %(state)s may use it since %(day)s, not on %(on)s",
            status=person.status.value,
            state=person.nationality,
            day=first.since.isoformat(),
            on=on.isoformat(),
        )
        return Obstacle("group", said, _cited(first))
    said = Reason(
        "automated clearance is not for %(status)s of %(state)s on %(direction)s",
        status=person.status.value,
        state=person.nationality,
        direction=person.direction.value if person.direction else "?",
    )
    return Obstacle("group", said, "")


def _general(table: EgateTable, person: Person, on: date) -> Iterator[Obstacle]:
    for limit in in_force(table.limits, on)[:1]:
        yield from _too_young(person, on, limit.least_age, _cited(limit))
        if person.height_cm is not None and person.height_cm < limit.least_height_cm:
            said = Reason("the person is less than %(least)d cm tall", least=limit.least_height_cm)
            yield Obstacle("height", said, _cited(limit))
    for rule in in_force(table.documents, on)[:1]:
        yield from _document(rule, person)
    for ban in in_force(table.exit_bans, on)[:1]:
        if person.exit_ban:
            yield Obstacle("exit_ban", Reason("the person is forbidden to leave"), _cited(ban))


def _too_young(person: Person, on: date, least: int, source: str) -> Iterator[Obstacle]:
    if person.birth_date is not None and full_years(person.birth_date, on) < least:
        yield Obstacle("age", Reason("the person is younger than %(least)d years", least=least), source)


def _document(rule: Documents, person: Person) -> Iterator[Obstacle]:
    document = person.document
    if document is None:
        return
    types = rule.types | (rule.also.get(person.status, frozenset()) if person.status else frozenset())
    if document.type is not None and document.type not in types:
        said = Reason("the lane does not take this kind of document: %(kind)s", kind=document.type)
        yield Obstacle("document", said, _cited(rule))
    if rule.needs_chip and document.chip is False:
        yield Obstacle("chip", Reason("the document has no chip"), _cited(rule))
    # Of none left it is not known whether it ends later in the month or has ended.
    if document.months_valid is not None and document.months_valid < 1:
        said = Reason("the document has expired, or is about to: %(months)d months", months=document.months_valid)
        yield Obstacle("validity", said, _cited(rule))


def _of_group(group: Group, person: Person, on: date) -> Iterator[Obstacle]:
    source, document = _cited(group), person.document
    yield from _too_young(person, on, group.least_age, source)
    if person.enrolled is False and group.enrolment is Enrolment.REGISTERED:
        yield Obstacle("enrolment", Reason("the person is not enrolled"), source)
    compared = person.enrolled is False and group.enrolment is Enrolment.IN_LANE
    if document is not None and document.chip is False and (group.needs_chip or compared):
        without = (
            Reason("nobody is enrolled in the lane without a chip") if compared else Reason("the document has no chip")
        )
        yield Obstacle("chip", without, source)
    months = document.months_valid if document else None
    if months is not None and group.valid_over_months and months <= group.valid_over_months:
        said = Reason("the document has to be valid for more than %(months)d months", months=group.valid_over_months)
        yield Obstacle("validity", said, source)
