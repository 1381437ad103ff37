"""The book of a year, from all who keep figures of it."""

from __future__ import annotations

from typing import Protocol

from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import NotFoundError
from gatehouse.performance.domain.book import Book, Entry, book
from gatehouse.performance.selectors.counts import count_entries
from gatehouse.performance.selectors.facts import fact_entries
from gatehouse.performance.selectors.indicators import indicator_entries
from gatehouse.performance.selectors.law import law_entries
from gatehouse.performance.selectors.plans import plan_entries
from gatehouse.platform.actors import Actor


class Source(Protocol):
    def __call__(self, year: int, *, clock: Clock, reader: Actor) -> list[Entry]:
        """The entries of a year of the agency's calendar that one part of the room keeps, as the records stand now."""
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


def entry_of(year: int, id: str, *, clock: Clock, reader: Actor) -> Entry:
    """One entry of the book, asking only those who keep figures until one knows it.

    Raises `ForbiddenError`; `NotFoundError` where nobody does.
    """
    reader.require("performance.read")
    for source in SOURCES:
        for entry in source(year, clock=clock, reader=reader):
            if entry.id == id:
                return entry
    raise NotFoundError("there is no figure %(id)s in %(year)s", id=id[:128], year=year)
