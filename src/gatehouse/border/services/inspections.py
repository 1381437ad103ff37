"""Opening an inspection: everything that is known of one traveller at one desk, and what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from gatehouse.audit.api import leaf_append
from gatehouse.border.domain.assessment import Assessment, Desk, assess
from gatehouse.border.domain.capture import Capture, captures, missing, recognises, taken
from gatehouse.border.domain.holders import holder_of
from gatehouse.border.domain.rules import Rules, rules_of
from gatehouse.border.domain.words import Capacity, CaptureState, Direction, InspectionState
from gatehouse.border.selectors.crossings import last_permitted_day
from gatehouse.border.selectors.inspections import require_guardian
from gatehouse.border.services.looking import Before, Looked, look
from gatehouse.border.services.recording import captured_keep, captures_record, comparisons_record
from gatehouse.border.stored import findings_json
from gatehouse.device.examination import DocumentReading, Examined, examine
from gatehouse.device.findings import age
from gatehouse.documents.pki.crl import Crl
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.ids import new_id
from gatehouse.law.capture import Modality, capture_rule
from gatehouse.platform.actors import Actor
from gatehouse.platform.database import insert
from gatehouse.platform.engines import Engines
from gatehouse.platform.engines import engines as settings_engines
from gatehouse.platform.profile import Profile
from gatehouse.platform.profile import profile as settings_profile
from gatehouse.travellers.api import Recognised, recognised, traveller_recognise
from gatehouse.watchlist.api import Subject, subject_screen

#: A reading that is older is of another visit to the desk.
_READ_WITHIN = timedelta(days=1)
_LONGEST_MS = 2**31 - 1


def inspection_open(
    *,
    clock: Clock,
    officer: Actor,
    port: str,
    lane: str,
    direction: Direction,
    reading: DocumentReading,
    trust: TrustStore,
    crls: Sequence[Crl] = (),
    capacity: Capacity = Capacity.PASSENGER,
    conveyance: str = "",
    guardian: UUID | None = None,
    permit_number: str | None = None,
    profile: Profile | None = None,
    engines: Engines | None = None,
) -> UUID:
    """Open the inspection of a traveller: examine the document, recognise the person, compare their face, find permit,
    bans and hits, keep the biometrics that the law asks for, compute the last permitted day, and make the proposal.
    Gives the inspection's id.

    `guardian` is the inspection of the adult who accompanies a minor. `profile` and `engines` are those of the settings
    if not given.
    Raises `ForbiddenError`; `UnreadableError` for a zone or a live image that cannot be read; `RefusedError` for a
    port that is none; `NotFoundError` for a guardian who is no adult or not at this port. Nothing is stored then.
    """
    officer.require_at("border.inspect", port)
    rules = rules_of(profile or settings_profile())
    desk = Desk(port, lane, Direction(direction), Capacity(capacity), conveyance, guardian)
    rules.require_place(port=port, lane=lane, conveyance=conveyance)
    if reading.read_at.tzinfo is None:
        raise UnreadableError("the moment of reading needs a time zone")
    if clock.now() - reading.read_at > _READ_WITHIN:
        raise UnreadableError("the document was read more than a day ago: read it again")
    on = rules.day(clock.now())
    # Signatures are verified and faces compared before the transaction begins: no connection waits for arithmetic.
    examined = examine(reading, trust=trust, crls=crls, on=on)
    seen = _looked(reading, examined, permit_number, desk, rules=rules, on=on, engines=engines or settings_engines())
    id_ = new_id(clock.now())
    with transaction.atomic():
        if guardian is not None:
            since = clock.now() - timedelta(days=1)
            require_guardian(guardian, port=port, since=since, adult_from=rules.settings.adult_from)
        holder = holder_of(examined.mrz, examined.names)
        person = traveller_recognise(clock=clock, holder=holder, permit_number=permit_number, on=on)
        hits = subject_screen(
            clock=clock, subject=subject_of(examined), inspection=id_, traveller=person.traveller, on=on
        )
        asked = asked_of(rules, desk, examined, person, on)
        kept = captured_keep(
            seen, missing(asked), clock=clock, officer=officer, inspection=id_, traveller=person.traveller, port=port
        )
        leaving = desk.direction is Direction.EXIT and not person.created
        stay_until = last_permitted_day(person.traveller) if leaving else None
        assessment = assess(
            rules,
            desk=desk,
            on=on,
            examined=examined,
            person=person,
            hits=hits,
            stay_until=stay_until,
            captures=taken(asked, kept, officer=str(officer), at=clock.now()),
            comparisons=seen.of(person.traveller),
        )
        inspection_store(
            id_=id_,
            now=clock.now(),
            officer=officer,
            desk=desk,
            reading=reading,
            examined=examined,
            person=person,
            assessment=assessment,
        )
        leaf_append(
            clock=clock,
            actor=str(officer),
            action="border.inspection_open",
            subject=str(person.traveller),
            purpose="border_check",
            case=str(id_),
            site=port,
            detail={"proposed": assessment.proposal.kind.value, "hits": len(hits), **_biometrics(seen, kept)},
        )
    return id_


def _looked(
    reading: DocumentReading,
    examined: Examined,
    permit_number: str | None,
    desk: Desk,
    *,
    rules: Rules,
    on: date,
    engines: Engines,
) -> Looked:
    before = Before(reading.live_image, reading.fingerprints)
    if not before:
        return Looked()
    zone = examined.mrz
    known = recognised(issuer=zone.issuer, number=zone.document_number, permit_number=permit_number, on=on)
    rule = capture_rule(rules.captures, zone.nationality, _permit_kind(known), on) if known else None
    by_capture = known and rule and recognises(rule, direction=desk.direction, age=age(zone.birth_date, on))
    recognise = known.traveller if known and by_capture else None
    return look(engines, before, chip_face=examined.face, recognise=recognise)


def asked_of(rules: Rules, desk: Desk, examined: Examined, person: Recognised, on: date) -> tuple[Capture, ...]:
    """What the law asks to be captured of this person here."""
    rule = capture_rule(rules.captures, examined.mrz.nationality, _permit_kind(person), on)
    return captures(rule, direction=desk.direction, age=age(examined.mrz.birth_date, on))


def _biometrics(seen: Looked, kept: frozenset[Modality]) -> dict[str, Any]:
    """What the leaf says of them: that somebody's captures were opened, and what was kept."""
    found: dict[str, Any] = {}
    if seen.recognised is not None:
        found["recognised_by_capture"] = str(seen.recognised)
    if kept:
        found["captured"] = sorted(kept)
    return found


