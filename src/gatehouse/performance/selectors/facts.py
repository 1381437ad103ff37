"""Facts beside plans, and the entries of the book that are counted from them."""

from __future__ import annotations

from gatehouse.kernel.clock import Clock
from gatehouse.performance.domain.book import Entry
from gatehouse.performance.domain.drawing import Drawing, Word
from gatehouse.performance.domain.fact_figures import FactFigure, entry_of
from gatehouse.performance.domain.records import Fact
from gatehouse.performance.models import Fact as FactRow
from gatehouse.performance.selectors.kept import current
from gatehouse.performance.selectors.plans import bounds
from gatehouse.platform.actors import Actor
from gatehouse.platform.profile import Row, profile


class FactWords(Row):
    """What a profile counts of facts, and what it calls the first and last day of a year."""

    first_day: Word
    last_day: Word
    figures: tuple[FactFigure, ...]


def facts_of(group: str, *, reader: Actor) -> list[Fact]:
    """The facts of a group that count, in the order of their codes. Raises `ForbiddenError`."""
    reader.require("performance.read")
    return [row.as_facts() for row in current(FactRow, group=group)]


def fact_entries(year: int, *, clock: Clock, reader: Actor) -> list[Entry]:
    """The book's entries of facts, and the year's first and last day."""
    latest = FactRow.objects.order_by("group", "code", "-revision").distinct("group", "code")
    facts: list[Fact] = [row.as_facts() for row in latest if not row.void]
    words = profile().read("performance/facts.yaml", FactWords)
    calendar = profile().agency.calendar
    period, on = bounds(year, clock)
    drawing = Drawing(year, period, on, clock.now(), {})
    return [
        drawing.entry("year.first-day", words.first_day, period[0], "day", ()),
        drawing.entry("year.last-day", words.last_day, period[1], "day", ()),
        *(entry_of(definition, facts, drawing, calendar) for definition in words.figures),
    ]
