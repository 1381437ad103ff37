from __future__ import annotations

from datetime import date

import pytest

from gatehouse.kernel.errors import UnreadableError
from gatehouse.performance.domain.years import period_of


@pytest.mark.parametrize(("year", "calendar"), [(112, "roc"), (2023, "gregorian")])
def test_a_year_of_the_agencys_calendar(year: int, calendar: str) -> None:
    assert period_of(year, calendar) == (date(2023, 1, 1), date(2023, 12, 31))


@pytest.mark.parametrize(
    ("year", "calendar", "said"),
    [
        (2023, "roc", "2023 is a Gregorian year: years are given in the ROC calendar here, 112"),
        (112, "gregorian", "112 is no year of this agency's calendar"),
        (0, "roc", "0 is no year of this agency's calendar"),
        (10**9, "roc", "1000000000 is no year of this agency's calendar"),
    ],
)
def test_another_calendars_year_is_not_taken_for_one(year: int, calendar: str, said: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        period_of(year, calendar)
    assert str(refused.value) == said