def _permit_kind(person: Recognised) -> str | None:
    return person.permit.kind if person.permit else None


def subject_of(examined: Examined) -> Subject:
    """Whom to screen."""
    mrz = examined.mrz
    return Subject(mrz.issuer, mrz.document_number, mrz.surname, mrz.given_names, mrz.birth_date)


def inspection_store(
    *,
    id_: UUID,
    now: datetime,
    officer: Actor,
    desk: Desk,
    reading: DocumentReading,
    examined: Examined,
    person: Recognised,
    assessment: Assessment,
    told: date | None = None,
    offline: dict[str, Any] | None = None,
) -> None:
    """Store an open inspection with what was compared and captured, in the caller's transaction. `told` is the last
    permitted day as the person was told, `offline` what is to be known of one that a device made without the centre."""
    images = examined.face is not None or reading.live_image is not None
    insert(
        "border_inspection",
        id=id_,
        state=InspectionState.OPEN.value,
        officer=str(officer),
        read_at=reading.read_at,
        opened_at=now,
        # A reader's clock may be ahead of this one; no time is less than none.
        ready_ms=min(max(0, round((now - reading.read_at) / timedelta(milliseconds=1))), _LONGEST_MS),
        port=desk.port,
        lane=desk.lane,
        direction=desk.direction.value,
        capacity=desk.capacity.value,
        conveyance=desk.conveyance,
        guardian=desk.guardian,
        traveller=person.traveller,
        document_type=examined.mrz.document_code,
        document_issuer=examined.mrz.issuer,
        document_number=examined.mrz.document_number,
        nationality=examined.mrz.nationality,
        national=assessment.facts.national,
        last_permitted_day=told or assessment.last_permitted_day,
        permit=assessment.limited_permit,
        proposed=assessment.proposal.kind.value,
        hold_article="",
        has_images=images,
        findings=findings_json(examined, person, assessment, reading.report, offline),
    )
    if images:
        insert("border_images", inspection_id=id_, face=examined.face, live=reading.live_image)
    comparisons_record(id_, assessment.facts.comparisons, at=now)
    for each in assessment.facts.captures:
        if each.state is CaptureState.TAKEN:
            captures_record(id_, [each.modality], each.state, at=now, officer=officer, article=each.article)
