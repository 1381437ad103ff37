"""How long a period runs: days, months and years counted from the day after the event."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from pydantic import BaseModel, ConfigDict, model_validator


class Term(BaseModel):
    """A length of time: `Term(days=90)`, `Term(months=3)`, `Term(years=1)`; exactly one of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    days: int | None = None
    months: int | None = None
    years: int | None = None

    @model_validator(mode="after")
    def _one_positive_length(self) -> Term:
        given = [length for length in (self.days, self.months, self.years) if length is not None]
        if len(given) != 1 or given[0] < 1:
            raise ValueError("a term is one positive number of days, months or years")
        return self

    def last_day(self, event: date) -> date:
        """The last day of this term when it is counted from the day after `event`.

        Months and years end on the day before the one that corresponds to the first day counted, and with the month
        where that month has no such day (Administrative Procedure Act, article 48 II and III). A last day that is a
        holiday stays the last day: the article moves acts that are to be done, not a permitted stay.

        >>> Term(days=90).last_day(date(2023, 5, 1))
        datetime.date(2023, 7, 30)
        >>> Term(months=3).last_day(date(2023, 11, 29))
        datetime.date(2024, 2, 29)
        """
        if self.days is not None:
            return event + timedelta(days=self.days)
        return _months_on(event + timedelta(days=1), self.months or 12 * (self.years or 0))


def _months_on(first: date, months: int) -> date:
    """The last day of so many months whose first day is `first`."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    days_in_month = monthrange(year, month + 1)[1]
    if first.day > days_in_month:
        return date(year, month + 1, days_in_month)
    return date(year, month + 1, first.day) - timedelta(days=1)


def days_over(last_permitted: date, left: date) -> int:
    """Days overstayed: from the last permitted day to the day of leaving (or of surrender, or of being found)."""
    return max(0, (left - last_permitted).days)


def full_years(born: date, on: date) -> int:
    """Age: who was born on 29 February is a year older on 1 March of other years.

    >>> full_years(date(2012, 2, 29), date(2022, 2, 28)), full_years(date(2012, 2, 29), date(2022, 3, 1))
    (9, 10)
    """
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
