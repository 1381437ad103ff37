"""Reading one inspection, as a console shows it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from gatehouse.audit.api import look_record
from gatehouse.biometrics.comparing import CHECK as FACE_CHECK
from gatehouse.border.domain.capture import Capture, captures, missing, recognises
from gatehouse.border.domain.comparisons import Comparison, most_telling
from gatehouse.border.domain.rules import Rules, rules_of
from gatehouse.border.domain.states import TRANSITIONS, Event, decidable, permission_for
from gatehouse.border.domain.views import (
    CapturedView,
    DecisionView,
    DocumentView,
    HitView,
    HoldView,
    InspectionView,
    PermitView,
    PersonView,
)
from gatehouse.border.domain.words import Capacity, CaptureState, DecisionKind, Direction, InspectionState
from gatehouse.border.models import Decision, Inspection
from gatehouse.border.selectors.biometrics import captured_at_entry, comparisons_of, judged_of, recorded_of
from gatehouse.border.selectors.crossings import history_of
from gatehouse.border.stored import checks_of, proposal_of, report_of, versions_of
from gatehouse.device.findings import full_date
from gatehouse.documents.images import displayable
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import NotFoundError, UnreadableError
from gatehouse.kernel.results import Check, Reason, Result
from gatehouse.law.capture import CaptureRule, capture_rule
from gatehouse.platform.actors import Actor
from gatehouse.platform.database import rows
from gatehouse.platform.profile import Profile
from gatehouse.platform.profile import profile as settings_profile
from gatehouse.travellers.api import FACE
from gatehouse.watchlist.api import Hit, hits_of

_HISTORY = 5
_SHOWN = ("name", "birth_date", "document", "face", "permit", "hits", "crossings", "decisions")
_IMAGES = "SELECT face, live FROM border_images WHERE inspection_id = %s"
_GUARDIAN = """
SELECT 1 FROM border_inspection
 WHERE id = %s AND port = %s AND opened_at >= %s AND (findings #>> '{person,age}')::int >= %s
"""


@transaction.atomic
def inspection_view(
    id: UUID,
    *,
    clock: Clock,
    reader: Actor,
    purpose: str,
    reason: str | None = None,
    profile: Profile | None = None,
) -> InspectionView:
    """Everything that is known of an inspection, for one reader.

    Raises `ForbiddenError`, `NotFoundError`, and `RefusedError` without a purpose (`gatehouse.audit.api.Purpose`).
    """
    reader.require("border.inspect")
    found = Inspection.objects.filter(pk=id).first()
    if found is None:
        raise NotFoundError("there is no inspection %(id)s", id=str(id))
    reader.require_at("border.inspect", found.port)
    rule = _rule(found, rules_of(profile or settings_profile()))
    captured = _captured(found, rule, reader)
    look_record(
        clock=clock,
        reader=reader,
        subject=str(found.traveller),
        purpose=purpose,
        shown=(*_SHOWN, "captured_face") if captured else _SHOWN,
        searched_by=("inspection",),
        site=found.port,
        case=str(id),
        reason=reason,
    )
    decisions = tuple(Decision.objects.filter(inspection=id).order_by("taken_at", "id"))
    face, live = _images(found)
    comparisons = comparisons_of(id)
    asked = captures(
        rule, direction=Direction(found.direction), age=_age(found), recorded=recorded_of(id) if rule else ()
    )
    return InspectionView(
        id=found.id,
        state=InspectionState(found.state),
        port=found.port,
        lane=found.lane,
        direction=Direction(found.direction),
        capacity=Capacity(found.capacity),
        conveyance=found.conveyance,
        opened_at=found.opened_at,
        opened_by=found.officer,
        ready_ms=found.ready_ms,
        person=_person(found),
        document=_document(found),
        face_image=face,
        face_media_type="image/jpeg" if face else "",
        live_image=live,
        captured=captured,
        comparison=_told(comparisons),
        comparisons=comparisons,
        judged=judged_of(id),
        captures=asked,
        exemptions=rule.exemptions if rule and missing(asked) else (),
        may_capture=_may_capture(found, rule, asked),
        permit=_permit(found),
        hits=tuple(map(_hit, hits_of(id))),
        history=history_of(found.traveller, limit=_HISTORY),
        guardian=found.guardian,
        hold=_hold(found),
        proposal=proposal_of(found.proposed, found.findings),
        decisions=tuple(map(_decision, decisions)),
        allowed_kinds=_allowed(found, reader),
        may_confirm=_may_confirm(found, decisions, reader),
    )


def require_guardian(guardian: UUID, *, port: str, since: datetime, adult_from: int) -> None:
    """Raises `NotFoundError` where no inspection of this id, of somebody of that age, was opened at this port since."""
    if not rows(_GUARDIAN, (guardian, port, since, adult_from)):
        raise NotFoundError("no inspection %(id)s of an accompanying adult is at this port", id=str(guardian))


def _rule(found: Inspection, rules: Rules) -> CaptureRule | None:
    """The rule on captures that concerned the person on the day of the inspection."""
    kind = found.findings.get("permit_kind")
    return capture_rule(rules.captures, found.nationality, kind, rules.day(found.opened_at))


def _age(found: Inspection) -> int | None:
    age: int | None = found.findings["person"]["age"]
    return age


def _recognised(found: Inspection, rule: CaptureRule | None) -> bool:
    return rule is not None and recognises(rule, direction=Direction(found.direction), age=_age(found))


def _captured(found: Inspection, rule: CaptureRule | None, reader: Actor) -> CapturedView | None:
    """The face of the last entry, where the law has the person recognised by it and this reader may see it."""
    if found.state == InspectionState.CLOSED or not reader.may("biometrics.read") or not _recognised(found, rule):
        return None
    try:
        kept = captured_at_entry(found.traveller).get(FACE)
        return CapturedView(displayable(kept.captured.image), kept.captured_at) if kept else None
    except UnreadableError:
        return None


def _told(comparisons: tuple[Comparison, ...]) -> Check:
    telling = most_telling(comparisons)
    if telling is None:
        return Check(FACE_CHECK, Result.NOT_SUPPORTED, Reason("no engine compared the faces; compare by eye"))
    return telling.check


def _may_capture(found: Inspection, rule: CaptureRule | None, asked: tuple[Capture, ...]) -> bool:
    """Whether something can still be captured: where it is asked for, and where the person is recognised by it."""
    due = any(each.state is not CaptureState.EXEMPT for each in asked) if asked else _recognised(found, rule)
    return found.state != InspectionState.CLOSED and due


def _person(found: Inspection) -> PersonView:
    person = found.findings["person"]
    return PersonView(
        traveller=found.traveller,
        names=tuple(person["names"]),
        surname=person["surname"],
        given_names=person["given_names"],
        birth_date=person["birth_date"],
        age=person["age"],
        sex=person["sex"],
        nationality=found.nationality,
    )


def _document(found: Inspection) -> DocumentView:
    document = found.findings["document"]
    return DocumentView(
        type=found.document_type,
        issuer=found.document_issuer,
        number=found.document_number,
        expiry_date=full_date(document["expiry_date"]),
        mrz=tuple(document["mrz"]),
        verdict=Result(document["verdict"]),
        checks=checks_of(found.findings),
        signer=document["signer"],
        versions=versions_of(found.findings),
        report=report_of(found.findings),
    )


def _permit(found: Inspection) -> PermitView | None:
    stay = found.findings["stay"]
    if stay is None:
        return None
    return PermitView(stay["kind"], stay["number"], found.last_permitted_day, stay["source"])


def _hold(found: Inspection) -> HoldView | None:
    if found.hold_started_at is None or found.hold_ends_at is None:
        return None
    started, ends = found.hold_started_at, found.hold_ends_at
    return HoldView(started, ends, ends - started, found.hold_article)


def _hit(hit: Hit) -> HitView:
    return HitView(hit.id, hit.entry, hit.kind.value, hit.basis, hit.reason, hit.review.value, hit.reviewed_by)


def _decision(decision: Decision) -> DecisionView:
    return DecisionView(
        kind=DecisionKind(decision.kind),
        officer=decision.officer,
        taken_at=decision.taken_at,
        reason=decision.reason,
        second_officer=decision.second_officer,
        second_at=decision.second_at,
        confirmed=decision.confirmed,
        second_reason=decision.second_reason,
    )


def _images(found: Inspection) -> tuple[bytes | None, bytes | None]:
    """Face and live image, each encoded anew as JPEG; None where it is not there, or cannot be decoded."""
    if not found.has_images:
        return None, None
    face, live = rows(_IMAGES, (found.id,))[0]
    return _shown(face), _shown(live)


def _shown(image: bytes | memoryview | None) -> bytes | None:
    try:
        return displayable(bytes(image)) if image is not None else None
    except UnreadableError:
        return None


def _allowed(found: Inspection, reader: Actor) -> tuple[DecisionKind, ...]:
    state = InspectionState(found.state)
    if not reader.may(permission_for(state)):
        return ()
    return decidable(state, Direction(found.direction), was_held=found.hold_started_at is not None)


def _may_confirm(found: Inspection, decisions: tuple[Decision, ...], reader: Actor) -> bool:
    if (InspectionState(found.state), Event.CONFIRM) not in TRANSITIONS or not reader.may("border.confirm_refusal"):
        return False
    return decisions[-1].officer != str(reader)
