"""What is known of a person, when a permit still lets them in, and what biometrics are kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from gatehouse.biometrics.fingerprints import Finger

#: What can be captured of a person.
FACE = "face"
KINDS = (FACE, *(finger.value for finger in Finger))


@dataclass(frozen=True, slots=True)
class Holder:
    """A person and the document they hold, as the document says it."""

    document_type: str
    issuer: str
    number: str
    #: As far as it is known: "2031-10-31", "2031-10", "2031", or None.
    expiry_date: str | None
    surname: str
    given_names: str
    birth_date: str | None
    sex: str
    nationality: str
    #: The names in every other script and order, as given.
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Permit:
    """A visa or permit. Its stay is counted by the law of its kind."""

    id: UUID
    number: str
    kind: str
    valid_from: date
    valid_until: date
    #: Days that it lets the person stay; None where it lasts to its own end.
    stay_days: int | None
    #: Entries that it allows; None where it is good for any number.
    entries_allowed: int | None
    entries_used: int

    def lets_in(self, on: date) -> bool:
        """Whether it is valid that day and has an entry left."""
        return self.valid_from <= on <= self.valid_until and not self.used_up

    @property
    def used_up(self) -> bool:
        return self.entries_allowed is not None and self.entries_used >= self.entries_allowed


@dataclass(frozen=True, slots=True)
class Recognised:
    """Whom a document or permit points to. It says who the agency took the holder for so far, and no more."""

    traveller: UUID
    #: Nobody was known by it before.
    created: bool
    #: What the record says of the person, to be compared with the document in hand.
    birth_date: str | None
    sex: str
    names: tuple[str, ...]
    permit: Permit | None


@dataclass(frozen=True, slots=True)
class Captured:
    """A picture that was taken of a person, one of `KINDS`. `template` holds the bytes that `engine` made of it."""

    kind: str
    image: bytes = field(repr=False)
    template: bytes | None = field(default=None, repr=False)
    #: Name and version; empty without a template.
    engine: str = ""
    #: 0 to 100; None where nothing measured it.
    quality: int | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A capture as it lies on record, opened."""

    id: UUID
    captured: Captured
    inspection: UUID
    captured_at: datetime


def same_person_plausible(known: Recognised, holder: Holder) -> bool:
    """Whether record and document can be of one person: birth dates agree as far as both are known."""
    if known.birth_date is None or holder.birth_date is None:
        return True
    return known.birth_date.startswith(holder.birth_date) or holder.birth_date.startswith(known.birth_date)
