from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from gatehouse.kernel.results import Reason
from gatehouse.performance.domain.budget import Account, account, balances, curve, missing_from
from gatehouse.performance.domain.records import Movement

END = date(2023, 12, 31)


def move(code: str, kind: str, amount: int, day: str = "2023-01-03", item: str = "works", **more: Any) -> Movement:
    facts = {"code": code, "kind": kind, "amount": amount, "day": day, "item": item, "year": 112, "source": "x", **more}
    return Movement.model_validate(facts)


YEAR = [
    move("a1", "allocation", 900),
    move("a2", "allocation", 100, item="price-index"),
    move("t1", "transfer", 100, "2023-02-01", item="price-index", to_item="works"),
    move("p1", "payment", 300, "2023-03-31"),
    move("y1", "payable", 200, "2023-11-30"),
    move("s1", "surplus", 50, "2023-12-20"),
]


def test_the_account_of_a_year_and_both_rates() -> None:
    now = account(YEAR, on=END)
    assert now == Account(allocated=1000, spent=300, payable=200, surplus=50)
    assert now.execution_rate == 30
    assert now.execution_rate_with_payables == 55


def test_what_comes_later_is_not_counted() -> None:
    assert account(YEAR, on=date(2023, 3, 30)) == Account(1000, 0, 0, 0)


def test_a_payment_that_settles_a_payable_moves_it_from_owed_to_spent() -> None:
    paid = [*YEAR, move("p2", "payment", 150, "2023-12-28", settles="y1")]
    assert account(paid, on=END) == Account(allocated=1000, spent=450, payable=50, surplus=50)
    assert account(paid, on=END).execution_rate_with_payables == 55
    assert balances(paid) == balances(YEAR)


def test_nothing_is_divided_by_no_allocation() -> None:
    assert account([], on=END).execution_rate == Reason("nothing was allocated")


def test_a_rate_is_exact() -> None:
    assert Account(91_378, 217, 0, 0).execution_rate == Fraction(21_700, 91_378)


def test_what_each_item_still_holds() -> None:
    assert balances(YEAR) == {"works": 450, "price-index": 0}


def test_an_item_is_short_on_the_day_when_more_goes_out_than_came_in() -> None:
    assert missing_from("works", YEAR) == 0
    early = [move("p", "payment", 400, "2023-01-02"), *YEAR]
    assert missing_from("works", early) == 400
    assert missing_from("price-index", [*YEAR, move("t2", "transfer", 1, item="price-index", to_item="works")]) == 1


def test_within_a_day_what_comes_in_counts_first() -> None:
    assert missing_from("works", [move("p", "payment", 900), move("a", "allocation", 900)]) == 0


def test_the_curve_has_a_point_for_each_month() -> None:
    points = curve(YEAR, (date(2023, 1, 1), date(2023, 4, 30)))
    assert [(point.last_day.isoformat(), point.allocated, point.spent) for point in points] == [
        ("2023-01-31", 1000, 0),
        ("2023-02-28", 1000, 0),
        ("2023-03-31", 1000, 300),
        ("2023-04-30", 1000, 300),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "transfer"},
        {"kind": "transfer", "to_item": "works"},
        {"kind": "payment", "to_item": "other"},
        {"kind": "allocation", "settles": "y1"},
        {"kind": "payment", "amount": 0},
    ],
)
def test_a_movement_that_is_none(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        move("x", **{"amount": 1, **wrong})
