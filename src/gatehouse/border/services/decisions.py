"""Deciding: an officer takes a decision, and a second, different one confirms a refusal."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction

from gatehouse.audit.api import leaf_append
from gatehouse.border.domain.records import DecisionTaken, require_short
from gatehouse.border.domain.rules import rules_of
from gatehouse.border.domain.states import PASS, TRANSITIONS, Event, decidable, permission_for
from gatehouse.border.domain.words import DecisionKind, Direction, InspectionState
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import ConflictError, NotFoundError, RefusedError
from gatehouse.kernel.ids import new_id
from gatehouse.kernel.results import Reason
from gatehouse.law.hold import hold_rule
from gatehouse.platform.actors import Actor
from gatehouse.platform.database import insert, rows, run
from gatehouse.platform.profile import Profile
from gatehouse.platform.profile import profile as settings_profile
from gatehouse.travellers.api import permit_use


class Locked(NamedTuple):
    """An inspection whose row is locked until the transaction ends."""

    id: UUID
    state: InspectionState
    direction: Direction
    proposed: DecisionKind
    national: bool
    was_held: bool
    has_images: bool
    port: str
    traveller: UUID
    permit: UUID | None


_LOCK = """
SELECT id, state, direction, proposed, national, hold_started_at IS NOT NULL, has_images, port, traveller, permit
  FROM border_inspection WHERE id = %s FOR UPDATE
"""
_MOVE = """
UPDATE border_inspection SET state = %s, waiting_since = COALESCE(waiting_since, %s) WHERE id = %s
"""
_HOLD = """
UPDATE border_inspection SET state = 'held', waiting_since = COALESCE(waiting_since, %(now)s),
       hold_started_at = %(now)s, hold_ends_at = %(ends)s, hold_article = %(article)s WHERE id = %(id)s
"""
_CLOSE = """
UPDATE border_inspection SET state = 'closed', closed_at = %s, waiting_since = NULL, has_images = false WHERE id = %s
"""
# Decision, crossing and the inspection's end in one statement: at every desk it is the one that is waited for.
_CROSS = """
WITH decision AS (
     INSERT INTO border_decision (id, inspection_id, kind, proposed, officer, taken_at, reason, final,
            second_officer, second_reason)
     VALUES (%(id)s, %(inspection_id)s, %(kind)s, %(proposed)s, %(officer)s, %(taken_at)s, %(reason)s, %(final)s,
            %(second_officer)s, %(second_reason)s)),
closed AS (
     UPDATE border_inspection SET state = 'closed', closed_at = %(taken_at)s, waiting_since = NULL, has_images = false
      WHERE id = %(inspection_id)s RETURNING *)
INSERT INTO border_crossing (id, inspection, crossed_at, recorded_at, recorded_by, void, reason,
       port, lane, direction, capacity, conveyance, traveller,
       document_type, document_issuer, document_number, nationality, last_permitted_day)
SELECT %(crossing)s, id, %(taken_at)s, %(recorded_at)s, %(officer)s, false, '',
       port, lane, direction, capacity, conveyance, traveller,
       document_type, document_issuer, document_number, nationality, last_permitted_day
  FROM closed
"""
_SECOND = """
UPDATE border_decision SET second_officer = %(officer)s, second_at = %(now)s, second_reason = %(reason)s,
       confirmed = %(confirmed)s, final = %(confirmed)s
 WHERE inspection_id = %(inspection)s AND kind = 'refuse' AND confirmed IS NULL AND officer <> %(officer)s
