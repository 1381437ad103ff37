"""The equipment of the demo speaks through the door of real equipment, and the same tag and day fail alike."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.monitoring.equipment import gate, register

from gatehouse.kernel.clock import FixedClock
from gatehouse.monitoring.api import AssetClass, State, conditions_of, hourly
from gatehouse.platform.actors import Actor
from gatehouse.simulation.telemetry import faults, state_of, telemetry_backfill, telemetry_live

NOW = datetime(2024, 2, 2, 12, tzinfo=UTC)
READER = Actor.system("test")
#: A tag that fails on the day, found by trying.
TAG, DAY = next(
    (tag, date(2024, 2, 2)) for tag in (f"G{number}" for number in range(1000)) if faults(tag, date(2024, 2, 2))
)


def test_a_fault_begins_and_ends_within_its_day_and_is_always_the_same() -> None:
    (fault,) = faults(TAG, DAY)
    assert faults(TAG, DAY) == [fault]
    assert fault.start.date() == fault.end.date() == DAY
    assert state_of(TAG, fault.start) is fault.state
    assert state_of(TAG, fault.start - timedelta(seconds=1)) is State.UP
    assert state_of(TAG, fault.end) is State.UP


@pytest.mark.django_db
def test_the_day_before_is_told_at_once_and_goes_on_live() -> None:
    register(gate(TAG), gate("G-well"))
    (fault,) = faults(TAG, DAY)
    after = FixedClock(fault.end + timedelta(hours=1))
    telemetry_backfill(clock=after)
    day = hourly(AssetClass.E_GATE, hours=24, until=after.now(), reader=READER)
    lost = sum((hour.account.buckets[fault.state] for hour in day), start=0)
    whole = int((fault.end - fault.start) / timedelta(milliseconds=1))
    assert abs(lost - whole) <= 1 + whole * (faults("G-well", DAY) != [])
    assert sum(hour.account.buckets[State.UNKNOWN] for hour in day) == 0
    later = FixedClock(after.now() + timedelta(seconds=30))
    assert telemetry_live(clock=later) == []
    assert {each.state for each in conditions_of(clock=later, reader=READER)} == {State.UP}


@pytest.mark.django_db
def test_who_is_no_longer_served_becomes_unknown() -> None:
    register(gate(TAG))
    telemetry_live(clock=FixedClock(NOW))
    (condition,) = conditions_of(clock=FixedClock(NOW + timedelta(minutes=2)), reader=READER)
    assert condition.state is State.UNKNOWN
