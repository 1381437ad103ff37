from __future__ import annotations

import time

from gatehouse.kernel.results import Check, Reason, Result
from gatehouse.kernel.timing import timed


def _slow() -> Check:
    time.sleep(0.002)
    return Check("a", Result.SUCCESSFUL, Reason("done"))


def test_a_check_takes_the_time_that_it_took() -> None:
    found = timed(_slow)
    assert found.duration_ms is not None
    assert 2 <= found.duration_ms < 2000
    assert found == Check("a", Result.SUCCESSFUL, Reason("done"))
    assert found.taking(None).duration_ms is None
    assert found.taking(1.23456).duration_ms == 1.235
