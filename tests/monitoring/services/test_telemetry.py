"""Telemetry: at once it is the condition of now, later it fills in what was unknown, and twice is once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.monitoring.equipment import ENGINEER, NOBODY, gate, register

from gatehouse.kernel.clock import FixedClock
from gatehouse.kernel.errors import ForbiddenError
from gatehouse.kernel.ids import new_id
from gatehouse.monitoring.api import (
    Account,
    AssetClass,
    DeviceCondition,
    State,
    Telling,
    conditions_of,
    hourly,
    silence_record,
    telemetry_take,
)
from gatehouse.monitoring.models import TelemetryRecord
from gatehouse.platform.actors import Actor

pytestmark = pytest.mark.django_db
START = datetime(2024, 2, 1, 1, tzinfo=UTC)
DESK = Actor.device("D1")


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def beat(minutes: float, health: str = "successful", **facts: Any) -> Telling:
    return Telling(new_id(), "heartbeat", at(minutes), facts={"every_s": 60, "devices": {"reader": health}, **facts})


def take(now: float, *told: Telling, sent: float | None = None) -> int:
    sent_at = at(now if sent is None else sent)
    return telemetry_take(clock=FixedClock(at(now)), actor=DESK, device="D1", sent_at=sent_at, told=told)


def condition(now: float) -> DeviceCondition:
    (found,) = conditions_of(clock=FixedClock(at(now)), reader=ENGINEER)
    return found


def minutes(now: float) -> dict[str, float]:
    """Of the hour before, and what runs of the next."""
    found = hourly(AssetClass.E_GATE, hours=2, until=at(now), reader=ENGINEER)
    total = Account.total(hour.account for hour in found)
    return {state.value: spent / 60_000 for state, spent in total.buckets.items() if spent}


def test_a_heartbeat_is_the_condition_of_now_and_holds_for_three() -> None:
    register(gate("D1"))
    assert take(1, beat(1)) == 1
    assert condition(1).state is State.UP
    assert condition(3.9).state is State.UP
    assert condition(4.1).state is State.UNKNOWN
    take(5, beat(5, "failed"))
    assert condition(5).state is State.DEGRADED


def test_the_same_again_is_known() -> None:
    register(gate("D1"))
    told = beat(1)
    assert [take(1, told, told), take(1.1, told)] == [1, 0]
    assert TelemetryRecord.objects.count() == 1


def test_an_id_that_another_device_used_is_another_record() -> None:
    told = beat(1)
    given: dict[str, Any] = {"clock": FixedClock(at(1)), "sent_at": at(1), "told": [told, told]}
    found = [telemetry_take(actor=Actor.device(name), device=name, **given) for name in ("D2", "D1", "D2")]
    assert found == [1, 1, 0]
    assert set(TelemetryRecord.objects.values_list("device", "id")) == {("D1", told.id), ("D2", told.id)}


def test_what_was_kept_while_the_network_was_away_fills_in_the_unknown() -> None:
    register(gate("D1"))
    take(0, beat(0))
    silence_record(clock=FixedClock(at(10)), actor=Actor.system("monitor"))
    assert minutes(60) == {"unknown": pytest.approx(60)}
    take(60, *(beat(each) for each in range(1, 58)), beat(60))
    assert minutes(60) == {"up": pytest.approx(59), "unknown": pytest.approx(1)}  # nothing was said of the first
    assert condition(60).state is State.UP


def test_kept_heartbeats_that_are_far_apart_leave_what_lies_between_unknown() -> None:
    register(gate("D1"))
    take(60, beat(0), beat(30))
    assert minutes(60) == {"up": pytest.approx(6), "unknown": pytest.approx(54)}  # three minutes each
    assert condition(60).words == ()


def test_a_clock_that_is_wrong_moves_no_time_and_is_told() -> None:
    register(gate("D1"))
    take(60, beat(0), sent=0)  # its clock is an hour behind
    word = condition(60).words[0]
    assert (word.state, word.detail["skew_s"]) == (State.UP, 3600.0)
    assert TelemetryRecord.objects.get().at == at(0)
    assert TelemetryRecord.objects.get().received_at == at(60)


def test_readings_and_faults_are_kept_and_say_nothing_of_the_condition() -> None:
    register(gate("D1"))
    reading = Telling(new_id(), "reading", at(1), "page", {"outcome": "read"}, {"total": 1234.5})
    assert take(1, reading) == 1
    assert condition(1).words == ()
    assert TelemetryRecord.objects.get().timings_ms == {"total": 1234.5}


def test_a_device_that_is_not_in_the_register_is_kept_and_counted_nowhere() -> None:
    assert take(1, beat(1)) == 1
    assert conditions_of(clock=FixedClock(at(1)), reader=ENGINEER) == []


@pytest.mark.parametrize("every", [0, -5, 10**9, "often", None, True])
def test_an_interval_that_means_nothing_is_bounded(every: object) -> None:
    assert timedelta(seconds=1) <= beat(1, every_s=every).every <= timedelta(hours=1)


def test_it_needs_the_permission() -> None:
    with pytest.raises(ForbiddenError):
        telemetry_take(clock=FixedClock(at(1)), actor=NOBODY, device="D1", sent_at=at(1), told=[beat(1)])
    assert TelemetryRecord.objects.count() == 0


def test_an_id_is_one_of_the_devices_own() -> None:
    assert isinstance(beat(1).id, UUID)
