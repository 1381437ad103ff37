"""Lines over months drawn by the server: the budget curve, and the course of an indicator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gatehouse.performance.api import Month

WIDTH, HEIGHT = 960, 260
#: How far apart the ticks of percentages may stand.
_STEPS = ("0.01", "0.02", "0.05", "0.1", "0.2", "0.5", "1", "2", "5", "10", "20")
LEFT, RIGHT, TOP, BOTTOM = 76, 24, 14, 28


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float
    value: Decimal


@dataclass(frozen=True, slots=True)
class Line:
    points: tuple[Point, ...]

    @property
    def path(self) -> str:
        return " ".join(f"{point.x},{point.y}" for point in self.points)

    @property
    def last(self) -> Point:
        return self.points[-1]


@dataclass(frozen=True, slots=True)
class Lines:
    """`ticks` are the values of the axis with their places, `months` the places of the months' labels."""

    lines: tuple[Line, ...]
    ticks: tuple[tuple[float, Decimal], ...]
    months: tuple[tuple[float, date], ...]
    #: Where the target stands, if there is one.
    target: float | None = None
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM


def budget_lines(curve: Sequence[Month]) -> Lines | None:
    """Allocated and spent in thousands, from the year's start to each month's end; None where no money moved."""
    top = max((max(each.allocated, each.spent) for each in curve), default=0) // 1000
    if not top:
        return None
    highest = Decimal(_round_up(top))
    months = [each.last_day for each in curve]
    allocated = [Decimal(each.allocated) / 1000 for each in curve]
    spent = [Decimal(each.spent) / 1000 for each in curve]
    return _drawn(months, (allocated, spent), (Decimal(0), highest))


def percent_lines(months: Sequence[date], values: Sequence[Decimal], target: Decimal | None) -> Lines | None:
    """Percentages by month with their target. The axis begins below the least of them, not at 0; None for no month."""
    if not months:
        return None
    known = [*values, *([target] if target is not None else [])]
    return _drawn(months, (values,), _bounds(min(known), max(known)), target)


def _bounds(least: Decimal, most: Decimal) -> tuple[Decimal, Decimal]:
    """The closest four equal, round steps that hold both; never above 100 nor below 0."""
    for step in map(Decimal, _STEPS):
        low = min(least // step * step, 100 - 4 * step)
        if low >= 0 and low + 4 * step >= most:
            return low, low + 4 * step
    return Decimal(0), Decimal(100)


def _round_up(value: int) -> int:
    """The least round number that holds `value` and parts into four whole, round steps: 91378 becomes 120000."""
    scale = 1
    while True:
        for step in (4, 8, 12, 16, 20, 24, 28, 32, 36):
            if scale * step >= value:
                return scale * step
        scale *= 10


def _drawn(
    months: Sequence[date],
    series: Sequence[Sequence[Decimal]],
    bounds: tuple[Decimal, Decimal],
    target: Decimal | None = None,
) -> Lines:
    step = (WIDTH - LEFT - RIGHT) / max(len(months) - 1, 1)
    places = [round(LEFT + step * number, 1) for number in range(len(months))]
    low, high = bounds

    def y(value: Decimal) -> float:
        share = float((value - low) / (high - low))
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - share), 1)

    return Lines(
        lines=tuple(
            Line(tuple(Point(x, y(value), value) for x, value in zip(places, values, strict=True))) for values in series
        ),
        ticks=tuple((y(low + (high - low) * part / 4), low + (high - low) * part / 4) for part in range(5)),
        months=tuple(zip(places, months, strict=True)),
        target=None if target is None else y(target),
    )
