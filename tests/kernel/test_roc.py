from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.roc import gregorian_year, parse_roc_date, roc_date, roc_short, roc_year


@pytest.mark.parametrize(("gregorian", "roc"), [(2023, 112), (1912, 1), (1911, -1), (1894, -18), (2026, 115)])
def test_years_both_ways(gregorian: int, roc: int) -> None:
    assert roc_year(gregorian) == roc
    assert gregorian_year(roc) == gregorian


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("112年7月18日", date(2023, 7, 18)),
        ("民國112年7月18日", date(2023, 7, 18)),
        ("民國元年1月1日", date(1912, 1, 1)),
        ("民國前1年12月31日", date(1911, 12, 31)),
        ("112-07-18", date(2023, 7, 18)),
        ("112.7.18", date(2023, 7, 18)),
        (" 99/2/28 ", date(2010, 2, 28)),
    ],
)
def test_dates_as_they_are_written(text: str, day: date) -> None:
    assert parse_roc_date(text) == day


@pytest.mark.parametrize(
    "text", ["", "2023-07-18", "112年2月30日", "112年13月1日", "0年1月1日", "七月", "1-1-1", "2023年7月18日"]
)
def test_what_is_no_date_is_said_to_be_none(text: str) -> None:
    with pytest.raises(UnreadableError):
        parse_roc_date(text)


def test_the_short_form_does_not_pretend_before_1912() -> None:
    assert roc_short(date(1912, 1, 1)) == "001-01-01"
    with pytest.raises(UnreadableError, match="before the first year"):
        roc_short(date(1911, 12, 31))


@given(st.dates(min_value=date(1600, 1, 1), max_value=date(2910, 12, 31)))
def test_what_is_written_is_read_back(day: date) -> None:
    assert parse_roc_date(roc_date(day)) == day
    assert parse_roc_date(roc_date(day, era=True)) == day
