"""Years as the agency counts them: of the ROC where its profile says so, else Gregorian."""

from __future__ import annotations

from datetime import date

from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.roc import gregorian_year, roc_year

#: No agency keeps records from before, and a larger number is a year of another calendar.
_FIRST, _LAST = 1950, 2200


def period_of(year: int, calendar: str) -> tuple[date, date]:
    """First and last day of a year of the calendar "roc" or "gregorian": 112 of the ROC is 2023.

    A year of the other calendar is not taken for one of this: `UnreadableError`, which says what it would be here.
    """
    gregorian = gregorian_year(year) if calendar == "roc" and year else year
    if _FIRST <= gregorian <= _LAST:
        return date(gregorian, 1, 1), date(gregorian, 12, 31)
    if calendar == "roc" and _FIRST <= year <= _LAST:
        raise UnreadableError(
            "%(year)d is a Gregorian year: years are given in the ROC calendar here, %(roc)d",
            year=year,
            roc=roc_year(year),
        )
    raise UnreadableError("%(year)d is no year of this agency's calendar", year=year)


def year_of(day: date, calendar: str) -> int:
    """The year of the calendar "roc" or "gregorian" in which a day lies: 30 June 2023 is in 112 of the ROC."""
    return roc_year(day.year) if calendar == "roc" else day.year
