"""A counter that runs over is no restart, and a restart is one whatever the counter says."""

from __future__ import annotations

import pytest

from gatehouse.monitoring.domain.uptime import WRAP, Uptime, restarted

DAY = 86_400


@pytest.mark.parametrize(
    ("before", "now", "elapsed_s", "expected"),
    [
        (Uptime(1_000), Uptime(4_000), 30, False),
        (Uptime(1_000), Uptime(1_000), 0, False),
        (Uptime(500_000), Uptime(200), 30, True),
        (Uptime(WRAP - 1_000), Uptime(2_000), 30, False),
        (Uptime(WRAP - 1_000), Uptime(0), 10, False),
        (Uptime(WRAP - 1_000), Uptime(9_000), 30, True),
        (Uptime(WRAP - 100_000), Uptime(200), 30, True),
        (Uptime(WRAP - 8_640_000), Uptime(8_640_000), 2 * DAY, False),
        (Uptime(WRAP - 8_640_000), Uptime(8_600_000), 2 * DAY, False),
        (Uptime(500_000, boots=3), Uptime(200, boots=3), 30, False),
        (Uptime(500_000, boots=3), Uptime(700_000, boots=4), 30, True),
        (Uptime(500_000, boots=3), Uptime(200), 30, True),
    ],
    ids=[
        "goes on", "asked twice at once", "begins anew", "runs over", "runs over to zero",
        "would have run over to less",
        "was far from running over", "runs over between two days", "runs over, and drifts",
        "says itself that it was not",
        "says itself that it was", "tells its restarts no longer",
    ],
)  # fmt: skip
def test_restarts(before: Uptime, now: Uptime, elapsed_s: float, expected: bool) -> None:
    assert restarted(before, now, elapsed_s) is expected


def test_it_runs_over_after_497_days() -> None:
    assert round(WRAP / 100 / DAY, 1) == 497.1
