"""What a device wrote of itself into its own ledger: true from its own moment, whenever and however it is delivered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.monitoring.equipment import ENGINEER, NOBODY, gate, register

from gatehouse.kernel.clock import FixedClock
from gatehouse.kernel.errors import ForbiddenError
from gatehouse.monitoring.api import (
    Account,
    AssetClass,
    State,
    conditions_of,
    hourly,
    own_word_record,
    silence_record,
)
from gatehouse.monitoring.models import StateInterval
from gatehouse.platform.actors import Actor

pytestmark = pytest.mark.django_db
START = datetime(2024, 2, 1, 1, tzinfo=UTC)
HOUSE = Actor.system("test")
UP, DOWN, UNKNOWN = State.UP, State.DOWN, State.UNKNOWN


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def say(now: float, *words: tuple[float, State]) -> None:
    """Words of the lane by their minute, delivered one after the other in the first second of the minute `now`."""
    clock = FixedClock(at(now))
    for minute, state in words:
        own_word_record(clock=clock, actor=HOUSE, device="D1", state=state, at=at(minute), holds=timedelta(minutes=15))
        clock.advance(timedelta(milliseconds=1))


def live(first: int, last: int, state: State = UP) -> None:
    for minute in range(first, last + 1, 5):
        say(minute, (minute, state))


def silence(now: float) -> None:
    silence_record(clock=FixedClock(at(now)), actor=HOUSE)


def minutes(until: float, hours: int = 1) -> dict[State, float]:
    """Of so many hours before, and none of the one that begins."""
    found = hourly(AssetClass.E_GATE, hours=hours + 1, until=at(until), reader=ENGINEER)
    total = Account.total(hour.account for hour in found)
    return {state: spent / 60_000 for state, spent in total.buckets.items() if spent}


def known(until: float = 60) -> dict[State, float]:
    """Of the hour from minute 0."""
    return minutes(until)


@pytest.fixture(autouse=True)
def _a_lane(db: None) -> None:
    register(gate("D1"))


def test_words_that_come_at_once_count_from_their_moments() -> None:
    live(0, 30)
    say(32, (32, DOWN))
    say(34, (34, UP))
    live(35, 55)
    assert known() == {UP: 58, DOWN: 2}


def test_an_outage_that_took_the_network_along_counts_when_it_is_delivered() -> None:
    live(0, 25)
    silence(41)
    say(41, (30, DOWN), (40, UP))
    live(45, 55)
    assert known() == {UP: 50, DOWN: 10}


def test_a_short_outage_that_is_delivered_later_counts_no_longer_than_it_was() -> None:
    live(0, 10)
    say(26, (14, DOWN), (16, UP), (20, UP), (25, UP))
    live(30, 55)
    assert known() == {UP: 58, DOWN: 2}


@pytest.mark.parametrize("noticed", [True, False])
def test_a_backlog_of_hours_counts_whether_or_not_somebody_noticed_the_silence(noticed: bool) -> None:
    live(0, 5)
    if noticed:
        silence(200)
    say(470, *((minute, UP) for minute in range(10, 470, 5)))
    say(475, (475, UP))
    assert minutes(480, hours=8) == {UP: 480}


def test_a_word_holds_until_it_is_due_and_then_nothing_is_known() -> None:
    live(0, 20)
    silence(40)
    live(50, 55)
    assert known() == {UP: 45, UNKNOWN: 15}


def test_the_same_where_nobody_noticed_the_silence() -> None:
    live(0, 20)
    live(50, 55)
    assert known() == {UP: 45, UNKNOWN: 15}


def test_a_lane_that_never_comes_back_is_unknown_after_its_last_word_ran_out() -> None:
    say(40, (0, UP), (5, UP))
    silence(41)
    assert known() == {UP: 20, UNKNOWN: 40}
    [condition] = conditions_of(clock=FixedClock(at(45)), reader=ENGINEER)
    assert [(word.source, word.state, word.since) for word in condition.words] == [("ledger", UNKNOWN, at(20))]


def test_an_older_word_changes_nothing() -> None:
    live(0, 30)
    say(31, (10, DOWN))
    live(35, 55)
    assert known() == {UP: 60}


def test_a_word_ahead_of_our_clock_is_of_now() -> None:
    say(0, (50, UP))
    live(5, 55)
    assert known() == {UP: 60}


def test_a_day_without_a_change_is_one_row() -> None:
    live(0, 300)
    assert StateInterval.objects.count() == 1


def test_nothing_is_kept_of_a_device_that_is_not_registered_nor_for_anybody() -> None:
    own_word_record(clock=FixedClock(at(0)), actor=HOUSE, device="D9", state=UP, at=at(0), holds=timedelta(minutes=15))
    assert not StateInterval.objects.exists()
    with pytest.raises(ForbiddenError):
        own_word_record(
            clock=FixedClock(at(0)), actor=NOBODY, device="D1", state=UP, at=at(0), holds=timedelta(minutes=15)
        )
