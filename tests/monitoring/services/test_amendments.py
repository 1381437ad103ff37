"""Four eyes on the past of a device."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from tests.concurrency import at_once
from tests.monitoring.equipment import (
    CLOCK,
    COLLEAGUE,
    ENGINEER,
    NOBODY,
    RIGHTS,
    counted,
    hours,
    record,
    register,
    said,
)

from gatehouse.kernel.errors import ConflictError, ForbiddenError, NotFoundError, RefusedError
from gatehouse.monitoring.api import amendment_confirm, amendment_decline, amendment_request, amendments_of
from gatehouse.monitoring.domain.states import State
from gatehouse.monitoring.models import Amendment, AmendmentAnswer
from gatehouse.platform.actors import Actor, ActorKind

DAY = (date(2023, 3, 1), date(2023, 3, 1))
START, END = datetime(2023, 3, 1, 2, tzinfo=UTC), datetime(2023, 3, 1, 8, tzinfo=UTC)


def request(state: State = State.PLANNED, start: datetime = START, end: datetime = END) -> int:
    return amendment_request(
        clock=CLOCK, actor=ENGINEER, tag="G1", start=start, end=end, state=state, reason="the notice was on paper"
    )


def a_day() -> None:
    """Ten to six, by the clock there, two sources say down; all the rest one says up."""
    register()
    record(
        said(State.UP, "2023-03-01T00:00", "2023-03-02T00:00"),
        said(State.DOWN, "2023-03-01T10:00", "2023-03-01T18:00", source="ticket"),
        said(State.DOWN, "2023-03-01T11:00", "2023-03-01T17:00", source="switch"),
    )


@pytest.mark.django_db
def test_it_counts_once_somebody_else_confirmed_it_in_place_of_all_sources() -> None:
    a_day()
    number = request()
    assert hours(counted(DAY)) == {"up": 16, "down": 8}
    amendment_confirm(clock=CLOCK, actor=COLLEAGUE, amendment=number)
    # Two of the eight hours lie outside the stretch.
    found = counted(DAY)
    assert hours(found) == {"up": 16, "down": 2, "planned": 6}
    assert found.records == 5
    [view] = amendments_of(reader=ENGINEER)
    assert (view.number, view.confirmed, view.answered_by) == (number, True, "user:colleague")
    assert amendments_of(reader=ENGINEER, waiting=True) == []


@pytest.mark.django_db
def test_of_two_the_one_that_was_confirmed_last_wins() -> None:
    a_day()
    first, second = request(State.PLANNED), request(State.UP)
    for number in (second, first):
        amendment_confirm(clock=CLOCK, actor=COLLEAGUE, amendment=number)
    assert hours(counted(DAY)) == {"up": 16, "down": 2, "planned": 6}


@pytest.mark.django_db
def test_one_that_was_declined_counts_nothing() -> None:
    a_day()
    number = request()
    with pytest.raises(RefusedError, match="says why"):
        amendment_decline(clock=CLOCK, actor=COLLEAGUE, amendment=number, reason=" ")
    amendment_decline(clock=CLOCK, actor=COLLEAGUE, amendment=number, reason="no such notice")
    assert hours(counted(DAY)) == {"up": 16, "down": 8}
    with pytest.raises(ConflictError, match="answered before"):
        amendment_confirm(clock=CLOCK, actor=COLLEAGUE, amendment=number)
    assert AmendmentAnswer.objects.count() == 1


@pytest.mark.django_db
def test_who_asked_does_not_answer_and_the_database_itself_refuses() -> None:
    a_day()
    number = request()
    with pytest.raises(RefusedError, match="somebody else must"):
        amendment_confirm(clock=CLOCK, actor=ENGINEER, amendment=number)
    with pytest.raises(IntegrityError, match="monitoring_amendment_two_people"), transaction.atomic():
        AmendmentAnswer.objects.create(
            amendment_id=number,
            confirmed=True,
            requested_by="user:engineer",
            answered_by="user:engineer",
            answered_at=CLOCK.now(),
        )
    with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic():
        Amendment.objects.update(requested_by="user:somebody")
    assert AmendmentAnswer.objects.count() == 0


@pytest.mark.django_db
def test_what_cannot_be_asked_for() -> None:
    register()
    for state, start, end, cause in (
        (State.NOT_COMMISSIONED, START, END, "cannot say not_commissioned"),
        (State.DOWN, END, START, "of a stretch of the past"),
        (State.DOWN, START, datetime(2024, 5, 1, tzinfo=UTC), "of a stretch of the past"),
    ):
        with pytest.raises(RefusedError, match=cause):
            request(state, start, end)
    common = {"clock": CLOCK, "start": START, "end": END, "state": State.UP}
    with pytest.raises(NotFoundError):
        amendment_request(actor=ENGINEER, tag="G9", reason="x", **common)  # type: ignore[arg-type]
    with pytest.raises(RefusedError, match="says why"):
        amendment_request(actor=ENGINEER, tag="G1", reason=" ", **common)  # type: ignore[arg-type]
    with pytest.raises(ForbiddenError):
        amendment_request(actor=NOBODY, tag="G1", reason="x", **common)  # type: ignore[arg-type]
    assert Amendment.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_eight_who_answer_at_once_answer_once() -> None:
    register()
    people = [Actor(ActorKind.USER, f"person{number}", RIGHTS) for number in range(8)]
    for _ in range(3):
        number = request()
        got = at_once(
            *[
                lambda person=person, number=number: amendment_confirm(clock=CLOCK, actor=person, amendment=number)
                for person in people
            ]
        )
        assert [isinstance(each, ConflictError) for each in got].count(False) == 1
    assert AmendmentAnswer.objects.count() == 3
