"""Each look at a person has a purpose and leaves a leaf; without either nothing is shown."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from tests.border import desk
from tests.border.records import everything

from gatehouse.audit.api import looks_at
from gatehouse.border.api import (
    DecisionKind,
    Direction,
    crossings_behind,
    crossings_of,
    decision_take,
    inspection_view,
)
from gatehouse.border.models import Crossing
from gatehouse.kernel.errors import ForbiddenError, NotFoundError, RefusedError

pytestmark = pytest.mark.django_db
DAY = date(2023, 5, 1)


def admitted(number: int) -> Crossing:
    at = desk.clock()
    at.advance(timedelta(seconds=number))
    inspection = desk.opened(at, desk.passport(document_number=f"TK{number}"))
    decision_take(clock=at, officer=desk.INSPECTOR, inspection=inspection, kind=DecisionKind.ADMIT, profile=desk.TW)
    return Crossing.objects.get(inspection=inspection)


def test_a_view_of_an_inspection_is_a_look() -> None:
    at = desk.clock()
    inspection = desk.opened(at)
    person = desk.seen(inspection, at, desk.INSPECTOR).person.traveller
    [look] = looks_at(str(person))
    assert (look.actor, look.purpose, look.case) == ("user:chen", "border_check", str(inspection))


def test_without_permission_purpose_or_record_nothing_is_shown_or_written() -> None:
    at = desk.clock()
    inspection = desk.opened(at)
    before = everything()
    with pytest.raises(ForbiddenError):
        inspection_view(inspection, clock=at, reader=desk.NOT_CLEARED, purpose="border_check")
    with pytest.raises(RefusedError, match="needs a purpose"):
        inspection_view(inspection, clock=at, reader=desk.SECOND, purpose="curiosity")
    with pytest.raises(NotFoundError):
        inspection_view(uuid4(), clock=at, reader=desk.SECOND, purpose="border_check")
    person = uuid4()
    with pytest.raises(RefusedError, match="needs a case or a reason"):
        crossings_of(person, clock=at, reader=desk.SECOND, purpose="identification")
    with pytest.raises(ForbiddenError):
        crossings_of(person, clock=at, reader=desk.NOT_CLEARED, purpose="border_check")
    with pytest.raises(ForbiddenError):
        crossings_behind(DAY, "TPE", clock=at, reader=desk.NOT_CLEARED, purpose="border_check", profile=desk.TW)
    assert everything() == before


def test_the_records_behind_a_figure_are_looked_at_one_person_each() -> None:
    crossings = [admitted(number) for number in range(3)]
    asked: dict[str, Any] = {
        "clock": desk.clock(),
        "reader": desk.SUPERVISOR,
        "purpose": "quality_control",
        "reason": "odd count",
    }
    shown = crossings_behind(DAY, "TPE", Direction.ENTRY, profile=desk.TW, limit=2, **asked)
    assert [each.id for each in shown] == [each.id for each in crossings[:2]]
    assert [len(list(looks_at(str(each.traveller)))) for each in crossings] == [1, 1, 0]
    rest = crossings_behind(DAY, "TPE", Direction.ENTRY, profile=desk.TW, offset=2, **asked)
    assert [each.id for each in rest] == [crossings[2].id]
    assert crossings_behind(DAY, "TPE", Direction.EXIT, profile=desk.TW, **asked) == ()
    assert crossings_behind(DAY, "KHH", profile=desk.TW, **asked) == ()
    with pytest.raises(ForbiddenError):  # that there is nobody is an answer too
        crossings_behind(DAY, "KHH", profile=desk.TW, **{**asked, "reader": desk.SECOND})


def test_a_persons_last_five_crossings() -> None:
    at = desk.clock()
    for _ in range(6):
        inspection = desk.opened(at)
        decision_take(clock=at, officer=desk.INSPECTOR, inspection=inspection, kind=DecisionKind.ADMIT, profile=desk.TW)
    person = Crossing.objects.first()
    assert person is not None
    found = crossings_of(person.traveller, clock=at, reader=desk.INSPECTOR, purpose="border_check")
    assert len(found) == 5
    assert {each.document_number for each in found} == {"TK1234567"}
