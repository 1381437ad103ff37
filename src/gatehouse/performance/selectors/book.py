"""The book of a year, from all who keep figures of it."""

from __future__ import annotations

from typing import Protocol

from gatehouse.kernel.clock import Clock
from gatehouse.performance.domain.book import Book, Entry, book
from gatehouse.performance.selectors.counts import count_entries
from gatehouse.performance.selectors.facts import fact_entries
from gatehouse.performance.selectors.indicators import indicator_entries
from gatehouse.performance.selectors.law import law_entries
from gatehouse.performance.selectors.plans import plan_entries
from gatehouse.platform.actors import Actor


class Source(Protocol):
    def __call__(self, year: int, *, clock: Clock, reader: Actor) -> list[Entry]:
        """The entries of a ROC year that one part of the room keeps, as the records stand now."""
        ...


#: Who keeps figures of a year.
SOURCES: tuple[Source, ...] = (
    plan_entries,
    fact_entries,
    indicator_entries,
    count_entries,
    law_entries,
)


def book_of(year: int, *, clock: Clock, reader: Actor) -> Book:
    """Every figure of a year. Raises `ForbiddenError`."""
    reader.require("performance.read")
    return book(year, *(source(year, clock=clock, reader=reader) for source in SOURCES))
