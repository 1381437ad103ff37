"""The reference year as it is shipped, loaded into the store of a test."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from gatehouse.kernel.clock import FixedClock
from gatehouse.performance.api import years_load
from gatehouse.performance.domain.book import Book
from gatehouse.performance.domain.printing import printed
from gatehouse.performance.selectors.book import book_of
from gatehouse.platform.actors import Actor, ActorKind
from gatehouse.platform.profile import SHIPPED

YEARS = SHIPPED / "tw" / "performance"
CLOCK = FixedClock(datetime(2024, 2, 1, 8, tzinfo=UTC))
WRITER = Actor(ActorKind.USER, "writer", frozenset({"performance.read", "performance.record"}))
PUBLISHER = Actor(ActorKind.USER, "publisher", frozenset({"performance.read", "performance.publish"}))
NOBODY = Actor(ActorKind.USER, "nobody", frozenset())
SOUTH, BORDER = "southern-building", "next-generation-inspection"


def load(folder: Path = YEARS, *, reason: str = "") -> dict[int, dict[str, int]]:
    return years_load(folder, clock=CLOCK, actor=Actor.system("test"), reason=reason)


def the_book() -> Book:
    return book_of(112, clock=CLOCK, reader=WRITER)


def said(id: str, style: str) -> str:
    return printed(the_book()[id], style)
