"""How many per second, measured on one core."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def per_second(work: Callable[[Item], object], items: Sequence[Item]) -> float:
    """How many items `work` got through in a second, in one pass over all of them."""
    begin = time.perf_counter()
    for item in items:
        work(item)
    return len(items) / (time.perf_counter() - begin)


def beside(
    ours: Callable[[Item], object], theirs: Callable[[Item], object], items: Sequence[Item], *, passes: int = 2
) -> tuple[float, float]:
    """The best rate of each of two, which take turns so that what else the machine does meets both."""
    rates = [(per_second(ours, items), per_second(theirs, items)) for _ in range(passes)]
    return max(rate for rate, _ in rates), max(rate for _, rate in rates)
