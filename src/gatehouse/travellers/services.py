"""Changes of what is known of persons. Callers have judged who may make them and leave the leaf in the audit tree."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import F

from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import RefusedError
from gatehouse.kernel.ids import new_id
from gatehouse.platform.database import rows
from gatehouse.travellers import models
from gatehouse.travellers.domain import Holder, Recognised
from gatehouse.travellers.selectors import recognised

_NEW_DOCUMENT = """
INSERT INTO travellers_document (id, traveller_id, type, issuer, number, expiry_date)
VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (number, issuer) DO NOTHING RETURNING id
"""
_NEW_TRAVELLER = """
INSERT INTO travellers_traveller (id, surname, given_names, names, birth_date, sex, nationality, first_seen_at)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
"""


def traveller_recognise(*, clock: Clock, holder: Holder, permit_number: str | None = None, on: date) -> Recognised:
    """Whom the holder's document or permit points to; a person not known by either is taken in as new.

    Two desks that meet the same new document at once take in one person. Runs in the caller's transaction.
    """
    known = recognised(issuer=holder.issuer, number=holder.number, permit_number=permit_number, on=on)
    if known is not None:
        return known
    traveller = new_id()
    document = (new_id(), traveller, holder.document_type, holder.issuer, holder.number, holder.expiry_date)
    if not rows(_NEW_DOCUMENT, document):
        return traveller_recognise(clock=clock, holder=holder, permit_number=permit_number, on=on)
    person = (holder.surname, holder.given_names, list(holder.names), holder.birth_date, holder.sex, holder.nationality)
    rows(_NEW_TRAVELLER, (traveller, *person, clock.now()))
    return Recognised(traveller, True, holder.birth_date, holder.sex, holder.names, None)


@transaction.atomic
def permit_register(
    *,
    clock: Clock,
    holder: Holder,
    number: str,
    kind: str,
    valid_from: date,
    valid_until: date,
    stay_days: int | None = None,
    entries_allowed: int | None = None,
) -> UUID:
    """A visa or permit that was issued to the holder of a document. Gives its id."""
    person = traveller_recognise(clock=clock, holder=holder, on=valid_from)
    permit = models.Permit(
        traveller_id=person.traveller,
        number=number,
        kind=kind,
        valid_from=valid_from,
        valid_until=valid_until,
        stay_days=stay_days,
        entries_allowed=entries_allowed,
    )
    permit.save(force_insert=True)
    return permit.id


@transaction.atomic
def permit_use(*, permit: UUID) -> None:
    """Use one entry of a permit. Raises `RefusedError` where none is left; nothing changed then."""
    left = models.Permit.objects.filter(pk=permit, entries_used__lt=F("entries_allowed"))
    if not left.update(entries_used=F("entries_used") + 1):
        raise RefusedError("the permit has no entry left")
