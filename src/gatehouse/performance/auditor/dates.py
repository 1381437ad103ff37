"""Dates in a report: ROC and Gregorian, whole or of a month or a year, and days that no calendar has."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gatehouse.kernel.roc import gregorian_year
from gatehouse.performance.auditor.numerals import chinese

_HAN = "〇零一二三四五六七八九十百"
_NUMBER = rf"(?:\d{{1,4}}|[{_HAN}]{{1,6}})"
_DATE = re.compile(
    rf"(?P<era>民國|西元)?(?P<year>\d{{2,4}}|[{_HAN}]{{2,6}}|同)年"
    rf"(?:(?P<month>\d{{1,2}}|[{_HAN}]{{1,3}})月(?:(?P<day>\d{{1,2}}|[{_HAN}]{{1,3}})日)?)?"
    r"|(?<![\d第])(?P<month2>\d{1,2})月(?P<day2>\d{1,2})日"
    r"|(?<![\d.,/-])(?P<year3>\d{3,4})(?P<mark>[./-])(?P<month3>\d{1,2})(?P=mark)(?P<day3>\d{1,2})(?![\d./-])"
)
#: What makes "14年" a length of time and not a year.
_SPAN_BEFORE = re.compile(r"(?:連續|近|共|歷時|達|滿|逾|長達|為期|第|每|前|約|後|工期|延長|落後|超過)$")
_SPAN_AFTER = re.compile(r"(?:內|以上|以下|期(?!間)|來|間(?!度)|餘|多|[\d一二三四五六七八九十]+個月|計畫|中程)")
_FIRST_ROC, _LAST_ROC = 60, 200


@dataclass(frozen=True, slots=True)
class Day:
    """A date that was printed: the first and last day that it means, None where the calendar has no such day."""

    start: int
    end: int
    first: date | None
    last: date | None

    @property
    def whole(self) -> bool:
        """Whether it names one day."""
        return self.first is not None and self.first == self.last


def days_of(text: str, year: int | None = None) -> tuple[Day, ...]:
    """The dates of a plain text in their order. `year`, a Gregorian one, is that of a 5月1日 that names none."""
    return tuple(_days(text, year))


def _days(text: str, year: int | None) -> Iterator[Day]:
    for found in _DATE.finditer(text):
        named = _year(found, text)
        given = found["month2"] is not None or found["year"] == "同"
        if named is None and not given:
            continue
        year = named or year
        if year is None:
            continue
        month = _number(found["month"] or found["month2"] or found["month3"])
        day = _number(found["day"] or found["day2"] or found["day3"])
        first, last = _bounds(year, month, day)
        if first is None and not (found["year"] and found["month"]) and not found["month2"]:
            continue
        yield Day(found.start(), found.end(), first, last)


def _year(found: re.Match[str], text: str) -> int | None:
    printed = found["year"] or found["year3"]
    number = _number(printed)
    if number is None or printed is None:
        return None
    if 1900 <= number <= 2200:
        return number
    if not _FIRST_ROC <= number <= _LAST_ROC:
        return None
    if found["year"] and not found["month"] and not found["era"]:
        before, after = text[max(0, found.start() - 2) : found.start()], text[found.end() : found.end() + 4]
        if _SPAN_BEFORE.search(before) or _SPAN_AFTER.match(after):
            return None
    return gregorian_year(number)


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if text.isdigit() else chinese(text)


def _bounds(year: int, month: int | None, day: int | None) -> tuple[date | None, date | None]:
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except (ValueError, calendar.IllegalMonthError):
        return None, None
