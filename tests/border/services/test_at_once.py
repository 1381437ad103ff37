"""The same thing done by several at the same moment: threads with connections of their own, on committed rows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.border import desk
from tests.border.records import count
from tests.concurrency import at_once

from gatehouse.border.api import (
    CrossingFacts,
    CrossingKey,
    DecisionKind,
    Direction,
    crossing_correct,
    crossing_record,
    decision_take,
    refusal_confirm,
    refusal_decline,
)
from gatehouse.border.models import Crossing, Decision
from gatehouse.kernel.errors import ConflictError

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 8


def test_eight_threads_that_send_one_passage_record_it_once() -> None:
    facts = CrossingFacts("TPE", Direction.EXIT, datetime(2023, 5, 1, 3, 59, tzinfo=UTC), desk.of_state("TWN"))
    for sequence in range(5):
        key = CrossingKey("T1-A01", 1, sequence)
        got = at_once(
            *[lambda: crossing_record(clock=desk.clock(), device=desk.LANE, key=key, crossing=facts, profile=desk.TW)]  # noqa: B023
            * THREADS
        )
        assert [each.created for each in got].count(True) == 1
        assert len({each.id for each in got}) == 1
    assert Crossing.objects.count() == 5
    assert (count("travellers_traveller"), count("travellers_document"), count("audit_leaf")) == (1, 1, 5)


def test_one_key_with_two_stories_keeps_one_and_says_conflict_to_the_other() -> None:
    moments = [datetime(2023, 5, 1, 3, minute, tzinfo=UTC) for minute in range(2)]
    got = at_once(
        *[
            lambda moment=moment: crossing_record(
                clock=desk.clock(),
                device=desk.LANE,
                key=CrossingKey("T1-A01", 1, 1),
                crossing=CrossingFacts("TPE", Direction.EXIT, moment, desk.of_state("TWN")),
                profile=desk.TW,
            )
            for moment in moments
        ]
    )
    assert sorted(type(each).__name__ for each in got) == ["ConflictError", "Recorded"]
    assert Crossing.objects.count() == 1


def test_two_officers_who_decide_at_once_one_wins() -> None:
    at = desk.clock()
    for number in range(5):
        inspection = desk.opened(at, desk.passport(document_number=f"TK{number}"))
        got = at_once(
            *[
                lambda kind=kind, officer=officer, inspection=inspection: decision_take(
                    clock=at, officer=officer, inspection=inspection, kind=kind, reason="seen", profile=desk.TW
                )
                for officer, kind in (
                    (desk.INSPECTOR, DecisionKind.ADMIT),
                    (desk.SECOND, DecisionKind.ADMIT),
                    (desk.SUPERVISOR, DecisionKind.REFUSE),
                )
            ]
        )
        assert [isinstance(each, ConflictError) for each in got].count(False) == 1
        assert Decision.objects.filter(inspection=inspection).count() == 1
        admitted = not isinstance(got[2], ConflictError)
        assert Crossing.objects.filter(inspection=inspection).count() == (0 if admitted else 1)


def test_a_refusal_confirmed_and_declined_at_once_is_answered_once() -> None:
    at = desk.clock()
    inspection = desk.opened(at, desk.of_state("VNM"))
    decision_take(clock=at, officer=desk.INSPECTOR, inspection=inspection, kind=DecisionKind.REFUSE, profile=desk.TW)
    asked: dict[str, Any] = {"clock": at, "inspection": inspection, "reason": "seen"}
    got = at_once(
        lambda: refusal_confirm(officer=desk.SECOND, **asked), lambda: refusal_decline(officer=desk.SUPERVISOR, **asked)
    )
    assert [isinstance(each, ConflictError) for each in got].count(False) == 1
    answered = Decision.objects.get()
    assert answered.confirmed is not isinstance(got[0], ConflictError)


def test_desks_that_meet_a_new_document_at_once_take_in_one_person() -> None:
    at_once(*[lambda: desk.opened(desk.clock())] * THREADS)
    assert (count("travellers_traveller"), count("border_inspection")) == (1, THREADS)


def test_corrections_at_once_leave_one() -> None:
    facts = CrossingFacts("TPE", Direction.EXIT, datetime(2023, 5, 1, 3, 59, tzinfo=UTC), desk.of_state("TWN"))
    key = CrossingKey("T1-A01", 1, 1)
    wrong = crossing_record(clock=desk.clock(), device=desk.LANE, key=key, crossing=facts, profile=desk.TW).id
    got = at_once(
        *[
            lambda: crossing_correct(
                clock=desk.clock(), officer=desk.SUPERVISOR, crossing=wrong, reason="why", profile=desk.TW, void=True
            )
        ]
        * 4
    )
    assert [isinstance(each, ConflictError) for each in got].count(False) == 1
    assert Crossing.objects.count() == 2
