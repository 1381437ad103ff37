"""What an inspection finds: one short function for each thing that can be found."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gatehouse.border.domain.biometric_findings import biometric_findings
from gatehouse.border.domain.facts import Facts, stay
from gatehouse.border.domain.found import Found
from gatehouse.border.domain.rules import Rules
from gatehouse.border.domain.words import Direction, Finding
from gatehouse.kernel.results import Reason, Result
from gatehouse.law.ban import entry_ban
from gatehouse.law.terms import days_over
from gatehouse.watchlist.api import Hit, ListKind, Matched


def findings(facts: Facts, rules: Rules) -> tuple[Found, ...]:
    """Everything found, in the order in which an officer would read it."""
    return tuple(found for look in _LOOKS for found in look(facts, rules))


def _document(facts: Facts, rules: Rules) -> Iterator[Found]:
    if facts.document is Result.FAILED:
        yield Found(Finding.DOCUMENT_FAILED, Reason("the document failed its authentication (%(article)s)"))
    elif facts.document is not Result.SUCCESSFUL:
        yield Found(Finding.DOCUMENT_UNDETERMINED, Reason("the document could not be authenticated (%(article)s)"))
    if not facts.mrz_valid:
        reason = Reason("a check digit of the machine readable zone is wrong (%(article)s)")
        yield Found(Finding.MRZ_INVALID, reason)


def _validity(facts: Facts, rules: Rules) -> Iterator[Found]:
    if facts.expiry_date is not None and facts.expiry_date < facts.on:
        reason = Reason("the document expired on %(day)s (%(article)s)", day=facts.expiry_date.isoformat())
        yield Found(Finding.DOCUMENT_EXPIRED, reason)


def _holder(facts: Facts, rules: Rules) -> Iterator[Found]:
    if facts.holder_differs:
        reason = Reason("this document is on record for a person with another date of birth (%(article)s)")
        yield Found(Finding.HOLDER_DIFFERS, reason)


def _permission(facts: Facts, rules: Rules) -> Iterator[Found]:
    if facts.national or facts.direction is not Direction.ENTRY:
        return
    given = stay(rules, on=facts.on, nationality=facts.nationality, permit=facts.permit)
    if given is None:
        yield Found(Finding.NO_PERMIT, _why_not_permitted(facts))
    elif given.is_exemption:
        yield from _validity_for_exemption(facts)


def _validity_for_exemption(facts: Facts) -> Iterator[Found]:
    exempt = facts.exemption
    needed = exempt.document_valid_for.last_day(facts.on) if exempt and exempt.document_valid_for else None
    if needed and facts.expiry_date and facts.on <= facts.expiry_date < needed:
        reason = Reason(
            "entry without a visa needs a document valid until %(needed)s; it ends on %(day)s (%(article)s)",
            needed=needed.isoformat(),
            day=facts.expiry_date.isoformat(),
        )
        yield Found(Finding.DOCUMENT_RUNS_OUT, reason)


def _why_not_permitted(facts: Facts) -> Reason:
    permit = facts.permit
    if permit is None:
        return Reason("no visa or permit is on record, and no exemption applies (%(article)s)")
    if permit.used_up:
        return Reason("the permit %(number)s has no entry left (%(article)s)", number=permit.number)
    if permit.lets_in(facts.on):
        return Reason("the permit %(number)s gives this person no stay (%(article)s)", number=permit.number)
    return Reason(
        "the permit %(number)s is valid from %(first)s to %(last)s (%(article)s)",
        number=permit.number,
        first=permit.valid_from.isoformat(),
        last=permit.valid_until.isoformat(),
    )


def _overstay(facts: Facts, rules: Rules) -> Iterator[Found]:
    if facts.direction is not Direction.EXIT or facts.stay_until is None or facts.on <= facts.stay_until:
        return
    ban = entry_ban(
        rules.bans,
        ground="overstay",
        nationality=facts.nationality,
        left=facts.on,
        last_permitted=facts.stay_until,
    )
    parts = {"days": days_over(facts.stay_until, facts.on), "last": facts.stay_until.isoformat()}
    if ban is None:
        reason = Reason("%(days)d days over the last permitted day, %(last)s (%(article)s)", **parts)
    else:
        reason = Reason(
            "%(days)d days over the last permitted day, %(last)s; entry may be barred until %(until)s (%(article)s)",
            **parts,
            until=ban.last_day.isoformat(),
        )
    yield Found(Finding.OVERSTAY, reason)


def _hits(facts: Facts, rules: Rules) -> Iterator[Found]:
    for hit in facts.hits:
        if not _concerns(hit, facts.direction):
            continue
        if hit.matched is Matched.NAME:
            reason = Reason("a list may mean this person: %(why)s (%(article)s)", why=hit.reason)
            yield Found(Finding.POSSIBLE_HIT, reason)
        else:
            reason = Reason("a list names this document: %(why)s (%(article)s)", why=hit.reason)
            yield Found(Finding(hit.kind.value), reason)


def _concerns(hit: Hit, direction: Direction) -> bool:
    """A ban on entry says nothing of a person who leaves, nor the other way round."""
    about = {ListKind.ENTRY_BAN: Direction.ENTRY, ListKind.EXIT_BAN: Direction.EXIT}
    return about.get(hit.kind, direction) is direction


def _minor(facts: Facts, rules: Rules) -> Iterator[Found]:
    if facts.age is not None and facts.age < rules.settings.minor_below and not facts.accompanied:
        yield Found(
            Finding.MINOR_ALONE,
            Reason("%(age)d years old, and no adult is known to accompany them (%(article)s)", age=facts.age),
        )


def _biometrics(facts: Facts, rules: Rules) -> Iterator[Found]:
    yield from biometric_findings(facts.captures, facts.comparisons)


_LOOKS: tuple[Callable[[Facts, Rules], Iterator[Found]], ...] = (
    _document,
    _validity,
    _holder,
    _permission,
    _overstay,
    _hits,
    _minor,
    _biometrics,
)
