"""What a correlation measures over the events of its window, kept up to date as events come and go.

Each event costs the same however many are in the window, but for medians and percentiles, which are kept sorted.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite
from typing import Protocol

from gatehouse.security.domain.events import Event, Scalar

Together = Callable[[frozenset[str]], bool]


@dataclass(frozen=True)
class Hit:
    """An event that a rule is true of, at a moment in seconds."""

    at: float
    rule: str
    event: Event


class Measured(Protocol):
    """What of a correlation a window has to know."""

    @property
    def kind(self) -> str: ...
    @property
    def rules(self) -> tuple[str, ...]: ...
    @property
    def seconds(self) -> float: ...
    @property
    def count(self) -> float: ...
    @property
    def fields(self) -> tuple[str, ...]: ...
    @property
    def percentile(self) -> int: ...
    @property
    def together(self) -> Together | None: ...


class Window(Protocol):
    def add(self, hit: Hit) -> None: ...

    def drop(self, hit: Hit) -> None:
        """The oldest: it has left the window."""
        ...

    def measured(self, now: float) -> float | None:
        """What is compared with the condition; None where there is nothing to compare."""
        ...


def window_of(correlation: Measured) -> Window:
    match correlation.kind:
        case "event_count":
            return _Events()
        case "value_count":
            return _Values(correlation.fields)
        case "temporal":
            return _Together(correlation.together, correlation.count)
        case "temporal_ordered":
            return _InOrder(correlation.rules, correlation.seconds, correlation.count)
        case "value_sum" | "value_avg":
            return _Sum(correlation.fields, mean=correlation.kind == "value_avg")
    return _Sorted(correlation.fields, None if correlation.kind == "value_median" else correlation.percentile)


class _Events:
    def __init__(self) -> None:
        self._count = 0

    def add(self, hit: Hit) -> None:
        self._count += 1

    def drop(self, hit: Hit) -> None:
        self._count -= 1

    def measured(self, now: float) -> float:
        return self._count


class _Values:
    """How many different ones."""

    def __init__(self, fields: Sequence[str]) -> None:
        self._fields = fields
        self._seen: Counter[tuple[str, ...]] = Counter()

    def add(self, hit: Hit) -> None:
        if values := self._of(hit):
            self._seen[values] += 1

    def drop(self, hit: Hit) -> None:
        if values := self._of(hit):
            self._seen[values] -= 1
            if not self._seen[values]:
                del self._seen[values]

    def measured(self, now: float) -> float:
        return len(self._seen)

    def _of(self, hit: Hit) -> tuple[str, ...]:
        found = (hit.event.fields.get(name.lower()) for name in self._fields)
        return tuple(folded(value) for value in found if value is not None)


class _Together:
    """How many different rules; with a condition in words, as many as are asked for where it is true."""

    def __init__(self, together: Together | None, count: float) -> None:
        self._together, self._count = together, count
        self._seen: Counter[str] = Counter()

    def add(self, hit: Hit) -> None:
        self._seen[hit.rule] += 1

    def drop(self, hit: Hit) -> None:
        self._seen[hit.rule] -= 1
        if not self._seen[hit.rule]:
            del self._seen[hit.rule]

    def measured(self, now: float) -> float | None:
        if self._together is None:
            return len(self._seen)
        return self._count if self._together(frozenset(self._seen)) else None


class _InOrder:
    """Whether the rules came one after the other: of each part of the order the latest beginning is known."""

    def __init__(self, rules: Sequence[str], seconds: float, count: float) -> None:
        self._places = {rule: place for place, rule in enumerate(rules)}
        self._begins: list[float | None] = [None] * len(self._places)
        self._seconds, self._count = seconds, count

    def add(self, hit: Hit) -> None:
        place = self._places[hit.rule]
        begins = hit.at if place == 0 else self._begins[place - 1]
        known = self._begins[place]
        if begins is not None and (known is None or begins > known):
            self._begins[place] = begins

    def drop(self, hit: Hit) -> None:
        """What began before the window is told from its beginning."""

    def measured(self, now: float) -> float | None:
        whole = self._begins[-1]
        return self._count if whole is not None and whole >= now - self._seconds else None


class _Sum:
    """Kept exactly: what was added and taken away again leaves nothing."""

    def __init__(self, fields: Sequence[str], *, mean: bool) -> None:
        self._fields, self._mean = fields, mean
        self._sum, self._count = Fraction(), 0

    def add(self, hit: Hit) -> None:
        for number in _numbers(self._fields, hit):
            self._sum, self._count = self._sum + Fraction(number), self._count + 1

    def drop(self, hit: Hit) -> None:
        for number in _numbers(self._fields, hit):
            self._sum, self._count = self._sum - Fraction(number), self._count - 1

    def measured(self, now: float) -> float | None:
        if not self._count:
            return None
        return float(self._sum / self._count if self._mean else self._sum)


class _Sorted:
    """A percentile is of the nearest rank; without one it is the median, the mean of the two in the middle."""

    def __init__(self, fields: Sequence[str], percentile: int | None) -> None:
        self._fields, self._percentile = fields, percentile
        self._numbers: list[float] = []

    def add(self, hit: Hit) -> None:
        for number in _numbers(self._fields, hit):
            insort(self._numbers, number)

    def drop(self, hit: Hit) -> None:
        for number in _numbers(self._fields, hit):
            del self._numbers[bisect_left(self._numbers, number)]

    def measured(self, now: float) -> float | None:
        count = len(self._numbers)
        if not count:
            return None
        if self._percentile is None:
            return (self._numbers[(count - 1) // 2] + self._numbers[count // 2]) / 2
        return self._numbers[max(0, -(-self._percentile * count // 100) - 1)]


def folded(value: Scalar | tuple[Scalar, ...]) -> str:
    return "\x00".join(str(each) for each in value).casefold() if isinstance(value, tuple) else str(value).casefold()


def _numbers(fields: Sequence[str], hit: Hit) -> Iterator[float]:
    for name in fields:
        value = hit.event.fields.get(name.lower())
        for each in value if isinstance(value, tuple) else (value,):
            try:
                number = float(each)  # type: ignore[arg-type]
            except (TypeError, ValueError):
                continue
            if isfinite(number):
                yield number
