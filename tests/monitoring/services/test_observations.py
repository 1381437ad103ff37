"""Taking in telemetry: what changed, what the ledger then counts, and that silence is never up."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.monitoring.equipment import ENGINEER, NOBODY, gate, register

from gatehouse.kernel.clock import FixedClock
from gatehouse.kernel.errors import ForbiddenError, RefusedError
from gatehouse.monitoring.api import (
    AssetClass,
    Change,
    Observation,
    State,
    availability_of,
    conditions_of,
    observations_record,
    silence_record,
)
from gatehouse.monitoring.models import Condition, StateInterval
from gatehouse.platform.actors import Actor

pytestmark = pytest.mark.django_db
START = datetime(2024, 2, 1, tzinfo=UTC)
PROBE = Actor.system("probe")


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def seen(minutes: float, state: State, device: str = "G1", source: str = "heartbeat") -> Observation:
    return Observation(device, state, source, at(minutes), timedelta(minutes=1), detail={"seen": minutes})


def take(*said: Observation, now: float = 60) -> list[Change]:
    return observations_record(clock=FixedClock(at(now)), actor=PROBE, observations=said)


def spent(now: float = 60) -> dict[str, int]:
    """Minutes by state of the day, by the ledger."""
    day = date(2024, 2, 1)
    found = availability_of(AssetClass.E_GATE, (day, day), clock=FixedClock(at(now)), reader=ENGINEER)
    return {state.value: each // 60_000 for state, each in found.total.buckets.items() if each}


def test_only_a_change_is_entered() -> None:
    register()
    first = take(seen(0, State.UP), seen(1, State.UP), seen(2, State.DOWN))
    assert first == [
        Change("G1", "heartbeat", None, State.UP, at(0)),
        Change("G1", "heartbeat", State.UP, State.DOWN, at(2)),
    ]
    assert take(seen(3, State.DOWN), seen(1.5, State.UP)) == []  # the older one is late
    assert StateInterval.objects.count() == 2
    row = Condition.objects.get()
    assert (row.state, row.since, row.heard_at, row.due_at, row.detail) == ("down", at(2), at(3), at(4), {"seen": 3})


def test_silence_is_unknown_since_the_last_word() -> None:
    register()
    take(seen(0, State.UP), now=0)
    assert silence_record(clock=FixedClock(at(1)), actor=PROBE) == []
    found = silence_record(clock=FixedClock(at(5)), actor=PROBE)
    assert found == [Change("G1", "heartbeat", State.UP, State.UNKNOWN, at(0))]
    assert silence_record(clock=FixedClock(at(6)), actor=PROBE) == []
    assert "up" not in spent()


def test_who_speaks_after_a_silence_that_nobody_noticed_was_unknown_meanwhile() -> None:
    register()
    take(seen(0, State.UP), seen(1, State.UP))
    assert take(seen(31, State.UP), seen(32, State.DOWN)) == [
        Change("G1", "heartbeat", State.UP, State.UNKNOWN, at(1)),
        Change("G1", "heartbeat", State.UNKNOWN, State.UP, at(31)),
        Change("G1", "heartbeat", State.UP, State.DOWN, at(32)),
    ]
    assert spent()["up"] == 2  # one before, one after
    assert spent()["unknown"] == 8 * 60 + 30  # before the first word, and the half hour


def test_the_worst_of_several_sources_counts() -> None:
    register(gate("G1"), gate("G2"), gate("G3", site="TSA"))
    take(seen(59, State.UP), seen(59, State.DOWN, source="canary"), seen(58.5, State.UP, "G2"))
    found = conditions_of(clock=FixedClock(at(59.9)), reader=ENGINEER, site="TPE")
    assert [(each.asset.tag, each.state, each.since) for each in found] == [
        ("G1", State.DOWN, at(59)),
        ("G2", State.UNKNOWN, at(58.5)),  # it is past due, though nobody swept yet
    ]
    (unwatched,) = conditions_of(clock=FixedClock(at(60)), reader=ENGINEER, site="TSA")
    assert (unwatched.state, unwatched.since, unwatched.words) == (State.UNKNOWN, None, ())


def test_what_is_wrong_is_named_and_nothing_is_stored() -> None:
    register()
    for wrong, cause in (
        (seen(1, State.UP, "G9"), "there is no asset G9"),
        (seen(1, State.PLANNED), "nobody can observe planned"),
        (seen(61, State.UP), "nothing is received after now"),
    ):
        with pytest.raises(RefusedError, match=cause):
            take(seen(0, State.UP), wrong)
    with pytest.raises(ForbiddenError):
        observations_record(clock=FixedClock(at(60)), actor=NOBODY, observations=[seen(0, State.UP)])
    assert (Condition.objects.count(), StateInterval.objects.count()) == (0, 0)
