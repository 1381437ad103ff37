from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.border import desk

from gatehouse.border.api import DecisionKind, QueueRow, decision_take, second_line_queue
from gatehouse.kernel.errors import ForbiddenError

pytestmark = pytest.mark.django_db


def test_who_is_held_comes_first_then_who_waits_longest() -> None:
    at = desk.clock()
    kinds = (DecisionKind.REFER, DecisionKind.REFER, DecisionKind.HOLD, DecisionKind.HOLD, DecisionKind.ADMIT)
    states = ("JPN", "KOR", "USA", "TWN", "FRA")
    opened = []
    for kind, state in zip(kinds, states, strict=True):
        opened.append(desk.opened(at, desk.of_state(state)))
        asked: dict[str, Any] = {
            "clock": at,
            "officer": desk.INSPECTOR,
            "inspection": opened[-1],
            "reason": "seen",
            "profile": desk.TW,
        }
        decision_take(kind=kind, **asked)
        at.advance(timedelta(minutes=10))
    queue = second_line_queue("TPE", at, reader=desk.SECOND)
    # The national, held last, may be held for two hours only.
    assert [row.inspection for row in queue] == [opened[3], opened[2], opened[0], opened[1]]
    assert [row.waiting for row in queue] == [timedelta(minutes=minutes) for minutes in (20, 30, 50, 40)]
    assert [row.hold_ends_at is not None for row in queue] == [True, True, False, False]
    assert [row.proposed for row in queue] == [DecisionKind.ADMIT] * 4
    assert second_line_queue("KHH", at, reader=desk.SECOND) == []
    with pytest.raises(ForbiddenError):
        second_line_queue("TPE", at, reader=desk.INSPECTOR)


def test_the_queue_shows_nothing_that_a_look_would_have_to_answer_for() -> None:
    """No leaf is left, so a row names who is called and why it is urgent, and nothing of what is on record."""
    assert set(QueueRow.__slots__) == {
        "inspection", "state", "lane", "direction", "surname", "given_names", "nationality", "proposed",
        "waiting_since", "waiting", "hold_ends_at", "overdue",
    }  # fmt: skip
