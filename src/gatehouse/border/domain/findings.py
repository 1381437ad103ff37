"""What an inspection finds: one short function for each thing that can be found."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gatehouse.border.domain.biometric_findings import biometric_findings
from gatehouse.border.domain.facts import Facts, stay
from gatehouse.border.domain.rules import Rules
from gatehouse.border.domain.words import Direction, Finding
from gatehouse.device.findings import Found, of_document, of_exemption, of_lists, of_minor
from gatehouse.kernel.results import Reason
from gatehouse.law.ban import entry_ban
from gatehouse.law.terms import days_over


def findings(facts: Facts, rules: Rules) -> tuple[Found, ...]:
    """Everything found, in the order in which an officer would read it."""
    return tuple(found for look in _LOOKS for found in look(facts, rules))


def _document(facts: Facts, rules: Rules) -> Iterator[Found]:
    return of_document(facts)


def _hits(facts: Facts, rules: Rules) -> Iterator[Found]:
    return of_lists(facts)


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
        yield from of_exemption(facts)


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


def _minor(facts: Facts, rules: Rules) -> Iterator[Found]:
    return of_minor(facts, rules.settings.minor_below)


def _biometrics(facts: Facts, rules: Rules) -> Iterator[Found]:
    yield from biometric_findings(facts.captures, facts.comparisons)


_LOOKS: tuple[Callable[[Facts, Rules], Iterator[Found]], ...] = (
    _document,
    _holder,
    _permission,
    _overstay,
    _hits,
    _minor,
    _biometrics,
)
