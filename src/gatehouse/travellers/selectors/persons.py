"""Reading persons."""

from __future__ import annotations

from datetime import date
from typing import Any

from gatehouse.platform.database import rows
from gatehouse.travellers.domain import Permit, Recognised

# The permit in hand counts where one was named; else, of those that hold on that day, the one that lasts longest.
_PERSON = """
SELECT t.id, t.birth_date, t.sex, t.names, p.id, p.number, p.kind, p.valid_from, p.valid_until, p.stay_days,
       p.entries_allowed, p.entries_used
  FROM %s
  JOIN travellers_traveller t ON t.id = known.traveller_id
  LEFT JOIN LATERAL (
       SELECT * FROM travellers_permit q
        WHERE q.traveller_id = t.id
          AND CASE WHEN %%(permit)s::text IS NULL THEN q.valid_from <= %%(on)s AND q.valid_until >= %%(on)s
                   ELSE q.number = %%(permit)s END
        ORDER BY q.entries_allowed IS NOT NULL AND q.entries_used >= q.entries_allowed, q.valid_until DESC
        LIMIT 1) p ON true
 WHERE %s
"""
_BY_DOCUMENT = _PERSON % ("travellers_document known", "known.issuer = %(issuer)s AND known.number = %(number)s")
_BY_PERMIT = _PERSON % ("travellers_permit known", "known.number = %(permit)s")


def recognised(*, issuer: str, number: str, permit_number: str | None, on: date) -> Recognised | None:
    """Whom the document points to, else whom the permit points to; None where nobody is known by either."""
    asked = {"issuer": issuer, "number": number, "permit": permit_number, "on": on}
    found = rows(_BY_DOCUMENT, asked)
    if not found and permit_number is not None:
        found = rows(_BY_PERMIT, asked)
    return _recognised(found[0]) if found else None


def _recognised(row: tuple[Any, ...]) -> Recognised:
    traveller, birth_date, sex, names, *permit = row
    return Recognised(
        traveller=traveller,
        created=False,
        birth_date=birth_date,
        sex=sex,
        names=tuple(names),
        permit=Permit(*permit) if permit[0] else None,
    )
