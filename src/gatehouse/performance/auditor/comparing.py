"""Whether what is printed can have been rounded from what it was calculated from, and how a value is printed."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from enum import Enum
from fractions import Fraction

from gatehouse.performance.auditor.quantities import PERCENT, POINTS, Quantity
from gatehouse.performance.domain.printing import in_prose

#: Scales that stand alone behind a number.
_FACTORS = {"千": 1000, "萬": 10_000, "百萬": 1_000_000, "億": 100_000_000, "千萬": 10_000_000}
_LARGE = ("億", "萬", "兆")
#: No amount is rounded by more of itself without a word of it: a budget of 6億元 is not one of 5.5.
_ROUNDED = Fraction(1, 100)


class Fit(Enum):
    """EXACT: rounded as usual; CUT: within one step, but rounded the wrong way; NONE: another number."""

    EXACT = 0
    CUT = 1
    NONE = 2


def fit(low: Fraction, high: Fraction, printed: Quantity) -> Fit:
    """How a printed value fits a true one that lies between two bounds."""
    reach = printed.step if printed.about else printed.slack
    if low <= printed.value + reach and high >= printed.value - reach:
        return Fit.EXACT
    if low < printed.value + printed.step and high > printed.value - printed.step:
        return Fit.CUT
    return Fit.NONE


def bounds(quantity: Quantity) -> tuple[Fraction, Fraction]:
    """Between which values the true one lies: a count and 千元 are exact, 1.5億 and 餘 are not."""
    if quantity.about:
        return quantity.value - quantity.step, quantity.value + quantity.step
    rounded = quantity.step.denominator > 1 or any(scale in quantity.scale for scale in _LARGE)
    slack = min(quantity.slack, _ROUNDED * quantity.value) if rounded and quantity.unit != "" else Fraction(0)
    return quantity.value - slack, quantity.value + slack


def ratio_fit(part: tuple[Fraction, Fraction], whole: tuple[Fraction, Fraction], printed: Quantity) -> Fit:
    """How a printed percentage fits part / whole, each between two bounds. A whole of 0 or less fits nothing."""
    if whole[0] <= 0:
        return Fit.NONE
    return fit(100 * part[0] / whole[1], 100 * part[1] / whole[0], printed)


def rounded(value: Fraction, step: Fraction) -> Decimal:
    """A value to the step of a printed one, half up."""
    with localcontext(prec=50):
        steps = (_decimal(value) / _decimal(step)).quantize(Decimal(1), ROUND_HALF_UP)
        return steps * _decimal(step)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def percent(value: Fraction, step: Fraction) -> str:
    """A percentage to the step of a printed one, at least one more digit where it would print as 0."""
    found = rounded(value, step)
    if found == 0 and value:
        found = rounded(value, step / 10)
    return f"{found.normalize():f}%" if found == found.to_integral_value() else f"{found:f}%"


def amount(value: Fraction, like: Quantity) -> str:
    """A value in the unit and the manner of a printed one: 2萬1,932人, 117,683千元, 1.5億元."""
    if like.unit in (PERCENT, POINTS):
        return f"{rounded(value, like.step):f}{like.unit}"
    factor = _FACTORS.get(like.scale, 1)
    if not like.scale and like.bare and like.value != like.bare:  # the heading of the column says in how many
        by = abs(like.value / like.bare)
        return f"{rounded(value / by, like.step / by):,f}"
    if like.value == like.bare * factor:
        shown = rounded(value / factor, min(like.step / factor, Fraction(1)))
        return f"{shown.normalize():,f}{like.scale}{like.unit}"
    return f"{in_prose(int(value))}{like.unit}"
