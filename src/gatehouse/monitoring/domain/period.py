"""Moments and periods as whole numbers: no sum of them ever loses a millisecond."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from gatehouse.kernel.errors import UnreadableError

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: Outside these years no rule of daylight saving is known and no equipment stood or will stand.
FIRST_YEAR, LAST_YEAR = 1900, 2200
#: Two forms of ISO 8601 that Python does not read: the end of a day as 24:00, and a leap second as 23:59:60. The count
#: of seconds since 1970 knows no leap second: it is the first moment after, as 24:00 is of the next day.
_UNUSUAL = (
    (re.compile(r"(.+T)24((?::?00){0,2}(?:[.,]0+)?(?:Z|[+-].+)?)"), "00", timedelta(days=1)),
    (re.compile(r"(.+T\d\d:?59:?)60((?:[.,]\d+)?(?:Z|[+-].+)?)"), "59", timedelta(seconds=1)),
)


def microseconds(at: datetime) -> int:
    """Microseconds since 1970-01-01T00:00Z, exactly: a float would not hold them."""
    since = at - EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def moment(text: str) -> int:
    """An ISO 8601 date and time with a zone, in microseconds since 1970-01-01T00:00Z. Raises `UnreadableError`."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = _unusual(text)
    if at.tzinfo is None:
        raise UnreadableError("%(text)s has no time zone", text=repr(text[:64]))
    return microseconds(at)


def _unusual(text: str) -> datetime:
    for form, usual, later in _UNUSUAL:
        if found := form.fullmatch(text):
            with suppress(ValueError, OverflowError):
                return datetime.fromisoformat(found[1] + usual + found[2]) + later
    raise UnreadableError("%(text)s is no date and time of ISO 8601", text=repr(text[:64]))


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` to just before `end`, in whole milliseconds since 1970-01-01T00:00Z."""

    start: int
    end: int

    @classmethod
    def between(cls, start: datetime, end: datetime) -> Self:
        """Raises `UnreadableError` where the period has no length or lies outside the years 1900 to 2200."""
        return cls._checked(microseconds(start), microseconds(end))

    @classmethod
    def parse(cls, text: str) -> Self:
        """START/END, both ISO 8601 with a zone. Raises `UnreadableError`."""
        start, slash, end = text.partition("/")
        if not slash:
            raise UnreadableError("the period %(text)s is not START/END", text=repr(text))
        return cls._checked(moment(start.strip()), moment(end.strip()))

    @classmethod
    def _checked(cls, start: int, end: int) -> Self:
        first, last = (microseconds(datetime(year, 1, 1, tzinfo=UTC)) for year in (FIRST_YEAR, LAST_YEAR))
        if not first <= start or not end <= last:
            raise UnreadableError(
                "a period lies between the years %(first)d and %(last)d", first=FIRST_YEAR, last=LAST_YEAR
            )
        if start // 1000 >= end // 1000:
            raise UnreadableError("the period ends before it begins, or has no length")
        return cls(start // 1000, end // 1000)

    @property
    def length(self) -> int:
        return self.end - self.start
