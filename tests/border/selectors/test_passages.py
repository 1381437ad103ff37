"""A month counts its crossings or its tally, never both."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from tests.border import desk

from gatehouse.border.api import (
    Channel,
    CrossingFacts,
    CrossingKey,
    DecisionKind,
    Direction,
    EnrolmentPlace,
    MonthEnrolments,
    MonthPassages,
    Passages,
    Who,
    crossing_correct,
    crossing_record,
    decision_take,
    enrolment_tallies_record,
    enrolments_of,
    passage_tallies_record,
    passages_of,
)
from gatehouse.kernel.errors import ForbiddenError, RefusedError
from gatehouse.kernel.figure import digest_of
from gatehouse.platform.actors import Actor, ActorKind

pytestmark = pytest.mark.django_db
STATISTICIAN = Actor(ActorKind.USER, "lin", frozenset({"figures.read", "figures.record"}))
SPRING = (date(2023, 5, 1), date(2023, 6, 30))


def through_a_gate(sequence: int, moment: str, state: str = "TWN", direction: Direction = Direction.EXIT) -> UUID:
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    facts = CrossingFacts("TPE", direction, at, desk.of_state(state))
    key = CrossingKey("T1-A01", 1, sequence)
    return crossing_record(clock=desk.clock(), device=desk.LANE, key=key, crossing=facts, profile=desk.TW).id


def at_a_desk() -> None:
    at = desk.clock()
    inspection = desk.opened(at, desk.of_state("TWN"))
    decision_take(clock=at, officer=desk.INSPECTOR, inspection=inspection, kind=DecisionKind.ADMIT, profile=desk.TW)


def counted(who: Who = Who.NATIONALS, period: tuple[date, date] = SPRING, **asked: Any) -> Passages:
    ways = {"directions": list(Direction), "channels": list(Channel), **asked}
    return passages_of(who, period, reader=STATISTICIAN, profile=desk.TW, **ways)


def short(found: Passages) -> list[tuple[str, str, str, int]]:
    return [(each.month.isoformat()[:7], each.direction, each.channel, each.count) for each in found.counts]


def tally(count: int, month: date = date(2023, 5, 1), **changes: Any) -> MonthPassages:
    facts: dict[str, Any] = {"port": "TPE", "direction": Direction.EXIT, "who": Who.NATIONALS, "channel": Channel.DESK}
    return MonthPassages(month=month, count=count, source="test", **{**facts, **changes})


def record(*tallies: MonthPassages) -> int:
    return passage_tallies_record(clock=desk.clock(), actor=STATISTICIAN, tallies=tallies)


def test_what_a_device_let_through_took_a_gate_and_what_an_officer_decided_a_desk() -> None:
    first = through_a_gate(1, "2023-05-01T01:00:00")
    second = through_a_gate(2, "2023-05-01T02:00:00", direction=Direction.ENTRY)
    through_a_gate(3, "2023-05-01T03:00:00", "JPN")
    at_a_desk()
    found = counted()
    assert short(found) == [
        ("2023-05", "entry", "desk", 1),
        ("2023-05", "entry", "egate", 1),
        ("2023-05", "exit", "egate", 1),
    ]
    assert short(counted(Who.FOREIGNERS)) == [("2023-05", "exit", "egate", 1)]
    only = counted(directions=[Direction.ENTRY], channels=[Channel.EGATE])
    assert short(only) == [("2023-05", "entry", "egate", 1)]
    assert (only.digest, only.records) == digest_of([{"id": str(second)}])
    assert counted(directions=[Direction.EXIT]).digest == digest_of([{"id": str(first)}])[0]


def test_a_corrected_crossing_keeps_its_channel_and_a_void_one_is_none() -> None:
    turned, undone = through_a_gate(1, "2023-05-01T01:00:00"), through_a_gate(2, "2023-05-01T02:00:00")
    asked: dict[str, Any] = {"clock": desk.clock(), "officer": desk.SUPERVISOR, "reason": "checked", "profile": desk.TW}
    crossing_correct(crossing=turned, direction="entry", **asked)
    crossing_correct(crossing=undone, void=True, **asked)
    assert short(counted()) == [("2023-05", "entry", "egate", 1)]


def test_months_begin_and_end_at_the_border() -> None:
    through_a_gate(1, "2023-04-30T15:59:59")
    through_a_gate(2, "2023-04-30T16:00:00")
    through_a_gate(3, "2023-06-30T15:59:59")
    through_a_gate(4, "2023-06-30T16:00:00")
    assert [each.month for each in counted().counts] == [date(2023, 5, 1), date(2023, 6, 1)]


def test_a_month_with_a_tally_counts_the_tally_alone() -> None:
    record(tally(700), tally(300, channel=Channel.EGATE), tally(40, who=Who.FOREIGNERS))
    before = counted()
    through_a_gate(1, "2023-05-01T01:00:00")  # comes late, into a month that was counted otherwise
    through_a_gate(2, "2023-06-01T01:00:00")
    found = counted()
    assert short(found) == [
        ("2023-05", "exit", "desk", 700),
        ("2023-05", "exit", "egate", 300),
        ("2023-06", "exit", "egate", 1),
    ]
    assert [each.source for each in found.counts] == ["test", "test", ""]
    assert (before.records, found.records) == (2, 3)
    # Nor do its crossings of a class, a way or a channel that the tally does not have.
    assert short(counted(directions=[Direction.ENTRY])) == []


def test_a_tally_is_not_recorded_over_crossings_and_says_its_source() -> None:
    through_a_gate(1, "2023-05-01T01:00:00")
    for wrong, cause in (
        (tally(1), "the crossings of 2023-05 are on record one by one"),
        (tally(1, date(2023, 4, 1), port="XXX"), "there is no port XXX"),
        (tally(1, date(2023, 4, 2)), "by its first day"),
        (tally(-1, date(2023, 4, 1)), "from 0"),
    ):
        with pytest.raises(RefusedError, match=cause):
            record(tally(5, date(2023, 3, 1)), wrong)
    assert short(counted(period=(date(2023, 1, 1), date(2023, 4, 30)))) == []


def test_only_whole_months_are_counted_and_only_for_those_who_may() -> None:
    for period in ((date(2023, 5, 2), date(2023, 6, 30)), (date(2023, 5, 1), date(2023, 6, 29))):
        with pytest.raises(RefusedError, match="whole months"):
            counted(period=period)
    for forbidden in (
        lambda: passages_of(Who.NATIONALS, SPRING, reader=desk.NOT_CLEARED, directions=[], channels=[]),
        lambda: enrolments_of(EnrolmentPlace.LANE, SPRING[1], reader=desk.NOT_CLEARED),
        lambda: passage_tallies_record(clock=desk.clock(), actor=desk.SUPERVISOR, tallies=[tally(1)]),
    ):
        with pytest.raises(ForbiddenError):
            forbidden()


def test_enrolments_up_to_a_day() -> None:
    months = [date(2022, 11, 1), date(2022, 12, 1), date(2023, 1, 1)]
    rows = [MonthEnrolments(month, "TPE", EnrolmentPlace.LANE, 10, "test") for month in months]
    rows.append(MonthEnrolments(months[0], "TPE", EnrolmentPlace.COUNTER, 99, "test"))
    assert enrolment_tallies_record(clock=desk.clock(), actor=STATISTICIAN, tallies=rows) == 4
    found = enrolments_of(EnrolmentPlace.LANE, date(2022, 12, 31), reader=STATISTICIAN)
    assert [(each.month, each.count) for each in found] == [(months[0], 10), (months[1], 10)]
