"""What each kind of a device's event does at the centre. Each function gives what somebody should know of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID

from pydantic import BaseModel, ValidationError

from gatehouse.audit.api import leaf_append
from gatehouse.border.domain.holders import holder_of
from gatehouse.border.domain.ledgers import Roster
from gatehouse.border.domain.records import CrossingFacts, CrossingKey
from gatehouse.border.models import Bundle, Crossing, DeviceEvent
from gatehouse.border.services.crossings import crossing_correct, crossing_record
from gatehouse.border.services.decisions import decision_take, refusal_confirm, refusal_decline
from gatehouse.border.services.taking_over import inspection_take_over
from gatehouse.device.events import (
    Confirmed,
    Crossed,
    Decided,
    Enrolled,
    EventKind,
    Inspected,
    LaneTold,
    PassageMark,
    SignedOn,
    SignedStatement,
    Uncleared,
    Voided,
)
from gatehouse.device.ledger import Event
from gatehouse.device.trusting import Trusted
from gatehouse.documents.mrz import parse_mrz
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import ForbiddenError, NotFoundError, RefusedError, UnreadableError
from gatehouse.kernel.results import Reason
from gatehouse.monitoring.api import State, own_word_record
from gatehouse.platform.actors import Actor
from gatehouse.platform.profile import Profile
from gatehouse.travellers.api import enrolment_record, traveller_recognise

Body = TypeVar("Body", bound=BaseModel)
#: The same document at two places within this time is looked at by somebody.
_TOO_SOON = timedelta(hours=12)
#: A lane's word on itself holds for so many times of what it said until the next.
_HOLDS = 3


@dataclass(frozen=True, slots=True)
class Source:
    """Where an event comes from, and by what the centre judges it."""

    clock: Clock
    device: Actor
    port: str
    trusted: Trusted
    profile: Profile
    #: By how much our clock was ahead of the device's when it sent the event.
    skew: timedelta = timedelta(0)


def effect(source: Source, event: Event) -> list[Reason]:
    """Let an event count, in the caller's transaction. Raises a `GatehouseError` where it cannot."""
    apply = _EFFECTS.get(event.kind)
    if apply is None:
        raise UnreadableError("an event of the kind %(kind)s is not known here", kind=event.kind)
    return apply(source, event)


def _sign_on(source: Source, event: Event) -> list[Reason]:
    body = _body(SignedOn, event)
    bundle, roster = _bundle(source, body.bundle)
    roster.actor(body.officer)
    leaf_append(
        clock=source.clock,
        actor=f"user:{body.officer}",
        action=f"border.device_{event.kind}",
        site=source.port,
        detail={"device": source.device.name, "bundle": bundle.serial, "at": event.at},
    )
    return []


def _inspection(source: Source, event: Event) -> list[Reason]:
    body = _body(Inspected, event)
    bundle, roster = _bundle(source, body.bundle)
    remarks = inspection_take_over(
        clock=source.clock,
        officer=roster.actor(body.officer),
        device=source.device.name,
        port=source.port,
        seen=body,
        trusted=source.trusted,
        profile=source.profile,
    )
    if body.opened_at >= bundle.expires_at:
        remarks.append(Reason("it was made with a bundle that had ended: number %(serial)d", serial=bundle.serial))
    return remarks


def _decision(source: Source, event: Event) -> list[Reason]:
    body = _body(Decided, event)
    officer = _spoken(source, body)
    taken = decision_take(
        clock=source.clock,
        officer=officer,
        inspection=body.inspection,
        kind=body.kind,
        reason=body.reason,
        ground=body.ground,
        taken_at=body.at,
        profile=source.profile,
    )
    return [*taken.remarks, *(_elsewhere(taken.crossing) if taken.crossing else ())]


def _confirmation(source: Source, event: Event) -> list[Reason]:
    body = _body(Confirmed, event)
    officer = _spoken(source, body)
    answer = refusal_confirm if body.confirmed else refusal_decline
    answer(clock=source.clock, officer=officer, inspection=body.inspection, reason=body.reason, taken_at=body.at)
    return []


def _void(source: Source, event: Event) -> list[Reason]:
    body = _body(Voided, event)
    officer = _spoken(source, body)
    officer.require("border.inspect")
    crossing = Crossing.objects.filter(inspection=body.inspection, corrects__isnull=True).first()
    if crossing is None:
        raise NotFoundError("no passage of the inspection %(id)s is recorded", id=str(body.inspection))
    # The officer at the device says that it did not take place; that they may say so is the roster's word.
    crossing_correct(
        clock=source.clock,
        officer=Actor(officer.kind, officer.name, officer.permissions | {"border.correct"}),
        crossing=crossing.id,
        reason=body.reason,
        void=True,
        profile=source.profile,
    )
    return []


def _crossing(source: Source, event: Event) -> list[Reason]:
    body = _body(Crossed, event)
    facts = body.model_dump()
    last = facts.pop("last_permitted_day")
    crossing_record(
        clock=source.clock,
        device=source.device,
        key=CrossingKey(source.device.name, event.boot_epoch, event.sequence),
        crossing=CrossingFacts(
            port=source.port, **facts, last_permitted_day=date.fromisoformat(last) if last else None
        ),
        profile=source.profile,
    )
    return []


