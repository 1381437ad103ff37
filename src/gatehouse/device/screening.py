"""When a list entry may mean the person in hand, at the centre and away from it. A match is never an identity."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from gatehouse.kernel.results import Reason

#: The shortest name field (TD1) has 30 characters, of which each component of a name costs one as a filler: of a name
#: with up to seven components in there, so many letters and the mark between its two parts are left in every format.
NAME_KEY_LENGTH = 24


class ListKind(StrEnum):
    LOST_DOCUMENT = "lost_document"
    ENTRY_BAN = "entry_ban"
    EXIT_BAN = "exit_ban"
    LOOKOUT = "lookout"


class Matched(StrEnum):
    DOCUMENT = "document"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom to screen, as the machine readable zone gives them."""

    issuer: str
    number: str
    surname: str
    given_names: str
    #: ISO 8601, shortened where it is partly unknown; None where it is unknown.
    birth_date: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    id: UUID
    kind: ListKind
    issuer: str
    number: str
    name_key: str
    birth_date: str | None
    basis: str


def name_key(surname: str, given_names: str) -> str:
    """The name as far as every format of a machine readable zone can hold it: letters alone, parts by a filler.

    >>> name_key("VAN DER MUELLEN", "ANNA MARIA")
    'VANDERMUELLEN<ANNAMARIA'
    """
    parts = ("".join(filter(str.isalpha, part)) for part in (surname, given_names))
    return "<".join(parts)[:NAME_KEY_LENGTH].rstrip("<")


def matched(entry: Entry, subject: Subject) -> tuple[Matched, Reason] | None:
    """Why the entry may mean the subject; None where it does not."""
    if entry.number and (entry.number, entry.issuer) == (subject.number, subject.issuer):
        return Matched.DOCUMENT, Reason("the document %(number)s itself is listed", number=entry.number)
    if not entry.name_key or entry.name_key != name_key(subject.surname, subject.given_names):
        return None
    if entry.birth_date is None or subject.birth_date is None:
        return Matched.NAME, Reason("the same name; a date of birth is not known")
    shorter, longer = sorted((entry.birth_date, subject.birth_date), key=len)
    if shorter == longer:
        return Matched.NAME, Reason("the same name and date of birth, %(born)s", born=longer)
    if longer.startswith(shorter):
        return Matched.NAME, Reason("the same name; the dates of birth agree as far as known, %(born)s", born=shorter)
    return None
