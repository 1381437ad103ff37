"""What an inspection finds in the document and the lists alone, wherever it is made: at the centre or away from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple, Protocol

from gatehouse.device.screening import ListKind, Matched
from gatehouse.device.words import Capacity, Direction, Finding
from gatehouse.kernel.results import Reason, Result
from gatehouse.law.stay import Exemption


class Listed(Protocol):
    """An entry of a list that may mean the person."""

    @property
    def kind(self) -> ListKind: ...
    @property
    def matched(self) -> Matched: ...
    @property
    def reason(self) -> Reason: ...


class Seen(Protocol):
    """What these findings look at. Nationality decides which law applies; no finding is drawn from it otherwise."""

    @property
    def direction(self) -> Direction: ...
    @property
    def capacity(self) -> Capacity: ...
    @property
    def on(self) -> date: ...
    @property
    def nationality(self) -> str: ...
    @property
    def national(self) -> bool: ...
    @property
    def age(self) -> int | None: ...
    @property
    def accompanied(self) -> bool: ...
    @property
    def document(self) -> Result: ...
    @property
    def mrz_valid(self) -> bool: ...
    @property
    def expiry_date(self) -> date | None: ...
    @property
    def exemption(self) -> Exemption | None: ...
    @property
    def hits(self) -> Iterable[Listed]: ...


class Found(NamedTuple):
    finding: Finding
    reason: Reason


def of_document(seen: Seen) -> Iterator[Found]:
    """Its authentication, its check digits, its end."""
    if seen.document is Result.FAILED:
        yield Found(Finding.DOCUMENT_FAILED, Reason("the document failed its authentication (%(article)s)"))
    elif seen.document is not Result.SUCCESSFUL:
        yield Found(Finding.DOCUMENT_UNDETERMINED, Reason("the document could not be authenticated (%(article)s)"))
    if not seen.mrz_valid:
        reason = Reason("a check digit of the machine readable zone is wrong (%(article)s)")
        yield Found(Finding.MRZ_INVALID, reason)
    if seen.expiry_date is not None and seen.expiry_date < seen.on:
        reason = Reason("the document expired on %(day)s (%(article)s)", day=seen.expiry_date.isoformat())
        yield Found(Finding.DOCUMENT_EXPIRED, reason)


def of_exemption(seen: Seen) -> Iterator[Found]:
    """Whether the document lasts as long as entry without a visa asks for."""
    exempt = seen.exemption
    needed = exempt.document_valid_for.last_day(seen.on) if exempt and exempt.document_valid_for else None
    if needed and seen.expiry_date and seen.on <= seen.expiry_date < needed:
        reason = Reason(
            "entry without a visa needs a document valid until %(needed)s; it ends on %(day)s (%(article)s)",
            needed=needed.isoformat(),
            day=seen.expiry_date.isoformat(),
        )
        yield Found(Finding.DOCUMENT_RUNS_OUT, reason)


def of_lists(seen: Seen) -> Iterator[Found]:
    """A ban on entry says nothing of a person who leaves, nor the other way round."""
    for hit in seen.hits:
        about = {ListKind.ENTRY_BAN: Direction.ENTRY, ListKind.EXIT_BAN: Direction.EXIT}
        if about.get(hit.kind, seen.direction) is not seen.direction:
            continue
        if hit.matched is Matched.NAME:
            reason = Reason("a list may mean this person: %(why)s (%(article)s)", why=hit.reason)
            yield Found(Finding.POSSIBLE_HIT, reason)
        else:
            reason = Reason("a list names this document: %(why)s (%(article)s)", why=hit.reason)
            yield Found(Finding(hit.kind.value), reason)


def of_minor(seen: Seen, minor_below: int) -> Iterator[Found]:
    if seen.age is not None and seen.age < minor_below and not seen.accompanied:
        yield Found(
            Finding.MINOR_ALONE,
            Reason("%(age)d years old, and no adult is known to accompany them (%(article)s)", age=seen.age),
        )


def full_date(text: str | None) -> date | None:
    """A date of a document where all of it is known."""
    return date.fromisoformat(text) if text is not None and len(text) == 10 else None


def age(birth_date: str | None, on: date) -> int | None:
    """Full years on that day; None where the birth date is not fully known."""
    born = full_date(birth_date)
    if born is None:
        return None
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
