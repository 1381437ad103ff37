"""A Gantt chart drawn by the server: per milestone what was planned, what was done, where it stood still."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from gatehouse.performance.api import MilestoneStanding, MilestoneState, PlanYear

WIDTH, LEFT, RIGHT = 960, 8, 8
TOP, ROW = 26, 54
#: Where in its row the two bars stand, below the milestone's name, and how high each is.
PLANNED, DONE, BAR = 20, 34, 11

_Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Span:
    """A bar. `before` and `after` say that it begins or ends outside of what is drawn."""

    x: float
    width: float
    before: bool
    after: bool


@dataclass(frozen=True, slots=True)
class Row:
    y: int
    milestone: MilestoneStanding
    planned: Span
    done: Span | None
    suspended: tuple[Span, ...]
    #: Where a tender failed.
    failed: tuple[float, ...]
    #: The days of what was done and of each suspension: the second is None while it lasts.
    done_days: tuple[date, date | None] | None
    suspended_days: tuple[tuple[date, date | None], ...]

    @property
    def planned_y(self) -> int:
        return self.y + PLANNED

    @property
    def done_y(self) -> int:
        return self.y + DONE

    @property
    def failed_y(self) -> int:
        return self.y + DONE + BAR


@dataclass(frozen=True, slots=True)
class Gantt:
    rows: tuple[Row, ...]
    #: Where each month begins, and its first day.
    months: tuple[tuple[float, date], ...]
    #: Where the day stands as of which the chart holds.
    today: float
    width: int
    height: int
    bar: int = BAR
    top: int = TOP


def gantt(plan: PlanYear) -> Gantt:
    """The chart of a plan's year, its milestones in the order of the plan."""
    axis = _Axis(plan.period)
    rows = tuple(_row(each, TOP + number * ROW, axis, plan.on) for number, each in enumerate(plan.milestones))
    return Gantt(rows, tuple(axis.months()), axis.after(plan.on), WIDTH, TOP + len(rows) * ROW + 4)


def _row(each: MilestoneStanding, y: int, axis: _Axis, on: date) -> Row:
    began, completed = each.progress.began_on, each.progress.completed_on
    done = axis.span((began, completed or on)) if began else None
    stood = tuple(_suspended(each))
    bars = [axis.span((since, until or on)) for since, until in stood]
    failed = [day for day, state in each.progress.history if state is MilestoneState.FAILED_TENDER]
    planned = axis.span((each.facts.starts, each.facts.ends))
    return Row(
        y=y,
        milestone=each,
        planned=planned or Span(axis.at(each.facts.starts), 0, before=False, after=False),
        done=done,
        suspended=tuple(bar for bar in bars if bar),
        failed=tuple(axis.at(day) for day in failed if axis.holds(day)),
        done_days=(began, completed) if began else None,
        suspended_days=stood,
    )


def _suspended(each: MilestoneStanding) -> Iterator[tuple[date, date | None]]:
    """Each suspension from its day to the day of the next state."""
    history = [*each.progress.history, (None, None)]
    for (since, state), (until, _) in pairwise(history):
        if state is MilestoneState.SUSPENDED and since:
            yield since, until


class _Axis:
    """Days from left to right; a day is as wide as any other."""

    def __init__(self, period: _Days) -> None:
        self.first, self.last = period
        self._day = (WIDTH - LEFT - RIGHT) / ((self.last - self.first).days + 1)

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    def at(self, day: date) -> float:
        """Where a day begins."""
        inside = min(max(day, self.first), self.last + timedelta(days=1))
        return round(LEFT + (inside - self.first).days * self._day, 1)

    def after(self, day: date) -> float:
        """Where a day ends."""
        return self.at(day + timedelta(days=1))

    def span(self, days: _Days) -> Span | None:
        """Both days included; None where no part of them is drawn."""
        since, until = days
        if until < self.first or since > self.last:
            return None
        x = self.at(since)
        return Span(x, round(self.after(until) - x, 1), since < self.first, until > self.last)

    def months(self) -> Iterator[tuple[float, date]]:
        day = self.first
        while day <= self.last:
            yield self.at(day), day
            day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
