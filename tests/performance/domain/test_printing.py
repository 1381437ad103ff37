from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.figure import Declared, Figure
from gatehouse.performance.domain.book import Entry
from gatehouse.performance.domain.printing import in_prose, in_thousands, percentage, printed


@pytest.mark.parametrize(
    ("value", "target", "says"),
    [
        ("0.23748", None, "0.24%"),
        ("64.3059", None, "64.31%"),
        ("20", None, "20%"),
        ("100", None, "100%"),
        ("99.90", None, "99.90%"),
        ("99.949", "99.95", "99.94%"),
        ("99.9500001", "99.95", "99.95%"),
        ("99.996", "100", "99.99%"),
    ],
)
def test_a_percentage_is_never_rounded_up_to_its_target(value: str, target: str | None, says: str) -> None:
    assert percentage(Decimal(value), 2, target=Decimal(target) if target else None) == says


def test_where_less_is_better_it_is_never_rounded_down_to_its_target() -> None:
    assert percentage(Decimal("2.001"), 2, target=Decimal(2), less_is_better=True) == "2.01%"
    assert percentage(Decimal("1.999"), 2, target=Decimal(2), less_is_better=True) == "2.00%"


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (339_990_000, "3億3,999萬"),
        (21_932, "2萬1,932"),
        (1_607_385, "160萬7,385"),
        (9_454, "9,454"),
        (0, "0"),
        (10_000, "1萬"),
        (100_000_001, "1億1"),
    ],
)
def test_numbers_in_prose(value: int, says: str) -> None:
    assert in_prose(value) == says


def test_budgets_are_whole_thousands() -> None:
    assert in_thousands(91_378_000) == "91,378"
    with pytest.raises(UnreadableError, match="not a whole number of thousands"):
        in_thousands(91_378_500)


def entry(value: Decimal | int | date) -> Entry:
    figure = Figure("a.b", value, "", {}, Declared("the agency", date(2024, 1, 31)))
    return Entry("a.b", {"en": "b"}, figure, {"en": "said"})


def test_a_style_must_fit_the_value() -> None:
    assert printed(entry(date(2023, 7, 18)), "date") == "112年7月18日"
    assert printed(entry(1_607_385), "number") == "1,607,385"
    with pytest.raises(UnreadableError, match="cannot be printed as percent"):
        printed(entry(date(2023, 7, 18)), "percent")
    with pytest.raises(UnreadableError, match="no style date for a number"):
        printed(entry(3), "date")


@pytest.mark.parametrize(
    ("style", "says"), [("date", "112年6月30日"), ("monthday", "6月30日"), ("monthend", "112年6月底")]
)
def test_a_day_is_printed_whole_or_in_part(style: str, says: str) -> None:
    assert printed(entry(date(2023, 6, 30)), style) == says


@pytest.mark.parametrize(("months", "says"), [(15, "1年3個月"), (12, "1年"), (3, "3個月"), (0, "0個月")])
def test_months_are_said_in_years_and_months(months: int, says: str) -> None:
    assert printed(entry(months), "months") == says


def test_an_entry_has_a_figure_or_says_why_not() -> None:
    with pytest.raises(ValueError, match="says why it has none"):
        Entry("a", {}, None, {})
