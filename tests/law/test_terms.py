from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from gatehouse.law.terms import Term, days_over


@pytest.mark.parametrize(
    ("event", "term", "last"),
    [
        (date(2023, 5, 1), Term(days=90), date(2023, 7, 30)),
        (date(2023, 2, 28), Term(days=14), date(2023, 3, 14)),
        (date(2024, 2, 28), Term(days=14), date(2024, 3, 13)),
        (date(2023, 12, 31), Term(days=30), date(2024, 1, 30)),
        # Counted from 30 November: no 30 February, so the month's own end.
        (date(2022, 11, 29), Term(months=3), date(2023, 2, 28)),
        (date(2023, 11, 29), Term(months=3), date(2024, 2, 29)),
        # Counted from 1 December: the day before 1 March.
        (date(2022, 11, 30), Term(months=3), date(2023, 2, 28)),
        (date(2023, 11, 30), Term(months=3), date(2024, 2, 29)),
        (date(2023, 1, 15), Term(months=1), date(2023, 2, 15)),
        (date(2023, 1, 30), Term(months=1), date(2023, 2, 28)),
        (date(2023, 1, 27), Term(months=1), date(2023, 2, 27)),
        (date(2023, 6, 30), Term(months=6), date(2023, 12, 31)),
        (date(2023, 5, 1), Term(years=1), date(2024, 5, 1)),
        (date(2024, 2, 29), Term(years=1), date(2025, 2, 28)),
        (date(2023, 2, 28), Term(years=1), date(2024, 2, 29)),
    ],
)
def test_the_last_day_of_a_term(event: date, term: Term, last: date) -> None:
    assert term.last_day(event) == last


@pytest.mark.parametrize("wrong", [{}, {"days": 0}, {"days": -1}, {"days": 3, "months": 1}, {"weeks": 2}])
def test_a_term_is_one_positive_length(wrong: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        Term(**wrong)


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(1, 60))
def test_a_later_start_never_ends_earlier_and_a_longer_term_never_ends_sooner(event: date, months: int) -> None:
    last = Term(months=months).last_day(event)
    assert last <= Term(months=months).last_day(event + timedelta(days=1))
    assert last < Term(months=months + 1).last_day(event)
    assert 28 * months <= (last - event).days <= 31 * months


def test_days_over_count_from_the_last_permitted_day() -> None:
    assert days_over(date(2023, 7, 30), date(2023, 7, 30)) == 0
    assert days_over(date(2023, 7, 30), date(2023, 7, 29)) == 0
    assert days_over(date(2023, 7, 30), date(2023, 8, 9)) == 10
