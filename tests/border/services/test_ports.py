"""Who is on duty at one port does nothing at another, and looks at nothing there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tests.border import desk
from tests.border.records import everything

from gatehouse.audit.models import Leaf
from gatehouse.border.api import (
    DecisionKind,
    capture_decline,
    crossing_correct,
    decision_take,
    faces_judge,
    inspection_view,
    refusal_confirm,
    second_line_queue,
)
from gatehouse.border.models import Crossing
from gatehouse.kernel.errors import ForbiddenError

pytestmark = pytest.mark.django_db
#: Holds every permission of the border, at Kaohsiung.
ELSEWHERE = replace(desk.SUPERVISOR, name="zhou", port="KHH")
HERE = replace(desk.SUPERVISOR, name="sun", port="TPE")


def attempts(at: Any, open_: Any, waiting: Any, crossing: Any) -> dict[str, Callable[[Any], object]]:
    given: dict[str, Any] = {"clock": at, "profile": desk.TW}
    return {
        "open": lambda officer: desk.opened(at, officer=officer),
        "look": lambda officer: inspection_view(open_, reader=officer, purpose="border_check", **given),
        "decide": lambda officer: decision_take(
            officer=officer, inspection=open_, kind=DecisionKind.REFER, reason="said so", **given
        ),
        "confirm": lambda officer: refusal_confirm(clock=at, officer=officer, inspection=waiting, reason="agreed"),
        "judge": lambda officer: faces_judge(officer=officer, inspection=open_, same=True, **given),
        "decline": lambda officer: capture_decline(officer=officer, inspection=open_, reason="declined", **given),
        "queue": lambda officer: second_line_queue("TPE", at, reader=officer),
        "correct": lambda officer: crossing_correct(
            officer=officer, crossing=crossing, reason="wrong", void=True, **given
        ),
    }


@pytest.mark.parametrize("attempt", ["open", "look", "decide", "confirm", "judge", "decline", "queue", "correct"])
def test_nothing_is_done_or_seen_at_another_port(attempt: str) -> None:
    at = desk.clock()
    closed, open_, waiting = (desk.opened(at, desk.of_state(state)) for state in ("JPN", "KOR", "USA"))
    taken: dict[str, Any] = {"clock": at, "officer": desk.SECOND, "profile": desk.TW, "reason": "said so"}
    decision_take(inspection=closed, kind=DecisionKind.ADMIT, **taken)
    decision_take(inspection=waiting, kind=DecisionKind.REFUSE, **taken)
    act = attempts(at, open_, waiting, Crossing.objects.get().id)[attempt]
    before, leaves = everything(), Leaf.objects.count()
    with pytest.raises(ForbiddenError, match="user:zhou is on duty at KHH and not at TPE"):
        act(ELSEWHERE)
    assert (everything(), Leaf.objects.count()) == (before, leaves)
    act(HERE)
