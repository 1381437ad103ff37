from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from gatehouse.kernel.results import Reason
from gatehouse.performance.domain.achievement import Achievement, Quantity, Unit, achievement, decimal_of


def of(value: str, unit: Unit = Unit.PASSAGES) -> Quantity:
    return Quantity(Fraction(value), unit)


@pytest.mark.parametrize(
    ("actual", "target", "raw", "printed"),
    [
        ("99.95", "99.95", "100", "100"),
        ("74.88", "65", "115.2", "100"),
        ("50.83", "45", "5083/45", "100"),
        ("100", "99.10", "1000000/9910", "100"),
        ("99.88999", "99.89", "9988999/99890", "9988999/99890"),
        ("0", "20", "0", "0"),
    ],
)
def test_the_rate_as_divided_and_as_printed(actual: str, target: str, raw: str, printed: str) -> None:
    rate = achievement(of(actual), of(target))
    assert isinstance(rate, Achievement)
    assert (rate.raw, rate.printed) == (Fraction(raw), Fraction(printed))
    assert rate.reached == (Fraction(raw) >= 100)


@pytest.mark.parametrize(
    ("actual", "target", "raw", "reached"),
    [("4", "5", "125", True), ("5", "5", "100", True), ("8", "5", "125/2", False), ("0", "5", "100", True)],
)
def test_where_less_is_better_the_target_is_divided(actual: str, target: str, raw: str, reached: bool) -> None:
    assert achievement(of(actual), of(target), less_is_better=True) == Achievement(Fraction(raw), reached)


def test_a_target_of_nothing() -> None:
    assert str(achievement(of("3"), of("0"))) == "nothing is divided by a target of 0"
    assert achievement(of("3"), of("0"), less_is_better=True) == Achievement(Fraction(0), reached=False)
    assert achievement(of("0"), of("0"), less_is_better=True) == Achievement(Fraction(100), reached=True)


def test_a_completion_is_not_divided_by_a_weight() -> None:
    """The first milestone of the report of 112: 100% of the milestone over a target of 10% of the plan."""
    found = achievement(of("100", Unit.MILESTONE), of("10", Unit.PLAN_WEIGHT))
    assert isinstance(found, Reason)
    assert (
        str(found) == "a value in percent of the milestone is not divided by a target in percent of the plan's weight"
    )


def test_a_fraction_keeps_more_digits_than_are_printed() -> None:
    assert decimal_of(Fraction(2, 3)) == Decimal("0.6666666666666666666666666666666667")
    assert decimal_of(Fraction(10**12 - 1, 10**10)) == Decimal("99.9999999999")
