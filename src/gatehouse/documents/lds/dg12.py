"""EF.DG12: more about the document (ICAO 9303-10 clause 4.7.12). All of it is optional."""

from __future__ import annotations

from dataclasses import dataclass

from gatehouse.documents.lds.dg11 import repeated
from gatehouse.documents.lds.text import date_time, free_text, partial_date
from gatehouse.documents.tlv import Octets, outermost


@dataclass(frozen=True, slots=True)
class Dg12:
    """`issue_date` is ISO 8601; `personalised` ISO 8601 without a zone, which the standard does not name."""

    issuing_authority: str | None = None
    issue_date: str | None = None
    other_persons: tuple[str, ...] = ()
    endorsements: str | None = None
    tax_exit_requirements: str | None = None
    front_image: bytes | None = None
    rear_image: bytes | None = None
    personalised: str | None = None
    personalisation_system: str | None = None


def read(data: Octets) -> Dg12:
    """Raises `UnreadableError` where the file is no EF.DG12."""
    file = outermost(data, 0x6C)
    front, rear = file.find(0x5F1D), file.find(0x5F1E)
    return Dg12(
        issuing_authority=free_text(file.find(0x5F19)),
        issue_date=partial_date(file.find(0x5F26)),
        other_persons=repeated(file, 0x5F1A),
        endorsements=free_text(file.find(0x5F1B)),
        tax_exit_requirements=free_text(file.find(0x5F1C)),
        front_image=bytes(front.value) if front else None,
        rear_image=bytes(rear.value) if rear else None,
        personalised=date_time(file.find(0x5F55)),
        personalisation_system=free_text(file.find(0x5F56)),
    )
