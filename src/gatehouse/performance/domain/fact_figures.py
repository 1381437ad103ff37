"""Figures that are counted from facts beside plans: each by a definition of the profile, a closed specification."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Literal

from pydantic import model_validator

from gatehouse.kernel.figure import Declared, Documented, Evidence
from gatehouse.kernel.results import Reason
from gatehouse.performance.domain.book import Entry
from gatehouse.performance.domain.drawing import Drawing, Word
from gatehouse.performance.domain.records import Code, Fact
from gatehouse.performance.domain.years import year_of

#: number: that of the one fact of the group. first_day, last_day: the earliest `since`, the latest `until`.
#: count: facts in force at the year's end; new: those that began within the year; parties: those they are with.
#: sum: the numbers of tallies within the year. run: years without a gap up to the year; run_since: the first of them.
Measure = Literal["number", "first_day", "last_day", "count", "new", "parties", "sum", "run", "run_since"]


class FactFigure(Word):
    id: str
    group: Code
    measure: Measure
    #: Facts with this label alone: a rating, or what a tally is of.
    label: str | None = None
    unit: str

    @model_validator(mode="after")
    def _whole(self) -> FactFigure:
        if self.measure.startswith("run") and self.label is None:
            raise ValueError("a run is of one rating")
        return self


def entry_of(definition: FactFigure, facts: Sequence[Fact], drawing: Drawing, calendar: str) -> Entry:
    """The entry of a definition; missing where nothing is on record."""
    rows = [
        fact
        for fact in facts
        if fact.group == definition.group
        and fact.since <= drawing.on
        and (definition.label is None or fact.label == definition.label)
    ]
    counted = _counted(definition.measure, rows, drawing, calendar)
    value = _VALUES[definition.measure](counted, calendar) if counted else Reason("nothing is on record")
    own = _own_evidence(counted[0]) if len(counted) == 1 and definition.measure in ("number", "first_day") else None
    return drawing.entry(definition.id, definition, value, definition.unit, counted, evidence=own)


def _counted(measure: Measure, rows: list[Fact], drawing: Drawing, calendar: str) -> list[Fact]:
    """The facts that a measure looks at."""
    begin, _ = drawing.period
    match measure:
        case "new":
            return [row for row in rows if row.since >= begin]
        case "sum":
            return [row for row in rows if row.since >= begin and row.until is not None and row.until <= drawing.on]
        case "count" | "parties":
            return [row for row in rows if row.until is None or row.until >= drawing.on]
        case "run" | "run_since":
            return _run(rows, drawing.year, calendar)
    return rows


def _run(rows: list[Fact], year: int, calendar: str) -> list[Fact]:
    """One fact a year, from the year of the report backwards until one is missing; in the order of time."""
    by_year = {year_of(row.since, calendar): row for row in rows}
    run: list[Fact] = []
    while year in by_year:
        run.insert(0, by_year[year])
        year -= 1
    return run


def _last_day(rows: Sequence[Fact], calendar: str) -> date | Reason:
    ends = [row.until for row in rows if row.until]
    return max(ends) if ends else Reason("nothing is on record")


def _number(rows: Sequence[Fact], calendar: str) -> int | Reason:
    numbers = {row.number for row in rows if row.number is not None}
    return numbers.pop() if len(numbers) == 1 else Reason("more than one number is on record")


_VALUES: Mapping[Measure, Callable[[Sequence[Fact], str], int | date | Reason]] = {
    "number": _number,
    "first_day": lambda rows, _: min(row.since for row in rows),
    "last_day": _last_day,
    "count": lambda rows, _: len(rows),
    "new": lambda rows, _: len(rows),
    "parties": lambda rows, _: len({row.party for row in rows}),
    "sum": lambda rows, _: sum(row.number or 0 for row in rows),
    "run": lambda rows, _: len(rows),
    "run_since": lambda rows, calendar: year_of(rows[0].since, calendar),
}


def _own_evidence(fact: Fact) -> Evidence:
    """A figure that is one fact has that fact's own evidence."""
    if fact.documented:
        read = fact.documented
        return Documented(read.document, read.digest, read.page, (read.read_by, read.confirmed_by))
    if fact.declared is None:
        raise ValueError("a fact is declared or documented")
    return Declared(fact.declared.owner, fact.declared.day)
