"""The files of a year's folder, and reading all of them before anything is stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import Field

from gatehouse.kernel.errors import UnreadableError
from gatehouse.performance.domain import records
from gatehouse.performance.domain.budget import MovementKind
from gatehouse.performance.domain.narrative import parse
from gatehouse.performance.domain.years import period_of
from gatehouse.platform.profile import Row, profile, validated

#: Names the year, and makes a folder one of a year.
HEAD = "year.yaml"


class Part(Row):
    """A part of the narrative and the file that holds it; the parts stand in the order of the report."""

    part: records.Code
    file: str


class Head(Row):
    year: records.Year
    narrative: tuple[Part, ...] = ()


class Budget(Row):
    items: tuple[records.Item, ...]
    movements: tuple[records.Movement, ...] = ()


class PlanFile(Row):
    """A plan with all its records."""

    terms: records.PlanTerms
    milestones: tuple[records.Milestone, ...] = ()
    contracts: tuple[records.Contract, ...] = ()
    events: tuple[records.Event, ...] = ()
    budget: Budget | None = None
    deliverables: tuple[records.Deliverable, ...] = ()
    rounds: tuple[records.Round, ...] = ()
    reviews: tuple[records.Review, ...] = ()


class Plans(Row):
    plans: tuple[PlanFile, ...]


class Facts(Row):
    facts: tuple[records.Fact, ...]


class Value(Row):
    """What a report made elsewhere printed for a figure; `note` says why it differs from ours, where it does."""

    figure: str
    style: str
    printed: str
    note: dict[str, str] = Field(default_factory=dict)


class Published(Row):
    source: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class YearFolder:
    """All files of a year, read and validated. `texts` are the narrative's parts in their order."""

    folder: Path
    year: int
    plans: tuple[PlanFile, ...]
    facts: tuple[records.Fact, ...]
    published: Published | None
    texts: tuple[tuple[str, str], ...]


def years_shipped() -> Path | None:
    """The folder with the years of the profile; None where it ships none."""
    folder = profile().folder / "performance"
    return folder if any(folder.glob(f"*/{HEAD}")) else None


def year_shipped(year: int) -> Path | None:
    """The folder of a year of the profile; None where it ships none of that year."""
    shipped = years_shipped()
    folders = year_folders(shipped) if shipped else ()
    return next((each for each in folders if validated(each / HEAD, Head).year == year), None)


def year_folders(folder: Path) -> list[Path]:
    """The folder itself where it is one of a year, else those in it. Raises `UnreadableError` where there is none."""
    if (folder / HEAD).is_file():
        return [folder]
    found = sorted(head.parent for head in folder.glob(f"*/{HEAD}"))
    if not folder.is_dir():
        raise UnreadableError("there is no folder %(folder)s", folder=str(folder))
    if not found:
        raise UnreadableError("%(folder)s holds no year: there is no %(head)s in it", folder=str(folder), head=HEAD)
    return found


def read_year(folder: Path) -> YearFolder:
    """Read and validate all files of a year's folder; those of other rooms are read by these.

    Raises `UnreadableError` with the file, the place in it and what is wrong.
    """
    head = _head(folder)
    plans = validated(folder / "plans.yaml", Plans).plans if (folder / "plans.yaml").exists() else ()
    facts = validated(folder / "facts.yaml", Facts).facts if (folder / "facts.yaml").exists() else ()
    published = validated(folder / "published.yaml", Published) if (folder / "published.yaml").exists() else None
    texts = tuple((part.part, _text(folder / part.file)) for part in head.narrative)
    _require_each_once(folder, plans, facts)
    return YearFolder(folder, head.year, plans, facts, published, texts)


def _head(folder: Path) -> Head:
    head = validated(folder / HEAD, Head)
    try:
        period_of(head.year, profile().agency.calendar)
    except UnreadableError as error:
        raise UnreadableError("%(file)s: %(cause)s", file=str(folder / HEAD), cause=error.reason) from error
    for part in head.narrative:
        if not (folder / part.file).resolve().is_relative_to(folder.resolve()):
            raise UnreadableError(
                "%(file)s: the narrative lies outside the folder: %(part)s", file=str(folder / HEAD), part=part.file
            )
    return head


def _text(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8")
        parse(text)
    except (OSError, ValueError) as error:
        raise UnreadableError("%(file)s cannot be read: %(cause)s", file=str(path), cause=str(error)) from error
    except UnreadableError as error:
        raise UnreadableError("%(file)s: %(cause)s", file=str(path), cause=error.reason) from error
    return text


def _require_each_once(folder: Path, plans: tuple[PlanFile, ...], facts: tuple[records.Fact, ...]) -> None:
    """Two rows with one code would correct each other at every load."""
    for plan in plans:
        for kind, rows in kinds_of(plan):
            _require_once(folder / "plans.yaml", f"{plan.terms.code}.{kind}", [row.code for row in rows])
    _require_once(folder / "plans.yaml", "plans", [plan.terms.code for plan in plans])
    _require_once(folder / "facts.yaml", "facts", [f"{fact.group} {fact.code}" for fact in facts])


def kinds_of(plan: PlanFile) -> Iterator[tuple[str, Sequence[records.Record]]]:
    """The records of a plan by kind, each kind before those that refer to it, what happened in the order of time."""
    budget = plan.budget or Budget(items=())
    events = sorted(plan.events, key=lambda each: each.day)
    movements = sorted(budget.movements, key=_in_first)
    rounds = sorted(plan.rounds, key=lambda each: (each.day, each.round, each.by is not None))
    yield "milestones", plan.milestones
    yield "contracts", plan.contracts
    yield "events", events
    yield "budget.items", budget.items
    yield "budget.movements", movements
    yield "deliverables", plan.deliverables
    yield "rounds", rounds
    yield "reviews", plan.reviews


def _in_first(movement: records.Movement) -> tuple[bool, bool, date]:
    """Allocations, then transfers, then the rest: what a payment draws on is recorded before it."""
    return movement.kind is not MovementKind.ALLOCATION, movement.kind is not MovementKind.TRANSFER, movement.day


def _require_once(file: Path, place: str, codes: list[str]) -> None:
    for code in codes:
        if codes.count(code) > 1:
            raise UnreadableError(
                "%(file)s: %(place)s: %(code)s stands there twice", file=str(file), place=place, code=code
            )
