"""What a list holds. Whether an entry may mean a person, `gatehouse.device.screening` says: never who it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from gatehouse.device.screening import NAME_KEY_LENGTH, Entry, ListKind, Matched, Subject, matched, name_key
from gatehouse.kernel.results import Reason
from gatehouse.law.dated import Dated

__all__ = [
    "NAME_KEY_LENGTH",
    "Entry",
    "Hit",
    "ListKind",
    "ListType",
    "Matched",
    "Review",
    "Subject",
    "matched",
    "name_key",
]


class Review(StrEnum):
    OPEN = "open"
    CONFIRMED = "confirmed"
    NOT_THE_SAME = "not the same person"


class ListType(Dated):
    """A kind of list that an agency keeps: its name by language, and the provision that it rests on."""

    kind: ListKind
    name: dict[str, str]


@dataclass(frozen=True, slots=True)
class Hit:
    """A proposal that an entry means this person, with what speaks for it."""

    id: UUID
    entry: UUID
    kind: ListKind
    matched: Matched
    basis: str
    reason: Reason
    review: Review = Review.OPEN
    reviewed_by: str = ""
