"""Taking over an inspection that was made without the centre: as it was shown there, and as the centre sees it."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error
from dataclasses import replace
from datetime import date

from django.db import transaction

from gatehouse.audit.api import leaf_append
from gatehouse.border.domain.assessment import Assessment, Desk, assess
from gatehouse.border.domain.holders import holder_of
from gatehouse.border.domain.rules import rules_of
from gatehouse.border.domain.words import Direction
from gatehouse.border.models import Inspection
from gatehouse.border.selectors.crossings import last_permitted_day
from gatehouse.border.services.inspections import asked_of, inspection_store, subject_of
from gatehouse.device.events import KEPT_FILES, Inspected
from gatehouse.device.examination import DocumentReading, examine
from gatehouse.device.proposals import Proposal
from gatehouse.device.trusting import Trusted
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import ConflictError, UnreadableError
from gatehouse.kernel.results import Reason
from gatehouse.platform.actors import Actor
from gatehouse.platform.profile import Profile
from gatehouse.travellers.api import traveller_recognise
from gatehouse.watchlist.api import subject_screen


@transaction.atomic
def inspection_take_over(
    *, clock: Clock, officer: Actor, device: str, port: str, seen: Inspected, trusted: Trusted, profile: Profile
) -> list[Reason]:
    """Store an inspection as the device showed it, screen the person again, and say where the centre sees it otherwise.

    Raises `ForbiddenError`; `UnreadableError` for a zone or a file that cannot be read; `RefusedError` for a port that
    is none; `ConflictError` where there is such an inspection. Nothing is stored then.
    """
    officer.require_at("border.inspect", port)
    rules = rules_of(profile)
    rules.require_place(port=port, lane=seen.lane, conveyance=seen.conveyance)
    if Inspection.objects.filter(pk=seen.inspection).exists():
        raise ConflictError("the inspection %(id)s was recorded before", id=str(seen.inspection))
    on = rules.day(seen.opened_at)
    reading = DocumentReading(mrz=seen.mrz, read_at=seen.read_at, files=_files(seen), report=seen.report)
    examined = examine(reading, trust=trusted.anchors, crls=trusted.crls, on=on)
    holder = holder_of(examined.mrz, examined.names)
    person = traveller_recognise(clock=clock, holder=holder, on=on)
    hits = subject_screen(
        clock=clock, subject=subject_of(examined), inspection=seen.inspection, traveller=person.traveller, on=on
    )
    desk = Desk(port, seen.lane, seen.direction, seen.capacity, seen.conveyance, None, seen.accompanied)
    leaving = seen.direction is Direction.EXIT and not person.created
    stay_until = last_permitted_day(person.traveller) if leaving else None
    here = assess(
        rules,
        desk=desk,
        on=on,
        examined=examined,
        person=person,
        hits=hits,
        stay_until=stay_until,
        # A device captures and compares nothing: what the law asks for is still missing.
        captures=asked_of(rules, desk, examined, person, on),
    )
    inspection_store(
        id_=seen.inspection,
        now=seen.opened_at,
        officer=officer,
        desk=desk,
        reading=reading,
        examined=examined,
        person=person,
        assessment=_as_shown(seen, here),
        told=date.fromisoformat(seen.last_permitted_day) if seen.last_permitted_day else None,
        offline={
            "device": device,
            "bundle": seen.bundle,
            "proposed_here": here.proposal.kind.value,
            "reasons_here": [reason.as_dict() for reason in here.proposal.reasons],
        },
    )
    leaf_append(
        clock=clock,
        actor=str(officer),
        action="border.inspection_take_over",
        subject=str(person.traveller),
        purpose="border_check",
        case=str(seen.inspection),
        site=port,
        detail={"device": device, "bundle": seen.bundle, "proposed": seen.proposed.value, "hits": len(hits)},
    )
    known = {hit.entry for hit in seen.hits}
    return list(_otherwise(seen, here, sum(hit.entry not in known for hit in hits)))


def _files(seen: Inspected) -> dict[str, bytes]:
    """Raises `UnreadableError` for files that a device does not send."""
    if not KEPT_FILES.issuperset(seen.files):
        raise UnreadableError("a device sends none of the files %(names)s", names=", ".join(sorted(seen.files)))
    try:
        return {name: b64decode(data, validate=True) for name, data in seen.files.items()}
    except Error as error:
        raise UnreadableError("a file of the chip is no base64") from error


def _as_shown(seen: Inspected, here: Assessment) -> Assessment:
    """With the checks and the proposal that the officer had before them."""
    reasons = tuple(reason.reason() for reason in seen.reasons)
    return replace(
        here, checks=tuple(check.check() for check in seen.checks), proposal=Proposal(seen.proposed, reasons)
    )


def _otherwise(seen: Inspected, here: Assessment, unknown_hits: int) -> list[Reason]:
    remarks = []
    if unknown_hits:
        remarks.append(
            Reason("%(count)d list entries that the device did not show may mean this person", count=unknown_hits)
        )
    if here.proposal.kind is not seen.proposed:
        remarks.append(
            Reason(
                "the device proposed %(there)s, the centre would have proposed %(here)s",
                there=seen.proposed.value,
                here=here.proposal.kind.value,
            )
        )
    return remarks
