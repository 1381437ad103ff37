"""How long a person who broke the rules of stay may be refused entry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from gatehouse.law.dated import Personal, in_force
from gatehouse.law.terms import Term, days_over


class BanRule(Personal):
    """A ground and the years it bars entry; `as_long_as_overstay` lets the ban last as long as the overstay did."""

    ground: str
    least: Term
    most: Term
    as_long_as_overstay: bool = False


@dataclass(frozen=True, slots=True)
class Ban:
    #: The day after exit.
    first_day: date
    last_day: date
    article: str


def entry_ban(
    rules: Iterable[BanRule], *, ground: str, nationality: str, left: date, last_permitted: date | None = None
) -> Ban | None:
    """The ban that follows for who left on that day, by the rule in force then; None where the ground brings none.

    Where the law gives a range the shortest term applies, unless it follows the overstay's length.
    """
    found = [rule for rule in in_force(rules, left) if rule.ground == ground and rule.concerns(nationality)]
    if not found:
        return None
    rule = found[0]
    last = rule.least.last_day(left)
    if rule.as_long_as_overstay and last_permitted is not None:
        last = max(last, left + timedelta(days=days_over(last_permitted, left)))
    return Ban(left + timedelta(days=1), min(last, rule.most.last_day(left)), rule.article)
