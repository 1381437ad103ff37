from __future__ import annotations

from datetime import date, timedelta

import pytest

from gatehouse.border.api import Direction
from gatehouse.web.figures.chart import HEIGHT, WIDTH, chart

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(("most", "top"), [(0, 4), (4, 4), (5, 8), (21, 40), (996, 2000), (2001, 4000)])
def test_the_scale_ends_at_a_round_number(most: int, top: int) -> None:
    drawn = chart([DAY], {(DAY, Direction.ENTRY): most} if most else {})
    assert [tick.value for tick in drawn.ticks] == [0, top // 4, top // 2, top * 3 // 4, top]


def test_a_bar_is_as_high_as_its_value_and_inside_the_drawing() -> None:
    drawn = chart([DAY], {(DAY, Direction.ENTRY): 40, (DAY, Direction.EXIT): 20})
    entry, left = drawn.bars
    assert (entry.series, left.series) == (1, 2)
    assert entry.height == 2 * left.height
    assert entry.x < left.x
    assert all(bar.x >= 0 and bar.x + bar.width <= WIDTH and bar.y + bar.height <= HEIGHT for bar in drawn.bars)


def test_a_long_period_labels_some_days_alone() -> None:
    days = [DAY + timedelta(days=n) for n in range(93)]
    assert len(chart(days, {}).days) == 10
