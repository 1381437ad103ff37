"""Which device explains which."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from gatehouse.monitoring.domain.incidents import Ailing, cause_of, causes
from gatehouse.monitoring.domain.states import State

NOW = datetime(2026, 11, 26, 3, tzinfo=UTC)


def ailing(*devices: tuple[str, int, tuple[str, ...]]) -> dict[str, Ailing]:
    """Tag, seconds since it does not serve, and what it needs."""
    return {tag: Ailing(tag, State.DOWN, NOW - timedelta(seconds=age), needs) for tag, age, needs in devices}


@pytest.mark.parametrize(
    ("devices", "tag", "cause"),
    [
        ([("G1", 90, ())], "G1", "G1"),
        ([("G1", 90, ("S1",))], "G1", "G1"),
        ([("G1", 90, ("S1",)), ("S1", 80, ())], "G1", "S1"),
        ([("G1", 90, ("S1",)), ("S1", 80, ("P1",)), ("P1", 70, ())], "G1", "P1"),
        ([("G1", 90, ("S1", "S2")), ("S1", 70, ()), ("S2", 80, ())], "G1", "S2"),
        ([("A", 90, ("B",)), ("B", 90, ("A",))], "A", "B"),
    ],
    ids=[
        "alone",
        "what it needs serves",
        "behind a switch",
        "one through the other",
        "the first of two",
        "in a circle",
    ],
)
def test_the_last_of_what_it_needs_explains_a_device(
    devices: list[tuple[str, int, tuple[str, ...]]], tag: str, cause: str
) -> None:
    assert cause_of(tag, ailing(*devices)) == cause


def test_causes_are_named_once_they_lasted() -> None:
    found = ailing(("G1", 61, ("S1",)), ("G2", 60, ("S1",)), ("S1", 59, ()), ("G3", 59, ()), ("G4", 75, ()))
    assert causes(found, NOW) == {"S1": ["G1", "G2"], "G4": ["G4"]}