def _passage(source: Source, event: Event) -> tuple[PassageMark, Crossing]:
    """The crossing that a lane speaks of. Raises `NotFoundError` where it is not recorded, or was set aside."""
    mark = _body(PassageMark, event)
    crossing = Crossing.objects.filter(
        lane=source.device.name, boot_epoch=mark.boot_epoch, sequence=mark.sequence, corrects__isnull=True
    ).first()
    if crossing is None:
        raise NotFoundError(
            "no passage %(epoch)d/%(sequence)d of this lane is recorded", epoch=mark.boot_epoch, sequence=mark.sequence
        )
    return mark, crossing


def _passage_confirmed(source: Source, event: Event) -> list[Reason]:
    _, crossing = _passage(source, event)
    return _elsewhere(crossing.id)


def _passage_void(source: Source, event: Event) -> list[Reason]:
    """The sensors of the lane say that nobody went through: the record stays, and a newer one says so."""
    _, crossing = _passage(source, event)
    crossing_correct(
        clock=source.clock,
        officer=Actor(source.device.kind, source.device.name, frozenset({"border.correct"})),
        crossing=crossing.id,
        reason="the lane's sensors: the exit was shut again and the person had not gone through",
        void=True,
        profile=source.profile,
    )
    return []


def _passage_doubtful(source: Source, event: Event) -> list[Reason]:
    mark, _ = _passage(source, event)
    return [Reason("nobody saw whether passage %(sequence)d took place", sequence=mark.sequence)]


def _passage_uncleared(source: Source, event: Event) -> list[Reason]:
    body = _body(Uncleared, event)
    return [
        Reason(
            "somebody passed whom nobody cleared, %(direction)s, while the lane was %(state)s",
            direction=body.direction.value,
            state=body.state,
        )
    ]


def _lane(source: Source, event: Event) -> list[Reason]:
    body = _body(LaneTold, event)
    if body.officer:
        leaf_append(
            clock=source.clock,
            actor=f"user:{body.officer}",
            action="border.lane_command",
            site=source.port,
            detail={"lane": source.device.name, "command": body.command, "state": body.state, "at": event.at},
        )
    if body.able is not None:
        own_word_record(
            clock=source.clock,
            actor=Actor.system("ledger"),
            device=source.device.name,
            state=State.UP if body.able else State.DOWN,
            at=datetime.fromisoformat(event.at) + source.skew,
            holds=_HOLDS * timedelta(seconds=body.every_s),
        )
    return []


def _enrolment(source: Source, event: Event) -> list[Reason]:
    body = _body(Enrolled, event)
    on = source.profile.agency.day(body.consented_at)
    person = traveller_recognise(clock=source.clock, holder=holder_of(parse_mrz(body.mrz, on=on)), on=on)
    enrolment_record(
        clock=source.clock,
        by=source.device,
        traveller=person.traveller,
        port=source.port,
        picture=body.picture,
        engine=body.engine,
        quality=body.quality,
        consent=body.consent,
        language=body.language,
        consented_at=body.consented_at,
    )
    return []


def _body(kind: type[Body], event: Event) -> Body:
    try:
        return kind.model_validate_json(event.body or "")
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise UnreadableError(
            "the event cannot be read: %(place)s: %(cause)s", place=place, cause=first["msg"]
        ) from error


def _bundle(source: Source, serial: int) -> tuple[Bundle, Roster]:
    bundle = Bundle.objects.filter(device=source.device.name, serial=serial).first()
    if bundle is None:
        raise NotFoundError("no bundle %(serial)d was issued to this device", serial=serial)
    return bundle, Roster.model_validate(bundle.roster)


def _spoken(source: Source, body: SignedStatement) -> Actor:
    """The officer who said this. Raises `ForbiddenError` where their key did not sign it, `RefusedError` where it is
    about something else than was recorded of the inspection."""
    _, roster = _bundle(source, body.bundle)
    if not roster.credential(body.officer).signed(body.signed_content(), body.signature):
        raise ForbiddenError("this was not signed by %(officer)s", officer=body.officer)
    seen = DeviceEvent.objects.filter(device=source.device.name, hash=body.seen, kind=EventKind.INSPECTION)
    if not seen.exists():
        raise RefusedError("what the officer saw was not delivered")
    return roster.actor(body.officer)


def _elsewhere(crossing: UUID) -> list[Reason]:
    """Whether the same person passed the same way somewhere else a short time before or after: two devices without the
    network cannot know of each other."""
    own = Crossing.objects.get(pk=crossing)
    others = Crossing.objects.filter(
        traveller=own.traveller,
        direction=own.direction,
        crossed_at__range=(own.crossed_at - _TOO_SOON, own.crossed_at + _TOO_SOON),
        void=False,
        corrected_by__isnull=True,
    ).exclude(pk=own.pk)
    return [
        Reason(
            "the same document passed the same way at %(lane)s on %(at)s",
            lane=other.lane,
            at=other.crossed_at.isoformat(timespec="minutes"),
        )
        for other in others.order_by("crossed_at")[:3]
    ]


_EFFECTS: Mapping[str, Callable[[Source, Event], list[Reason]]] = {
    EventKind.SIGN_ON: _sign_on,
    EventKind.SIGN_OFF: _sign_on,
    EventKind.INSPECTION: _inspection,
    EventKind.DECISION: _decision,
    EventKind.CONFIRMATION: _confirmation,
    EventKind.VOID: _void,
    EventKind.CROSSING: _crossing,
    EventKind.PASSAGE_CONFIRMED: _passage_confirmed,
    EventKind.PASSAGE_VOID: _passage_void,
    EventKind.PASSAGE_DOUBTFUL: _passage_doubtful,
    EventKind.PASSAGE_UNCLEARED: _passage_uncleared,
    EventKind.LANE: _lane,
    EventKind.ENROLMENT: _enrolment,
}
