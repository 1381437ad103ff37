"""What the rules look at: all that is known of one inspection. Nationality decides the visa that the law asks for, and
which law applies; no finding is drawn from it otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gatehouse.border.domain.capture import Capture
from gatehouse.border.domain.comparisons import Comparison
from gatehouse.border.domain.rules import Rules
from gatehouse.border.domain.words import Capacity, Direction
from gatehouse.kernel.results import Result
from gatehouse.law.stay import Exemption, exemption, stay_rule
from gatehouse.travellers.api import Permit
from gatehouse.watchlist.api import Hit


@dataclass(frozen=True, slots=True)
class Facts:
    direction: Direction
    capacity: Capacity
    #: The day at the border.
    on: date
    nationality: str
    national: bool
    age: int | None
    accompanied: bool
    document: Result
    mrz_valid: bool
    expiry_date: date | None
    holder_differs: bool
    permit: Permit | None
    exemption: Exemption | None
    #: At exit: the last permitted day of the stay that ends.
    stay_until: date | None
    hits: tuple[Hit, ...]
    #: What the law asks to be captured at entry, and how it stands with it.
    captures: tuple[Capture, ...] = ()
    #: Of what is before the desk with what is known of the person.
    comparisons: tuple[Comparison, ...] = ()


@dataclass(frozen=True, slots=True)
class Stay:
    """What lets the person stay: `number` is empty where it is an exemption."""

    kind: str
    number: str
    last_permitted_day: date
    source: str

    @property
    def is_exemption(self) -> bool:
        return not self.number


def stay(rules: Rules, *, on: date, nationality: str, permit: Permit | None) -> Stay | None:
    """The stay that entry on that day would give; None for nationals, and where nothing lets the person in."""
    if nationality == rules.state:
        return None
    if permit is not None and permit.lets_in(on):
        rule = stay_rule(rules.stays, permit.kind, nationality, on)
        if rule is not None:
            last = rule.last_permitted_day(entered=on, stay_days=permit.stay_days, valid_until=permit.valid_until)
            return Stay(permit.kind, permit.number, last, rule.article)
    exempt = exemption(rules.exemptions, nationality, on)
    return Stay("exemption", "", exempt.term.last_day(on), exempt.article) if exempt else None
