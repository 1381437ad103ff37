"""Who is enrolled, and how many were."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from gatehouse.platform.database import rows
from gatehouse.travellers import vault
from gatehouse.travellers.models import Document, Enrolment
from gatehouse.travellers.selectors.biometrics import installation_key

_COUNTED = """
SELECT to_char(consented_at AT TIME ZONE %s, 'YYYY-MM'), port, count(*), count(*) FILTER (WHERE wrapped IS NULL)
  FROM travellers_enrolment GROUP BY 1, 2 ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class EnrolledMonth:
    """Enrolments of a month at a port, and how many of them were revoked or renewed since."""

    month: str
    port: str
    enrolled: int
    ended: int


def enrolled_documents() -> Iterator[tuple[str, str]]:
    """Issuer and number of every document of somebody who is enrolled."""
    found = Document.objects.filter(traveller__enrolments__wrapped__isnull=False).order_by("id")
    yield from found.values_list("issuer", "number").iterator()


def enrolments_counted(time_zone: str) -> list[EnrolledMonth]:
    """By month of consent where the agency is, and port."""
    return [EnrolledMonth(*row) for row in rows(_COUNTED, (time_zone,))]


def enrolled_face(traveller: UUID) -> bytes | None:
    """The enrolled picture; None where the person is not enrolled. Callers judge who may see it and leave the leaf."""
    row = Enrolment.objects.filter(traveller=traveller, wrapped__isnull=False).first()
    if row is None or row.wrapped is None:
        return None
    key = vault.key_unwrapped(installation_key(), bytes(row.wrapped), key=row.id, traveller=traveller)
    return vault.opened(key, bytes(row.image), row=row.id, traveller=traveller, what="face enrolment")
