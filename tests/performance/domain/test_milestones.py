from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from gatehouse.kernel.errors import RefusedError
from gatehouse.performance.domain.milestones import (
    BECOMES,
    FOLLOWS,
    STATE_WORDS,
    EventKind,
    Goal,
    MilestoneState,
    Step,
    progress,
    weighted,
    whole_months,
)

END = date(2023, 12, 31)
WORKS = Goal(MilestoneState.ACCEPTED)
NOT, WHOLLY = Fraction(0), Fraction(1)


def on(month: int, day: int = 1) -> date:
    return date(2023, month, day)


def steps(*kinds: EventKind) -> list[Step]:
    """One a month, from January on."""
    return [Step(on(month), kind) for month, kind in enumerate(kinds, 1)]


def test_the_table_names_every_state_and_every_state_can_be_entered() -> None:
    assert set(FOLLOWS) == set(STATE_WORDS) == set(MilestoneState)
    assert set(BECOMES.values()) == set(MilestoneState) - {MilestoneState.PLANNED}
    entered = {state for states in FOLLOWS.values() for state in states}
    assert entered == set(MilestoneState) - {MilestoneState.PLANNED}


def test_the_state_follows_from_events_in_their_order_whatever_order_they_are_given_in() -> None:
    given = steps(EventKind.TENDER, EventKind.FAILED_TENDER, EventKind.TENDER, EventKind.AWARD, EventKind.START)
    found = progress(WORKS, reversed(given), on=END)
    assert [state.value for _, state in found.history] == [
        "tendered", "failed_tender", "tendered", "awarded", "under_way",
    ]  # fmt: skip
    assert (found.state, found.completion, found.completed_on) == (MilestoneState.UNDER_WAY, NOT, None)
    assert found.began_on == on(1)


def test_a_later_event_is_not_looked_at() -> None:
    given = steps(EventKind.START, EventKind.ACCEPTANCE)
    assert progress(WORKS, given, on=on(1, 31)).completion == 0
    found = progress(WORKS, given, on=on(2))
    assert (found.completion, found.completed_on) == (WHOLLY, on(2))


def test_what_is_complete_stays_complete_when_the_works_are_suspended_later() -> None:
    begun = Goal(MilestoneState.UNDER_WAY)
    found = progress(begun, steps(EventKind.TENDER, EventKind.AWARD, EventKind.START, EventKind.SUSPENSION), on=END)
    assert (found.state, found.completion, found.completed_on) == (MilestoneState.SUSPENDED, WHOLLY, on(3))


def test_a_state_beyond_the_completing_one_completes_too_but_a_suspension_does_not() -> None:
    delivered = Goal(MilestoneState.DELIVERED)
    assert progress(delivered, steps(EventKind.START, EventKind.ACCEPTANCE), on=END).completion == 1
    assert progress(delivered, steps(EventKind.START, EventKind.SUSPENSION), on=END).completion == 0


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        ((EventKind.AWARD,), "on 2023-01-01 a milestone cannot be awarded: before, it is planned"),
        ((EventKind.START, EventKind.TENDER), "on 2023-02-01 a milestone cannot be out to tender: before, it is under"),
        ((EventKind.START, EventKind.ACCEPTANCE, EventKind.SUSPENSION), "cannot be suspended: before, it is accepted"),
        ((EventKind.START, EventKind.SUSPENSION, EventKind.ACCEPTANCE), "cannot be accepted: before, it is suspended"),
        (
            (EventKind.TENDER, EventKind.FAILED_TENDER, EventKind.AWARD),
            "cannot be awarded: before, it is tender failed",
        ),
    ],
)
def test_a_state_that_cannot_follow_is_refused(kinds: tuple[EventKind, ...], said: str) -> None:
    with pytest.raises(RefusedError, match=said):
        progress(WORKS, steps(*kinds), on=END)


def test_measurements_are_a_share_that_never_completes() -> None:
    wall = Goal(MilestoneState.ACCEPTED, Decimal(200))
    measured = [Step(on(1), EventKind.START), Step(on(2), EventKind.MEASUREMENT, Decimal(50))]
    assert progress(wall, measured, on=END).completion == Fraction(1, 4)
    measured.append(Step(on(3), EventKind.MEASUREMENT, Decimal(170)))
    assert progress(wall, measured, on=END).completion == Fraction(99, 100)
    measured.append(Step(on(4), EventKind.ACCEPTANCE))
    assert progress(wall, measured, on=END).completion == 1


def test_weighted_progress_is_the_sum_of_weight_times_completion() -> None:
    parts = [
        (Decimal(10), Fraction(1)),
        (Decimal(20), Fraction(1)),
        (Decimal(28), Fraction(1, 2)),
        (Decimal(42), Fraction(0)),
    ]
    assert weighted(parts) == 44


@pytest.mark.parametrize(
    ("since", "until", "months"),
    [
        (date(2022, 9, 30), date(2023, 12, 31), 15),
        (date(2022, 9, 30), date(2023, 12, 30), 15),
        (date(2022, 9, 30), date(2023, 12, 29), 14),
        (date(2022, 10, 31), date(2022, 11, 30), 1),
        (date(2023, 2, 28), date(2023, 3, 28), 1),
        (date(2023, 5, 5), date(2023, 5, 5), 0),
    ],
)
def test_whole_months(since: date, until: date, months: int) -> None:
    assert whole_months(since, until) == months