RETURNING officer
"""
_OTHER = "SELECT officer FROM border_decision WHERE inspection_id = %s AND officer <> %s ORDER BY taken_at LIMIT 1"


@transaction.atomic
def decision_take(
    *,
    clock: Clock,
    officer: Actor,
    inspection: UUID,
    kind: DecisionKind,
    reason: str = "",
    ground: int | None = None,
    taken_at: datetime | None = None,
    profile: Profile | None = None,
) -> DecisionTaken:
    """Take a decision. Admission and release record the crossing and close the inspection; a refusal waits for a second
    officer; a hold starts the statutory clock, on the `ground` of the article by its number where it is given.
    `taken_at` is when it was taken at a device without the centre.

    Raises `ForbiddenError`, `NotFoundError`, `ConflictError` where the inspection is past this decision, and
    `RefusedError` where a reason is missing or the law allows no hold. Nothing changed then.
    """
    kind = DecisionKind(kind)
    found = _lock(inspection)
    officer.require_at(permission_for(found.state), found.port)
    state = _next(found, kind)
    _require_reason(found, kind, reason)
    now = taken_at or clock.now()
    decision = {
        "id": new_id(now),
        "inspection_id": inspection,
        "kind": kind.value,
        "proposed": found.proposed.value,
        "officer": str(officer),
        "taken_at": now,
        "reason": reason.strip(),
        "final": state is InspectionState.CLOSED,
        "second_officer": "",
        "second_reason": "",
    }
    crossing: UUID | None = None
    remarks: tuple[Reason, ...] = ()
    if state is InspectionState.CLOSED:
        crossing, remarks = _let_pass(found, decision, recorded_at=clock.now(), before=taken_at is not None)
    else:
        insert("border_decision", **decision)
        if kind is DecisionKind.HOLD:
            _start_hold(found, now, ground, profile or settings_profile())
        else:
            run(_MOVE, (state.value, now, inspection))
    detail = {"proposed": found.proposed.value, **_other_officer(found, officer, kind)}
    _leaf(clock, officer, found, f"border.decision_{kind.value}", detail)
    return DecisionTaken(state, crossing, remarks)


@transaction.atomic
def refusal_confirm(
    *, clock: Clock, officer: Actor, inspection: UUID, reason: str = "", taken_at: datetime | None = None
) -> DecisionTaken:
    """Confirm a refusal, which closes the inspection. The officer is another than the one who refused. `taken_at` is
    when it was confirmed at a device without the centre.

    Raises `ForbiddenError`, `NotFoundError`, and `ConflictError` where no refusal waits. Nothing changed then.
    """
    at = taken_at or clock.now()
    found, first = _answer(at, officer, inspection, Event.CONFIRM, reason)
    run(_CLOSE, (at, inspection))
    _forget_faces(found)
    _leaf(clock, officer, found, "border.refusal_confirm", {"first_officer": first})
    return DecisionTaken(InspectionState.CLOSED, None)


@transaction.atomic
def refusal_decline(
    *, clock: Clock, officer: Actor, inspection: UUID, reason: str, taken_at: datetime | None = None
) -> DecisionTaken:
    """Decline a refusal: the inspection goes back to the second line. A hold's clock runs on.

    Raises as `refusal_confirm`, and `RefusedError` without a reason. Nothing changed then.
    """
    if not reason.strip():
        raise RefusedError("who declines a refusal says why")
    at = taken_at or clock.now()
    found, first = _answer(at, officer, inspection, Event.DECLINE, reason)
    run(_MOVE, (InspectionState.REFERRED.value, at, inspection))
    _leaf(clock, officer, found, "border.refusal_decline", {"first_officer": first})
    return DecisionTaken(InspectionState.REFERRED, None)


def _lock(inspection: UUID) -> Locked:
    found = rows(_LOCK, (inspection,))
    if not found:
        raise NotFoundError("there is no inspection %(id)s", id=str(inspection))
    id_, state, direction, proposed, *rest = found[0]
    return Locked(id_, InspectionState(state), Direction(direction), DecisionKind(proposed), *rest)


def _next(found: Locked, kind: DecisionKind) -> InspectionState:
    if kind not in decidable(found.state, found.direction, was_held=found.was_held):
        raise ConflictError(
            "%(kind)s is no decision for an inspection that is %(state)s at %(direction)s",
            kind=kind,
            state=found.state,
            direction=found.direction,
        )
    return TRANSITIONS[found.state, Event(kind)]


def _require_reason(found: Locked, kind: DecisionKind, reason: str) -> None:
    require_short(reason)
    if kind is not found.proposed and not reason.strip():
        raise RefusedError(
            "a decision other than the proposed one, %(proposed)s, needs a reason", proposed=found.proposed
        )


def _start_hold(found: Locked, now: datetime, ground: int | None, profile: Profile) -> None:
    rules = rules_of(profile)
    rule = hold_rule(rules.holds, rules.day(now))
    if ground is not None and ground not in rule.grounds:
        raise RefusedError("%(article)s has no ground %(ground)d", article=rule.article, ground=ground)
    ends = now + rule.limit(national=found.national)
    article = rule.article if ground is None else f"{rule.article} ({ground})"
    run(_HOLD, {"now": now, "ends": ends, "article": article, "id": found.id})


def _let_pass(
    found: Locked, decision: dict[str, Any], *, recorded_at: datetime, before: bool
) -> tuple[UUID, tuple[Reason, ...]]:
    """The crossing, and what is to be known of it. Who passed `before` this has passed, even on a permit used up."""
    crossing = new_id(decision["taken_at"])
    remarks: tuple[Reason, ...] = ()
    run(_CROSS, {**decision, "crossing": crossing, "recorded_at": recorded_at})
    if found.permit is not None and found.direction is Direction.ENTRY:
        try:
            permit_use(permit=found.permit)
        except RefusedError as error:
            if not before:
                raise
            remarks = (error.reason,)
    _forget_faces(found)
    return crossing, remarks


def _other_officer(found: Locked, officer: Actor, kind: DecisionKind) -> dict[str, str]:
    """Who else decided before somebody was let through against the proposal: what a rule for misuse asks for."""
    if kind not in PASS.values() or found.proposed in PASS.values():
        return {}
    others = rows(_OTHER, (found.id, str(officer)))
    return {"second_officer": others[0][0]} if others else {}


def _forget_faces(found: Locked) -> None:
    if found.has_images:
        run("DELETE FROM border_images WHERE inspection_id = %s", (found.id,))


def _answer(at: datetime, officer: Actor, inspection: UUID, event: Event, reason: str) -> tuple[Locked, str]:
    """Write down what the second officer says to the refusal that waits; gives who had refused, too."""
    officer.require("border.confirm_refusal")
    require_short(reason)
    found = _lock(inspection)
    officer.require_at("border.confirm_refusal", found.port)
    if (found.state, event) not in TRANSITIONS:
        raise ConflictError("no refusal of this inspection waits: it is %(state)s", state=found.state)
    confirmed = event is Event.CONFIRM
    said = {"officer": str(officer), "now": at, "reason": reason.strip(), "confirmed": confirmed}
    answered = rows(_SECOND, {**said, "inspection": inspection})
    if not answered:
        raise RefusedError("a refusal is confirmed or declined by another officer than the one who refused")
    return found, answered[0][0]


def _leaf(clock: Clock, officer: Actor, found: Locked, action: str, detail: dict[str, Any]) -> None:
    leaf_append(
        clock=clock,
        actor=str(officer),
        action=action,
        subject=str(found.traveller),
        purpose="border_check",
        case=str(found.id),
        site=found.port,
        detail=detail,
    )
