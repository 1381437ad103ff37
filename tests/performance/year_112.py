"""The shipped records of year 112, loaded, and the book that comes of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path

from gatehouse.border.api import tallies_load
from gatehouse.kernel.clock import FixedClock
from gatehouse.monitoring.api import equipment_load
from gatehouse.performance.api import Book, targets_load
from gatehouse.performance.domain.printing import printed
from gatehouse.performance.selectors.book import book_of
from gatehouse.platform.actors import Actor
from gatehouse.platform.profile import SHIPPED

FOLDER = SHIPPED / "tw" / "performance" / "112"
CLOCK = FixedClock(datetime(2024, 2, 1, tzinfo=UTC))
LOADER = Actor.system("loader")


def load(folder: Path = FOLDER) -> dict[str, int]:
    return {
        **equipment_load(folder, clock=CLOCK, actor=LOADER),
        **tallies_load(folder, clock=CLOCK, actor=LOADER),
        **targets_load(folder, clock=CLOCK, actor=LOADER),
    }


def year() -> Book:
    return book_of(112, clock=CLOCK, reader=LOADER)


def shown(book: Book, ids: Collection[str] | None = None) -> dict[str, str]:
    """What entries print: a percentage with two digits, a count with commas; "-" where it is missing."""
    entries = book.entries if ids is None else {id: book[id] for id in ids}
    return {
        id: "-" if entry.figure is None else printed(entry, "percent" if "%" in entry.figure.unit else "number")
        for id, entry in entries.items()
    }
