"""The calendar of the Republic of China: year 1 (民國元年) is 1912, months and days are the Gregorian ones.

Years before 1912 are 民國前: 1911 is 民國前1年. There is no year 0.
"""

from __future__ import annotations

import re
from datetime import date

from gatehouse.kernel.errors import UnreadableError

_FIRST = 1912
_DATE = re.compile(r"(?:民國)?(?P<before>前)?\s*(?P<year>\d{1,3}|元)年(?P<month>\d{1,2})月(?P<day>\d{1,2})日")
_SHORT = re.compile(r"(?P<year>\d{2,3})[./-](?P<month>\d{1,2})[./-](?P<day>\d{1,2})")


def roc_year(year: int) -> int:
    """The ROC year of a Gregorian year: 2023 is 112; years before 1912 are negative, 1911 is -1."""
    return year - _FIRST + 1 if year >= _FIRST else year - _FIRST


def gregorian_year(roc: int) -> int:
    """The Gregorian year of a ROC year. Raises `UnreadableError` for year 0, which does not exist."""
    if roc == 0:
        raise UnreadableError("the ROC calendar has no year 0")
    return roc + _FIRST - 1 if roc > 0 else roc + _FIRST


def roc_date(day: date, *, era: bool = False) -> str:
    """A date as in Chinese prose: 112年7月18日, with `era` 民國112年7月18日; before 1912 民國前1年12月31日."""
    year = roc_year(day.year)
    if year < 0:
        return f"民國前{-year}年{day.month}月{day.day}日"
    return f"{'民國' if era else ''}{year}年{day.month}月{day.day}日"


def roc_short(day: date) -> str:
    """A date for tables: 112-07-18. Raises `UnreadableError` before 1912, where this form would mislead."""
    year = roc_year(day.year)
    if year < 0:
        raise UnreadableError("%(day)s is before the first year of the ROC calendar", day=day.isoformat())
    return f"{year:03d}-{day:%m-%d}"


def parse_roc_date(text: str) -> date:
    """Read 民國112年7月18日, 112年7月18日, 民國前1年12月31日, 112-07-18, 112.7.18 or 112/7/18.

    A year of four digits is not read: it would be a Gregorian one taken for another.
    Raises `UnreadableError` for another form or a day that does not exist.
    """
    found = _DATE.fullmatch(text.strip()) or _SHORT.fullmatch(text.strip())
    if not found:
        raise UnreadableError("%(text)s is not a date of the ROC calendar", text=text.strip()[:40])
    parts = found.groupdict()
    number = 1 if parts["year"] == "元" else int(parts["year"])
    year = gregorian_year(-number if parts.get("before") else number)
    try:
        return date(year, int(parts["month"]), int(parts["day"]))
    except ValueError as error:
        raise UnreadableError("%(text)s is no day of the calendar", text=text.strip()[:40]) from error
