"""Bars drawn by the server: one group a day, one bar a direction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gatehouse.border.api import Direction

WIDTH, HEIGHT = 960, 260
LEFT, TOP, BOTTOM = 56, 12, 28
_STEPS = (1, 2, 5)


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    series: int
    value: int
    day: date
    direction: Direction


@dataclass(frozen=True)
class Tick:
    y: float
    value: int


@dataclass(frozen=True)
class Chart:
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    #: Where each day's label stands, and whether there is room for it.
    days: tuple[tuple[float, date], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    bottom: int = HEIGHT - BOTTOM


def chart(days: Sequence[date], counted: dict[tuple[date, Direction], int]) -> Chart:
    """The chart of what was counted by day and direction; days without any stand there empty."""
    top = round_up(max(counted.values(), default=0))
    plot = HEIGHT - TOP - BOTTOM
    group = (WIDTH - LEFT) / len(days)
    width = min(28.0, group * 0.8 / len(Direction))
    bars = []
    for (day, direction), value in sorted(counted.items()):
        series = list(Direction).index(direction)
        middle = LEFT + group * (days.index(day) + 0.5)
        height = plot * value / top
        x = middle + width * (series - len(Direction) / 2)
        bars.append(
            Bar(
                round(x, 1),
                round(TOP + plot - height, 1),
                round(width - 1, 1),
                round(height, 1),
                series + 1,
                value,
                day,
                direction,
            )
        )
    every = -(-len(days) // 10)
    labels = tuple((round(LEFT + group * (n + 0.5), 1), day) for n, day in enumerate(days) if n % every == 0)
    ticks = tuple(Tick(round(TOP + plot * (1 - part / 4), 1), top * part // 4) for part in range(5))
    return Chart(tuple(bars), ticks, labels)


def round_up(value: int) -> int:
    """The least round number from 4 on that holds `value` and parts into four whole steps."""
    scale = 4
    while True:
        for step in _STEPS:
            if scale * step >= value:
                return scale * step
        scale *= 10
