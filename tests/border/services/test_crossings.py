"""The ledger: a passage is recorded once, a row is never changed, a correction is a new row."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from tests.border import desk
from tests.border.records import count, everything

from gatehouse.border.api import (
    Capacity,
    CrossingFacts,
    CrossingKey,
    DecisionKind,
    Direction,
    Recorded,
    crossing_correct,
    crossing_record,
    decision_take,
)
from gatehouse.border.models import Crossing
from gatehouse.kernel.errors import ConflictError, ForbiddenError, NotFoundError, RefusedError, UnreadableError
from gatehouse.platform.database import run

pytestmark = pytest.mark.django_db
KEY = CrossingKey("TPE-T1-A01", 7, 1)


def facts(**changes: Any) -> CrossingFacts:
    usual = CrossingFacts("TPE", Direction.EXIT, datetime(2023, 5, 1, 3, 59, tzinfo=UTC), desk.of_state("TWN"))
    return replace(usual, **changes)


def record(key: CrossingKey = KEY, **changes: Any) -> Recorded:
    device = changes.pop("device", desk.LANE)
    return crossing_record(clock=desk.clock(), device=device, key=key, crossing=facts(**changes), profile=desk.TW)


def test_a_passage_is_recorded_once_however_often_it_is_sent() -> None:
    first = record(conveyance="CI 101")
    before = everything()
    again = record(conveyance="CI 101")
    assert (first.created, again.created, again.id) == (True, False, first.id)
    assert everything() == before
    found = Crossing.objects.get()
    assert (found.lane, found.boot_epoch, found.sequence) == ("TPE-T1-A01", 7, 1)
    assert (found.direction, found.nationality, found.recorded_by) == ("exit", "TWN", "device:TPE-T1-A01")
    assert found.crossed_at == datetime(2023, 5, 1, 3, 59, tzinfo=UTC)
    assert count("audit_leaf") == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"direction": Direction.ENTRY},
        {"crossed_at": datetime(2023, 5, 1, 3, 59, 1, tzinfo=UTC)},
        {"mrz": desk.of_state("TWN", document_number="350000002")},
        {"last_permitted_day": date(2023, 7, 30)},
        {"capacity": Capacity.CREW},
        {"port": "KHH"},
    ],
)
def test_a_key_used_for_something_else_is_a_conflict(changes: dict[str, Any]) -> None:
    record()
    before = everything()
    with pytest.raises(ConflictError, match="the key TPE-T1-A01/7/1 stands for another passage"):
        record(**changes)
    assert everything() == before


def test_the_same_moment_in_another_zone_is_the_same_passage() -> None:
    first = record()
    taipei = facts().crossed_at.astimezone(desk.rules().zone)
    assert record(crossed_at=taipei).id == first.id


@pytest.mark.parametrize(
    ("key", "changes", "error"),
    [
        (KEY, {"mrz": ""}, UnreadableError),
        (KEY, {"mrz": desk.passport()[:-1]}, UnreadableError),
        (KEY, {"crossed_at": datetime(2023, 5, 1)}, UnreadableError),  # noqa: DTZ001
        (replace(KEY, sequence=-1), {}, UnreadableError),
        (replace(KEY, boot_epoch=2**63), {}, UnreadableError),
        (KEY, {"port": "XXX"}, RefusedError),
        (replace(KEY, lane=""), {}, RefusedError),
        (replace(KEY, lane="x" * 33), {}, RefusedError),
        (KEY, {"conveyance": "x" * 17}, RefusedError),
        (KEY, {"device": desk.INSPECTOR}, ForbiddenError),
    ],
)
def test_what_cannot_be_recorded_changes_nothing(key: CrossingKey, changes: dict[str, Any], error: type) -> None:
    before = everything()
    with pytest.raises(error):
        record(key, **changes)
    assert everything() == before


def test_a_second_passage_of_the_same_document_is_of_the_same_person() -> None:
    record()
    record(replace(KEY, sequence=2), direction=Direction.ENTRY)
    assert Crossing.objects.values("traveller").distinct().count() == 1
    assert count("travellers_traveller") == 1


@pytest.mark.parametrize("statement", ["UPDATE border_crossing SET port = 'KHH'", "DELETE FROM border_crossing"])
def test_the_database_refuses_to_change_or_delete_a_crossing(statement: str) -> None:
    record()
    before = everything()
    with pytest.raises(IntegrityError, match="a crossing is never changed"), transaction.atomic():
        run(statement)
    assert everything() == before


def test_the_database_refuses_a_second_row_of_a_key_and_a_row_from_nowhere() -> None:
    record()
    copy = Crossing.objects.get()
    copy.pk = uuid4()
    with pytest.raises(IntegrityError, match="border_crossing_once"), transaction.atomic():
        copy.save(force_insert=True)
    copy.boot_epoch = copy.sequence = None
    with pytest.raises(IntegrityError, match="border_crossing_has_an_origin"), transaction.atomic():
        copy.save(force_insert=True)
    assert Crossing.objects.count() == 1


def test_an_inspection_gives_one_crossing() -> None:
    at = desk.clock()
    inspection = desk.opened(at)
    decision_take(clock=at, officer=desk.INSPECTOR, inspection=inspection, kind=DecisionKind.ADMIT)
    copy = Crossing.objects.get()
    copy.pk = uuid4()
    with pytest.raises(IntegrityError, match="border_crossing_one_per_inspection"), transaction.atomic():
        copy.save(force_insert=True)


def test_a_correction_is_a_new_row_that_points_to_the_old() -> None:
    wrong = record().id
    old = Crossing.objects.get()
    at = desk.clock()
    at.advance(timedelta(hours=1))
    right = crossing_correct(
        clock=at, officer=desk.SUPERVISOR, crossing=wrong, reason="the lane was turned", direction="entry"
    )
    new = Crossing.objects.get(pk=right)
    assert (new.corrects_id, new.direction, new.reason, new.recorded_by) == (
        wrong,
        "entry",
        "the lane was turned",
        "user:wu",
    )
    assert (new.crossed_at, new.traveller, new.document_number) == (old.crossed_at, old.traveller, old.document_number)
    assert (new.boot_epoch, new.sequence, new.recorded_at) == (None, None, at.now())
    assert Crossing.objects.get(pk=wrong).direction == "exit"
    assert record() == Recorded(wrong, created=False)
    before = everything()
    with pytest.raises(ConflictError, match="corrected before"):
        crossing_correct(clock=at, officer=desk.SUPERVISOR, crossing=wrong, reason="again", void=True)
    assert everything() == before
    crossing_correct(clock=at, officer=desk.SUPERVISOR, crossing=right, reason="did not leave", void=True)
    assert Crossing.objects.filter(void=True).count() == 1


def test_the_database_refuses_a_second_correction() -> None:
    wrong = record().id
    crossing_correct(clock=desk.clock(), officer=desk.SUPERVISOR, crossing=wrong, reason="why", void=True)
    copy = Crossing.objects.get(corrects=wrong)
    copy.pk = uuid4()
    with pytest.raises(IntegrityError, match="corrects_id"), transaction.atomic():
        copy.save(force_insert=True)


def test_what_is_no_correction_changes_nothing() -> None:
    wrong = record().id
    before = everything()
    asked: dict[str, Any] = {"clock": desk.clock(), "officer": desk.SUPERVISOR, "crossing": wrong, "reason": "why"}
    for changes, error in (
        ({}, RefusedError),
        ({"direction": "exit"}, RefusedError),
        ({"direction": "up"}, RefusedError),
        ({"traveller": uuid4()}, RefusedError),
        ({"port": "XXX"}, RefusedError),
        ({"lane": None}, RefusedError),
        ({"conveyance": "x" * 17}, RefusedError),
        ({"nationality": "JAPAN"}, RefusedError),
        ({"crossed_at": "yesterday"}, RefusedError),
        ({"crossed_at": datetime(2023, 5, 1)}, RefusedError),  # noqa: DTZ001
        ({"last_permitted_day": "soon"}, RefusedError),
        ({"void": "perhaps"}, RefusedError),
        ({"void": True, "reason": "x" * 2001}, RefusedError),
        ({"void": True, "reason": " "}, RefusedError),
        ({"void": True, "officer": desk.SECOND}, ForbiddenError),
        ({"void": True, "crossing": uuid4()}, NotFoundError),
    ):
        with pytest.raises(error):
            crossing_correct(**{**asked, **changes}, profile=desk.TW)
        assert everything() == before
