"""Who needs no visa, and how long a person who was let in may stay."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from pydantic import Field

from gatehouse.law.dated import Dated, Personal, in_force
from gatehouse.law.terms import Term


class Exemption(Dated):
    """Nationals of these states need no visa for a stay of this length."""

    #: Three-letter codes as in a machine readable zone (ICAO 9303-3).
    nationalities: frozenset[str] = Field(min_length=1)
    term: Term
    #: The passport has to be valid for at least so long from the day of entry; None where it only has to be valid.
    document_valid_for: Term | None = None


def exemption(rules: Iterable[Exemption], nationality: str, on: date) -> Exemption | None:
    """The exemption that a national of this state has on that day; of several the longest, which favours the person."""
    found = [rule for rule in in_force(rules, on) if nationality in rule.nationalities]
    return max(found, key=lambda rule: rule.term.last_day(on), default=None)


class Runs(StrEnum):
    """How a permit's stay is counted."""

    #: So many days as the permit says, from the day after entry.
    FROM_ENTRY = "from_entry"
    #: To the permit's own last day.
    TO_EXPIRY = "to_expiry"


class StayRule(Personal):
    """How the stay on these kinds of visa or permit is counted."""

    permit_kinds: frozenset[str] = Field(min_length=1)
    runs: Runs

    def last_permitted_day(self, *, entered: date, stay_days: int | None, valid_until: date) -> date:
        if self.runs is Runs.TO_EXPIRY or stay_days is None:
            return valid_until
        return Term(days=stay_days).last_day(entered)


def stay_rule(rules: Iterable[StayRule], permit_kind: str, nationality: str, on: date) -> StayRule | None:
    """The rule for this kind of permit and person on that day; None where such a permit gives them no stay."""
    return next(
        (rule for rule in in_force(rules, on) if permit_kind in rule.permit_kinds and rule.concerns(nationality)), None
    )
