"""The reference year in the store of a test, and the people who write and publish its report."""

from __future__ import annotations

from gatehouse.performance.api import narrative_write, years_load
from gatehouse.platform.actors import Actor, ActorKind
from gatehouse.platform.profile import SHIPPED
from gatehouse.web.clock import CLOCK

YEAR = "/performance/112/"
SOUTH = "southern-building"
OTHER = Actor(ActorKind.USER, "colleague", frozenset({"performance.read", "performance.record"}))


def load() -> None:
    """Every record and the narrative of year 112, as they are shipped."""
    years_load(SHIPPED / "tw" / "performance", clock=CLOCK, actor=Actor.system("test"))


def written_by_a_colleague(part: str, text: str, *, position: int = 9) -> int:
    """A revision that somebody else keeps while a person is at the desk."""
    return narrative_write(clock=CLOCK, actor=OTHER, year=112, part=part, position=position, text=text)
