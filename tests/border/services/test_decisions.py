"""Decisions: who may take which, what each does, and what the database itself refuses."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from tests.border import desk
from tests.border.records import everything

from gatehouse.border.api import (
    DecisionKind,
    Direction,
    InspectionState,
    decision_take,
    refusal_confirm,
    refusal_decline,
    second_line_queue,
)
from gatehouse.border.models import Crossing, Decision, Images, Inspection
from gatehouse.kernel.clock import FixedClock
from gatehouse.kernel.errors import ConflictError, ForbiddenError, NotFoundError, RefusedError
from gatehouse.platform.actors import Actor, ActorKind

pytestmark = pytest.mark.django_db
ADMIT, RELEASE, REFER, HOLD, REFUSE = (
    DecisionKind.ADMIT,
    DecisionKind.RELEASE,
    DecisionKind.REFER,
    DecisionKind.HOLD,
    DecisionKind.REFUSE,
)


def take(at: FixedClock, inspection: UUID, kind: DecisionKind, officer: Actor = desk.SECOND, **more: Any) -> Any:
    asked = {"reason": "said so", "profile": desk.TW, **more}
    return decision_take(clock=at, officer=officer, inspection=inspection, kind=kind, **asked)


def test_admission_and_release_record_the_crossing_and_close() -> None:
    at = desk.clock()
    for direction, kind in ((Direction.ENTRY, ADMIT), (Direction.EXIT, RELEASE), (Direction.TRANSIT, RELEASE)):
        inspection = desk.opened(at, direction=direction)
        taken = take(at, inspection, kind, desk.INSPECTOR, reason="")
        assert taken.state is InspectionState.CLOSED
        crossing = Crossing.objects.get(inspection=inspection)
        assert (crossing.id, crossing.direction, crossing.recorded_by) == (taken.crossing, direction, "user:chen")
        assert (crossing.boot_epoch, crossing.sequence, crossing.conveyance) == (None, None, "CI 101")


def test_a_decision_that_is_not_the_proposed_one_needs_a_reason() -> None:
    at = desk.clock()
    inspection = desk.opened(at)
    before = everything()
    with pytest.raises(RefusedError, match="a decision other than the proposed one, admit, needs a reason"):
        take(at, inspection, REFER, desk.INSPECTOR, reason=" ")
    assert everything() == before
    with pytest.raises(RefusedError, match="a reason has at most 2000 characters"):
        take(at, inspection, REFER, desk.INSPECTOR, reason="x" * 2001)
    assert everything() == before
    assert take(at, inspection, REFER, desk.INSPECTOR, reason="face differs").state is InspectionState.REFERRED


def test_what_is_no_decision_here_changes_nothing() -> None:
    at = desk.clock()
    inspection = desk.opened(at)
    before = everything()
    with pytest.raises(ConflictError, match="release is no decision for an inspection that is open at entry"):
        take(at, inspection, RELEASE)
    with pytest.raises(ForbiddenError, match="user:gao may not do this"):
        take(at, inspection, ADMIT, desk.NOT_CLEARED)
    with pytest.raises(ForbiddenError):
        take(at, inspection, ADMIT, desk.LANE)
    with pytest.raises(NotFoundError):
        take(at, uuid4(), ADMIT)
    assert everything() == before
    take(at, inspection, ADMIT)
    before = everything()
    for kind in DecisionKind:
        with pytest.raises(ConflictError, match="closed"):
            take(at, inspection, kind)
    assert everything() == before


def test_after_referral_the_second_line_decides() -> None:
    at = desk.clock()
    inspection = desk.opened(at)
    take(at, inspection, REFER, desk.INSPECTOR)
    before = everything()
    with pytest.raises(ForbiddenError, match=r"it needs border\.second_line"):
        take(at, inspection, ADMIT, desk.INSPECTOR)
    assert everything() == before
    assert desk.seen(inspection, at, desk.INSPECTOR).allowed_kinds == ()
    assert desk.seen(inspection, at).allowed_kinds == (ADMIT, HOLD, REFUSE)
    assert take(at, inspection, ADMIT).state is InspectionState.CLOSED


def test_a_refusal_waits_for_another_officer() -> None:
    at = desk.clock()
    inspection = desk.opened(at, desk.of_state("VNM"))
    assert take(at, inspection, REFUSE, reason="").state is InspectionState.AWAITING_CONFIRMATION
    before = everything()
    with pytest.raises(RefusedError, match="by another officer than the one who refused"):
        refusal_confirm(clock=at, officer=desk.SECOND, inspection=inspection)
    with pytest.raises(ForbiddenError, match=r"it needs border\.confirm_refusal"):
        refusal_confirm(clock=at, officer=desk.INSPECTOR, inspection=inspection)
    with pytest.raises(ConflictError):
        take(at, inspection, ADMIT, desk.SUPERVISOR)
    assert everything() == before
    assert not desk.seen(inspection, at).may_confirm
    assert desk.seen(inspection, at, desk.SUPERVISOR).may_confirm
    done = refusal_confirm(clock=at, officer=desk.SUPERVISOR, inspection=inspection)
    assert (done.state, done.crossing) == (InspectionState.CLOSED, None)
    assert not Crossing.objects.exists()
    decision = desk.seen(inspection, at).decisions[0]
    assert (decision.officer, decision.second_officer, decision.confirmed) == ("user:lin", "user:wu", True)
    before = everything()
    with pytest.raises(ConflictError, match="no refusal of this inspection waits"):
        refusal_confirm(clock=at, officer=desk.SUPERVISOR, inspection=inspection)
    assert everything() == before


def test_a_declined_refusal_goes_back_and_can_be_made_again() -> None:
    at = desk.clock()
    inspection = desk.opened(at, desk.of_state("VNM"))
    take(at, inspection, REFUSE)
    before = everything()
    with pytest.raises(RefusedError, match="who declines a refusal says why"):
        refusal_decline(clock=at, officer=desk.SUPERVISOR, inspection=inspection, reason="")
    for answer in (refusal_confirm, refusal_decline):
        with pytest.raises(RefusedError, match="a reason has at most 2000 characters"):
            answer(clock=at, officer=desk.SUPERVISOR, inspection=inspection, reason="x" * 2001)
    assert everything() == before
    state = refusal_decline(clock=at, officer=desk.SUPERVISOR, inspection=inspection, reason="has a visa").state
    assert state is InspectionState.REFERRED
    at.advance(timedelta(minutes=5))
    take(at, inspection, REFUSE, desk.SUPERVISOR)
    refusal_confirm(clock=at, officer=desk.SECOND, inspection=inspection)
    said = [(d.officer, d.confirmed, d.second_reason) for d in desk.seen(inspection, at).decisions]
    assert said == [("user:lin", False, "has a visa"), ("user:wu", True, "")]


@pytest.mark.parametrize(
    ("state", "profile", "hours", "article"),
    [
        ("TWN", desk.TW, 2, "入出國及移民法 §64"),
        ("JPN", desk.TW, 6, "入出國及移民法 §64"),
        ("CHN", desk.TW, 6, "入出國及移民法 §64"),
        ("UTO", desk.UTOPIA, 1, "Border Act 7"),
        ("TWN", desk.UTOPIA, 3, "Border Act 7"),
    ],
)
def test_a_hold_runs_for_the_statutory_time(state: str, profile: Any, hours: int, article: str) -> None:
    at = desk.clock()
    port = "TPE" if profile is desk.TW else "UTA"
    inspection = desk.opened(at, desk.of_state(state), profile=profile, port=port)
    started = at.now()
    take(at, inspection, HOLD, profile=profile, ground=1)
    hold = desk.seen(inspection, at).hold
    assert hold is not None
    assert (hold.started_at, hold.limit, hold.article) == (started, timedelta(hours=hours), f"{article} (1)")
    assert hold.ends_at == started + timedelta(hours=hours)
    at.advance(timedelta(hours=hours))
    assert [row.overdue for row in second_line_queue(port, at, reader=desk.SECOND)] == [False]
    at.advance(timedelta(seconds=1))
    assert [row.overdue for row in second_line_queue(port, at, reader=desk.SECOND)] == [True]


def test_the_clock_of_a_hold_starts_once() -> None:
    at = desk.clock()
    inspection = desk.opened(at, desk.of_state("VNM"))
    take(at, inspection, HOLD)
    first = desk.seen(inspection, at).hold
    at.advance(timedelta(hours=1))
    take(at, inspection, REFUSE)
    refusal_decline(clock=at, officer=desk.SUPERVISOR, inspection=inspection, reason="ask again")
    before = everything()
    with pytest.raises(ConflictError, match="hold is no decision"):
        take(at, inspection, HOLD)
    assert everything() == before
    after = desk.seen(inspection, at)
    assert after.hold == first
    assert HOLD not in after.allowed_kinds


def test_a_ground_that_the_article_does_not_have_is_refused() -> None:
    at = desk.clock()
    inspection = desk.opened(at)
    before = everything()
    with pytest.raises(RefusedError, match="入出國及移民法 §64 has no ground 7"):
        take(at, inspection, HOLD, ground=7)
    assert everything() == before


def test_faces_go_with_the_transaction_that_closes_the_inspection() -> None:
    at = desk.clock()
    inspection = desk.opened(at, live_image=desk.face())
    assert desk.seen(inspection, at).live_image is not None
    take(at, inspection, REFER)
    assert Images.objects.count() == 1
    take(at, inspection, ADMIT)
    assert Images.objects.count() == 0
    after = desk.seen(inspection, at)
    assert (after.face_image, after.live_image) == (None, None)


def test_the_database_refuses_a_second_final_decision() -> None:
    at = desk.clock()
    inspection = desk.opened(at)
    take(at, inspection, ADMIT)
    another = Decision.objects.get()
    another.pk = uuid4()
    with pytest.raises(IntegrityError, match="border_decision_one_final"), transaction.atomic():
        another.save(force_insert=True)
    assert Decision.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"second_officer": "user:lin"}, "border_decision_two_officers"),
        ({"final": True}, "border_decision_refusal_confirmed"),
        ({"reason": "", "proposed": "admit"}, "border_decision_reason_where_not_proposed"),
        ({"kind": "wave"}, "border_decision_kind_known"),
    ],
)
def test_the_database_refuses_what_no_service_would_write(change: dict[str, Any], constraint: str) -> None:
    at = desk.clock()
    inspection = desk.opened(at, desk.of_state("VNM"))
    take(at, inspection, REFUSE)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Decision.objects.filter(inspection=inspection).update(**change)


def test_an_inspection_cannot_close_with_faces_or_without_a_time() -> None:
    at = desk.clock()
    inspection = desk.opened(at, live_image=desk.face())
    for change in ({"state": "closed"}, {"state": "closed", "closed_at": at.now()}, {"closed_at": at.now()}):
        with pytest.raises(IntegrityError, match="border_inspection_closed_whole"), transaction.atomic():
            Inspection.objects.filter(pk=inspection).update(**change)


def test_every_decision_leaves_its_leaf_in_the_same_transaction() -> None:
    at = desk.clock()
    inspection = desk.opened(at)
    take(at, inspection, ADMIT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT body::jsonb->>'action', body::jsonb->>'site' FROM audit_leaf")
        assert set(cursor.fetchall()) == {("border.inspection_open", "TPE"), ("border.decision_admit", "TPE")}


def details(action: str) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.body::jsonb->'detail' FROM audit_leaf l JOIN audit_payload p ON p.leaf_id = l.id"
            " WHERE l.body::jsonb->>'action' = %s ORDER BY l.id",
            (action,),
        )
        return [json.loads(detail) if isinstance(detail, str) else detail for (detail,) in cursor.fetchall()]


def test_the_leaf_of_a_decision_against_the_proposal_says_who_else_decided() -> None:
    at = desk.clock()
    seconded = desk.opened(at, desk.of_state("VNM"))
    take(at, seconded, DecisionKind.REFER, desk.INSPECTOR, reason="asks for a visa that is not there")
    take(at, seconded, ADMIT, reason="the visa was found")
    alone = desk.opened(at, desk.of_state("VNM"))
    take(at, alone, ADMIT, reason="the visa was found")
    assert sorted(details("border.decision_admit"), key=len, reverse=True) == [
        {"proposed": "refuse", "second_officer": str(desk.INSPECTOR)},
        {"proposed": "refuse"},
    ]


def test_the_leaf_of_an_answer_says_who_had_refused() -> None:
    at = desk.clock()
    inspection = desk.opened(at, desk.of_state("VNM"))
    take(at, inspection, REFUSE)
    refusal_confirm(clock=at, officer=desk.SUPERVISOR, inspection=inspection)
    assert details("border.refusal_confirm") == [{"first_officer": str(desk.SECOND)}]


def test_an_officer_is_known_by_name_not_by_session() -> None:
    """The same person signed in twice, with more permissions the second time, is still who refused."""
    at = desk.clock()
    inspection = desk.opened(at, desk.of_state("VNM"))
    take(at, inspection, REFUSE)
    again = Actor(ActorKind.USER, "lin", desk.SUPERVISOR.permissions)
    with pytest.raises(RefusedError):
        refusal_confirm(clock=at, officer=again, inspection=inspection)
