"""What lanes have to know of people beside their documents: who resides here, and who is enrolled."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from gatehouse.platform.database import rows

_KNOWN = """
SELECT d.issuer, d.number, t.nationality, r.resides, e.enrolled
  FROM travellers_document d
  JOIN travellers_traveller t ON t.id = d.traveller_id
 CROSS JOIN LATERAL (SELECT EXISTS (
       SELECT 1 FROM travellers_permit p
        WHERE p.traveller_id = t.id AND p.kind = ANY(%(kinds)s) AND p.valid_from <= %(on)s AND p.valid_until >= %(on)s
       ) AS resides) r
 CROSS JOIN LATERAL (SELECT EXISTS (
       SELECT 1 FROM travellers_enrolment n WHERE n.traveller_id = t.id AND n.wrapped IS NOT NULL
       ) AS enrolled) e
 WHERE r.resides OR e.enrolled
 ORDER BY d.issuer, d.number
"""


@dataclass(frozen=True, slots=True)
class LaneKnown:
    issuer: str
    number: str
    nationality: str
    resides: bool
    enrolled: bool


def lane_known(on: date, *, residence_permits: Collection[str]) -> Iterator[LaneKnown]:
    """Every document of somebody who resides here on that day or is enrolled."""
    for row in rows(_KNOWN, {"kinds": sorted(residence_permits), "on": on}):
        yield LaneKnown(*row)
