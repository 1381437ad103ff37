"""How long work takes, measured where it is done."""

from __future__ import annotations

import time
from collections.abc import Callable

from gatehouse.kernel.results import Check

_NANOSECONDS = 1_000_000


def timed(make: Callable[[], Check]) -> Check:
    """The check that `make` makes, with the time that it took."""
    begun = time.perf_counter_ns()
    return make().taking((time.perf_counter_ns() - begun) / _NANOSECONDS)
