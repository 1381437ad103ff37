from __future__ import annotations

from datetime import date

import pytest

from gatehouse.kernel.errors import RefusedError
from gatehouse.performance.domain.records import Round, Verdict
from gatehouse.performance.domain.rounds import Standing, require_possible, standing

END = date(2023, 12, 31)


def step(number: int, verdict: str, day: str, by: str | None = None) -> Round:
    facts = {"code": "r", "deliverable": "d", "round": number, "verdict": verdict, "day": day, "by": by, "source": "x"}
    return Round.model_validate(facts)


TWICE = [
    step(1, "submitted", "2023-11-06"),
    step(1, "returned", "2023-11-14", "supervision"),
    step(2, "submitted", "2023-11-24"),
    step(2, "approved", "2023-11-30", "supervision"),
    step(2, "approved", "2023-12-07", "agency"),
]


def test_nothing_was_handed_in() -> None:
    assert standing([], on=END) == Standing(0, None, None, None, None)


def test_a_review_is_done_when_the_agency_approved_the_last_round_and_nobody_returned_it() -> None:
    require_possible(TWICE)
    assert standing(TWICE, on=END) == Standing(
        round=2,
        submitted_on=date(2023, 11, 24),
        agency=Verdict.APPROVED,
        supervision=Verdict.APPROVED,
        approved_on=date(2023, 12, 7),
    )
    between = standing(TWICE, on=date(2023, 12, 1))
    assert (between.round, between.supervision, between.agency, between.approved) == (2, Verdict.APPROVED, None, False)
    returned = standing(TWICE, on=date(2023, 11, 20))
    assert (returned.round, returned.supervision, returned.approved) == (1, Verdict.RETURNED, False)


def test_what_supervision_returned_is_not_approved_by_the_agency_alone() -> None:
    steps = [*TWICE[:2], step(1, "approved", "2023-11-15", "agency")]
    assert standing(steps, on=END).approved is False


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([step(1, "approved", "2023-11-06", "agency")], "round 1 is judged before anything was handed in"),
        ([TWICE[0], step(1, "returned", "2023-11-05", "agency")], "round 1 is judged before"),
        ([TWICE[0], step(2, "submitted", "2023-11-24")], "round 2 begins before the one before was returned"),
        ([*TWICE[:2], step(2, "submitted", "2023-11-13")], "round 2 begins before"),
    ],
)
def test_rounds_out_of_order_are_refused(steps: list[Round], said: str) -> None:
    with pytest.raises(RefusedError, match=said):
        require_possible(steps)
