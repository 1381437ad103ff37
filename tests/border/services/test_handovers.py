"""One shift hands over to the next: what stands, in fact and in words, kept as it was given."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from tests.border import desk
from tests.monitoring.equipment import gate, register

from gatehouse.audit.models import Leaf
from gatehouse.border.api import (
    DecisionKind,
    InspectionState,
    decision_take,
    handover_give,
    handover_take,
    handover_view,
    handovers_of,
    shifts_to_hand_over,
    standing_at,
)
from gatehouse.border.domain.handovers import Turn
from gatehouse.border.models import Handover, HandoverTaken
from gatehouse.kernel.clock import FixedClock
from gatehouse.kernel.errors import ConflictError, ForbiddenError, GatehouseError, NotFoundError, RefusedError
from gatehouse.monitoring.api import AssetClass, Observation, State, incidents_update, observations_record
from gatehouse.platform.actors import Actor, ActorKind
from gatehouse.platform.database import run

pytestmark = pytest.mark.django_db
GIVER = Actor(ActorKind.USER, "wu", frozenset({"border.hand_over"}))
TAKER = Actor(ActorKind.USER, "lin", frozenset({"border.hand_over"}))
#: Of the day shift of 1 May 2023 in Taipei, which the clock of the desk stands in.
DAY = datetime(2023, 5, 1, 0, 0, tzinfo=UTC)
NIGHT_BEFORE = datetime(2023, 4, 30, 12, 0, tzinfo=UTC)


def given(at: FixedClock, **changes: Any) -> UUID:
    asked: dict[str, Any] = {
        "officer": GIVER,
        "port": "TPE",
        "began_at": DAY,
        "watch": "Lane 3 jams.",
        "profile": desk.TW,
    }
    return handover_give(clock=at, **{**asked, **changes})


def test_a_shift_is_the_one_in_which_the_moment_lies() -> None:
    at = desk.clock()
    assert shifts_to_hand_over(clock=at, profile=desk.TW) == (
        Turn(DAY, DAY + timedelta(hours=12)),
        Turn(NIGHT_BEFORE, DAY),
    )
    begins = FixedClock(DAY + timedelta(hours=12))
    assert shifts_to_hand_over(clock=begins, profile=desk.TW)[0].began_at == DAY + timedelta(hours=12)
    # Three shifts of eight hours; the first instant of a shift is its own.
    turn = Turn.at(datetime(2023, 5, 1, 6, 0, tzinfo=desk.rules().zone), desk.UTOPIA, desk.rules())
    assert turn.ends_at - turn.began_at == timedelta(hours=8)
    assert turn.began_at.astimezone(desk.rules().zone).hour == 6


def test_what_stands_is_handed_over_without_a_name() -> None:
    at = desk.clock()
    register(gate("TPE-EG-1", hall="T1"), gate("TPE-EG-2", hall="T1"), gate("TPE-EG-3", hall="T1"))
    lost = at.now() - timedelta(minutes=5)
    said = [
        Observation("TPE-EG-1", State.DOWN, "probe", lost, timedelta(hours=1)),
        Observation("TPE-EG-2", State.UP, "probe", lost, timedelta(hours=1)),
    ]
    house = Actor.system("monitor")
    observations_record(clock=FixedClock(lost), actor=house, observations=said)
    (number,) = incidents_update(clock=at, actor=house).opened
    referred, held = desk.opened(at), desk.opened(at, desk.of_state("USA"), lane="T1-E02")
    for id, kind in ((referred, DecisionKind.REFER), (held, DecisionKind.HOLD)):
        decision_take(clock=at, officer=desk.INSPECTOR, inspection=id, kind=kind, reason="seen", profile=desk.TW)
    at.advance(timedelta(minutes=20))

    standing = handover_view(given(at), reader=TAKER).standing
    assert standing == standing_at("TPE", clock=at, reader=TAKER)
    assert [(each.number, each.cause, each.acknowledged) for each in standing.incidents] == [
        (number, "TPE-EG-1", False)
    ]
    assert [(each.tag, each.asset_class, each.state) for each in standing.equipment] == [
        ("TPE-EG-1", AssetClass.E_GATE, State.DOWN)
    ]
    (hold,), (case,) = standing.holds, standing.cases
    assert (hold.inspection, hold.lane, hold.state) == (held, "T1-E02", InspectionState.HELD)
    assert (case.inspection, case.lane, case.state) == (referred, "T1-E01", InspectionState.REFERRED)
    assert hold.hold_ends_at is not None
    assert case.waiting_since == at.now() - timedelta(minutes=20)
    stored = str(Handover.objects.get().standing)
    assert "TANAKA" not in stored
    assert "TK1234567" not in stored
    # The next day nothing of it has changed, whatever became of the cases.
    empty = standing_at("KHH", clock=at, reader=TAKER)
    assert (empty.incidents, empty.waiting, empty.equipment) == ((), (), ())


def test_somebody_else_takes_it_over_once() -> None:
    at = desk.clock()
    id = given(at)
    assert [each.id for each in handovers_of("TPE", reader=TAKER, is_taken=False)] == [id]
    at.advance(timedelta(hours=8))
    handover_take(clock=at, officer=TAKER, handover=id, note=" Read. ")
    view = handover_view(id, reader=GIVER)
    assert (view.given_by, view.watch, view.turn) == ("user:wu", "Lane 3 jams.", Turn(DAY, DAY + timedelta(hours=12)))
    assert view.taken is not None
    assert (view.taken.by, view.taken.at, view.taken.note) == ("user:lin", at.now(), "Read.")
    assert handovers_of("TPE", reader=TAKER, is_taken=False) == []
    assert Leaf.objects.count() == 2
    with pytest.raises(ConflictError, match="has been taken over"):
        handover_take(clock=at, officer=replace(TAKER, name="gao"), handover=id)
    assert HandoverTaken.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "error", "said"),
    [
        ({"officer": replace(GIVER, permissions=frozenset())}, ForbiddenError, "border.hand_over"),
        ({"officer": replace(GIVER, port="KHH")}, ForbiddenError, "on duty at KHH"),
        ({"port": "XXX"}, RefusedError, "no port XXX"),
        ({"began_at": DAY - timedelta(days=1)}, RefusedError, "only the present shift"),
        ({"began_at": DAY + timedelta(hours=12)}, RefusedError, "only the present shift"),
        ({"watch": "  "}, RefusedError, "what the next shift has to watch"),
        ({"watch": "x" * 4001}, RefusedError, "4000"),
    ],
)
def test_what_cannot_be_handed_over_leaves_nothing(
    changes: dict[str, Any], error: type[GatehouseError], said: str
) -> None:
    with pytest.raises(error, match=said):
        given(desk.clock(), **changes)
    assert (Handover.objects.count(), Leaf.objects.count()) == (0, 0)


def test_a_shift_is_handed_over_once_at_each_port() -> None:
    at = desk.clock()
    given(at)
    with pytest.raises(ConflictError, match="has been handed over"):
        given(at, officer=TAKER)
    given(at, began_at=NIGHT_BEFORE)
    given(at, port="KHH")
    assert Handover.objects.count() == 3


@pytest.mark.parametrize(
    ("taker", "error"),
    [
        (GIVER, RefusedError),
        (replace(TAKER, permissions=frozenset()), ForbiddenError),
        (replace(TAKER, port="KHH"), ForbiddenError),
    ],
)
def test_who_cannot_take_it_over_leaves_nothing(taker: Actor, error: type[GatehouseError]) -> None:
    at = desk.clock()
    id = given(at)
    with pytest.raises(error):
        handover_take(clock=at, officer=taker, handover=id)
    with pytest.raises(NotFoundError):
        handover_take(clock=at, officer=TAKER, handover=uuid4())
    assert (HandoverTaken.objects.count(), Leaf.objects.count()) == (0, 1)


@pytest.mark.parametrize("table", ["border_handover", "border_handovertaken"])
@pytest.mark.parametrize("sql", ["DELETE FROM {}", "UPDATE {} SET given_by = 'user:x'"])
def test_the_database_itself_keeps_what_was_given(table: str, sql: str) -> None:
    at = desk.clock()
    handover_take(clock=at, officer=TAKER, handover=given(at))
    with pytest.raises(DatabaseError, match="insert-only"), transaction.atomic():
        run(sql.format(table))
    assert (Handover.objects.get().given_by, HandoverTaken.objects.get().taken_by) == ("user:wu", "user:lin")


def test_the_database_itself_holds_the_two_apart() -> None:
    at = desk.clock()
    found = Handover.objects.get(pk=given(at))
    with pytest.raises(IntegrityError, match="border_handover_two_people"), transaction.atomic():
        HandoverTaken.objects.create(handover=found, given_by="user:wu", taken_by="user:wu", taken_at=at.now())
    assert HandoverTaken.objects.count() == 0
