from __future__ import annotations

from datetime import date

import pytest
from tests.border import desk

from gatehouse.border.api import Capacity, DecisionKind, Direction, InspectionState, decision_take
from gatehouse.kernel.results import Result

pytestmark = pytest.mark.django_db


def test_a_visitor_is_admitted_until_the_last_permitted_day() -> None:
    at = desk.clock()
    inspection = desk.opened(at)
    seen = desk.seen(inspection, at)
    assert seen.state is InspectionState.OPEN
    assert seen.ready_ms == 3000
    assert (seen.person.surname, seen.person.given_names, seen.person.age) == ("TANAKA", "HANAKO", 38)
    assert seen.permit is not None
    assert (seen.permit.kind, seen.permit.last_permitted_day) == ("exemption", date(2023, 7, 30))
    assert seen.document.verdict is Result.UNDETERMINED
    assert seen.proposal.kind is DecisionKind.ADMIT
    assert seen.allowed_kinds == (DecisionKind.ADMIT, DecisionKind.REFER, DecisionKind.HOLD, DecisionKind.REFUSE)
    assert seen.history == ()
    taken = decision_take(
        clock=at, officer=desk.INSPECTOR, inspection=inspection, kind=DecisionKind.ADMIT, profile=desk.TW
    )
    assert taken.state is InspectionState.CLOSED
    after = desk.seen(inspection, at)
    assert [crossing.id for crossing in after.history] == [taken.crossing]
    assert after.history[0].last_permitted_day == date(2023, 7, 30)
    assert after.history[0].capacity is Capacity.PASSENGER
    assert after.history[0].direction is Direction.ENTRY
