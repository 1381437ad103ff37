"""Bars of the hours: what is lost is measured by what the target allows to be lost."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction

import pytest

from gatehouse.monitoring.api import Account, HourAccount, State
from gatehouse.web.wall.hours import HEIGHT, hours

START = datetime(2026, 11, 26, 1, tzinfo=UTC)
TARGET = Fraction(9989, 10_000)


def hour(**spent: int) -> HourAccount:
    return HourAccount(START, Account(dict.fromkeys(State, 0) | {State(name): count for name, count in spent.items()}))


@pytest.mark.parametrize(
    ("account", "kind", "height"),
    [
        (hour(up=10_000), "met", HEIGHT),
        (hour(up=9_000, degraded=1_000), "met", HEIGHT),
        (hour(up=9_989, down=11), "met", 75),
        (hour(up=9_978, down=22), "missed", 50),
        (hour(up=5_000, down=5_000), "missed", 4),
        (hour(up=4_999, unknown=5_001), "unknown", 50),
        (hour(up=5_001, unknown=4_999), "met", HEIGHT),
        (hour(planned=10), "unknown", 50),
    ],
)
def test_a_bar_is_as_high_as_the_target_lets_it(account: HourAccount, kind: str, height: float) -> None:
    (bar,) = hours([account], TARGET).bars
    assert (bar.kind, bar.height, bar.y) == (kind, height, HEIGHT - height)


def test_the_whole_is_a_ratio_of_sums_and_cut_off() -> None:
    found = hours([hour(up=99_999, down=1), hour(up=100_000)], TARGET)
    assert found.said == "99.99 %"
    assert found.reached is True
    assert found.missed == 0


def test_nothing_known_is_neither_reached_nor_missed() -> None:
    found = hours([hour(unknown=5)], TARGET)
    assert (found.said, found.reached, found.missed) == ("–", None, 0)


def test_a_target_of_everything_forgives_nothing() -> None:
    found = hours([hour(up=99, down=1), hour(up=100)], Fraction(1))
    assert [(bar.kind, bar.height) for bar in found.bars] == [("missed", 4), ("met", HEIGHT)]
