from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from gatehouse.simulation.clock import DayClock

NOON = datetime(2026, 11, 21, 12, tzinfo=timezone(timedelta(hours=8)))


def test_it_runs_on_from_the_moment_it_was_set_to() -> None:
    clock = DayClock(NOON)
    first, second = clock.now(), clock.now()
    assert first.tzinfo is UTC
    assert NOON <= first <= second < NOON + timedelta(minutes=1)
    clock.set(NOON - timedelta(hours=1))
    assert clock.now() < NOON
