"""The days that the law names stand in the book, by act and article, each with where it was read."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from gatehouse.kernel.clock import FixedClock
from gatehouse.kernel.errors import ForbiddenError
from gatehouse.kernel.figure import Declared
from gatehouse.performance.domain.printing import printed
from gatehouse.performance.selectors.law import law_entries
from gatehouse.platform.actors import Actor

CLOCK = FixedClock(datetime(2024, 2, 1, tzinfo=UTC))
ENTRIES = {entry.id: entry for entry in law_entries(112, clock=CLOCK, reader=Actor.system("test"))}


@pytest.mark.parametrize(
    ("id", "day", "shown"),
    [
        ("law.D0080132.promulgated", date(2023, 6, 28), "112年6月28日"),
        ("law.D0080132.65.in-force", date(2024, 1, 1), "113年1月1日"),
        ("law.D0080132.36.in-force", date(2024, 3, 1), "113年3月1日"),
        ("law.D0080132.74-1.in-force", date(2024, 3, 1), "113年3月1日"),
        ("law.D0080177.promulgated", date(2023, 6, 14), "112年6月14日"),
        ("law.D0080177.in-force", date(2024, 1, 1), "113年1月1日"),
    ],
)
def test_a_day_is_looked_up(id: str, day: date, shown: str) -> None:
    figure = ENTRIES[id].figure
    assert figure is not None
    assert figure.value == day
    assert printed(ENTRIES[id], "date") == shown
    assert isinstance(figure.evidence, Declared)
    assert figure.evidence.on == date(2024, 10, 11)
    assert "read 2024-10" in figure.evidence.owner


def test_an_act_with_two_days_has_none_as_a_whole() -> None:
    assert "law.D0080132.in-force" not in ENTRIES
    assert ENTRIES["law.D0080132.36.in-force"].name == {
        "zh-hant": "入出國及移民法第36條施行日",
        "en": "Immigration Act, article 36: first day in force",
    }


def test_a_year_knows_no_later_text() -> None:
    entries = {entry.id: entry for entry in law_entries(111, clock=CLOCK, reader=Actor.system("test"))}
    figure = entries["law.D0080132.36.in-force"].figure
    assert figure is not None
    assert figure.value == date(2022, 1, 28)
    assert "law.D0080132.74-1.in-force" not in entries
    assert "law.D0080224.promulgated" not in entries


def test_a_device_reads_none() -> None:
    with pytest.raises(ForbiddenError):
        law_entries(112, clock=CLOCK, reader=Actor.device("lane-1"))
