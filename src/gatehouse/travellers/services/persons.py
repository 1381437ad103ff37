"""Changes of what is known of persons. Callers have judged who may make them and leave the leaf in the audit tree."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from uuid import UUID

from django.db import transaction

from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import RefusedError
from gatehouse.kernel.ids import new_id
from gatehouse.platform.database import rows
from gatehouse.travellers import models
from gatehouse.travellers.domain import Holder, Recognised
from gatehouse.travellers.selectors.persons import recognised

# The person is taken in with the document, or not at all where the document came to be known in the meantime.
_NEW = """
WITH document AS (
     INSERT INTO travellers_document (id, traveller_id, type, issuer, number, expiry_date)
     VALUES (%(document)s, %(traveller)s, %(document_type)s, %(issuer)s, %(number)s, %(expiry_date)s)
     ON CONFLICT (number, issuer) DO NOTHING RETURNING traveller_id)
INSERT INTO travellers_traveller (id, surname, given_names, names, birth_date, sex, nationality, first_seen_at)
SELECT traveller_id, %(surname)s, %(given_names)s, %(names)s, %(birth_date)s, %(sex)s, %(nationality)s, %(now)s
  FROM document RETURNING id
"""
_USE = """
UPDATE travellers_permit SET entries_used = entries_used + 1
 WHERE id = %s AND entries_used < entries_allowed RETURNING id
"""


def traveller_recognise(*, clock: Clock, holder: Holder, permit_number: str | None = None, on: date) -> Recognised:
    """Whom the holder's document or permit points to; a person not known by either is taken in as new.

    Two desks that meet the same new document at once take in one person. Runs in the caller's transaction.
    """
    known = recognised(issuer=holder.issuer, number=holder.number, permit_number=permit_number, on=on)
    if known is not None:
        return known
    traveller = new_id()
    new = {**asdict(holder), "names": list(holder.names), "document": new_id(), "traveller": traveller}
    if not rows(_NEW, {**new, "now": clock.now()}):
        return traveller_recognise(clock=clock, holder=holder, permit_number=permit_number, on=on)
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


def permit_use(*, permit: UUID) -> None:
    """Use one entry of a permit, in the caller's transaction. Raises `RefusedError` where none is left."""
    if not rows(_USE, (permit,)):
        raise RefusedError("the permit has no entry left")
