"""How far a value came towards its target: one exact ratio, kept apart from what is printed of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum
from fractions import Fraction

from gatehouse.kernel.results import Reason

#: More digits than any ratio of counts needs to be told from its target.
_DIGITS = 34


class Unit(StrEnum):
    """What a percentage is a share of. Only shares of the same are divided by each other."""

    SERVICE_TIME = "% of agreed service time"
    PASSAGES = "% of passages"
    PLAN_WEIGHT = "% of the plan's weight"
    MILESTONE = "% of the milestone"


#: The unit of an achievement rate.
OF_TARGET = "% of target"
WORDS = {
    Unit.SERVICE_TIME: Reason("percent of agreed service time"),
    Unit.PASSAGES: Reason("percent of passages"),
    Unit.PLAN_WEIGHT: Reason("percent of the plan's weight"),
    Unit.MILESTONE: Reason("percent of the milestone"),
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A percentage, 99.95 and not 0.9995, with what it is a share of."""

    value: Fraction
    unit: Unit


@dataclass(frozen=True, slots=True)
class Achievement:
    """The rate in percent of the target: `raw` as divided, `printed` as the form wants it, at most 100."""

    raw: Fraction
    reached: bool

    @property
    def printed(self) -> Fraction:
        return min(self.raw, Fraction(100))


def achievement(actual: Quantity, target: Quantity, *, less_is_better: bool = False) -> Achievement | Reason:
    """Actual / target in percent (C/B); target / actual where less is better. A reason where that means nothing.

    Unlike units are not divided: 100% of a milestone is no part of a target of 10% of the plan's weight.
    """
    if actual.unit is not target.unit:
        return Reason(
            "a value in %(actual)s is not divided by a target in %(target)s",
            actual=WORDS[actual.unit],
            target=WORDS[target.unit],
        )
    over, under = (target.value, actual.value) if less_is_better else (actual.value, target.value)
    reached = under <= over
    if under == 0:
        return Achievement(Fraction(100), reached) if less_is_better else Reason("nothing is divided by a target of 0")
    return Achievement(over / under * 100, reached)


def decimal_of(value: Fraction) -> Decimal:
    """A fraction with 34 digits, which no printed figure shows."""
    with localcontext(prec=_DIGITS):
        return Decimal(value.numerator) / Decimal(value.denominator)
