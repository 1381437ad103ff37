from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from gatehouse.performance.api import Month
from gatehouse.web.performance.lines import BOTTOM, HEIGHT, TOP, budget_lines, percent_lines

MONTHS = [date(2023, 1, 31), date(2023, 2, 28)]


def test_a_budget_stands_in_thousands_on_a_scale_from_nothing_to_a_round_number() -> None:
    drawn = budget_lines([Month(MONTHS[0], 18_378_000, 0), Month(MONTHS[1], 91_378_000, 217_000)])
    assert drawn is not None
    assert [value for _, value in drawn.ticks] == [0, 30_000, 60_000, 90_000, 120_000]
    allocated, spent = drawn.lines
    assert [point.value for point in allocated.points] == [18_378, 91_378]
    assert spent.points[0].y == HEIGHT - BOTTOM


def test_no_money_draws_no_curve() -> None:
    assert budget_lines([Month(MONTHS[0], 0, 0)]) is None


@pytest.mark.parametrize(
    ("values", "target", "ticks"),
    [
        (("99.93", "99.97"), "99.95", ["99.93", "99.94", "99.95", "99.96", "99.97"]),
        (("74.7", "75.2"), "65", ["65", "70", "75", "80", "85"]),
        (("100", "100"), None, ["99.96", "99.97", "99.98", "99.99", "100.00"]),
        (("0", "100"), None, ["0", "25", "50", "75", "100"]),
    ],
)
def test_percentages_stand_between_round_steps_that_never_pass_a_hundred(
    values: tuple[str, ...], target: str | None, ticks: list[str]
) -> None:
    drawn = percent_lines(MONTHS, [Decimal(value) for value in values], Decimal(target) if target else None)
    assert drawn is not None
    assert [value for _, value in drawn.ticks] == [Decimal(tick) for tick in ticks]
    assert all(TOP <= point.y <= HEIGHT - BOTTOM for point in drawn.lines[0].points)


def test_no_month_draws_no_course() -> None:
    assert percent_lines([], [], Decimal(65)) is None
