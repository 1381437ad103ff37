"""Dates of the machine readable zone, YYMMDD (ICAO Doc 9303-3 4.8), and the century of their year.

A date is read as the latest that is not after a stated day. For a birth that is the reference date: nobody is born in
its future. For an expiry it is the end of the 49th year after that of the reference date, so that expiries of the
50 years before it are seen as past; the document that never expires and prints the year 99 is seen as expired in 1999
until 2050.
"""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from gatehouse.kernel.errors import UnreadableError

_YEARS_TO_EXPIRY = 49
_LEAP_YEAR = 2000
_ISO = re.compile(r"(\d\d)(\d\d)(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


class Latest(NamedTuple):
    """The latest day a date may mean: the day as YYMMDD, its century ("20") and the one before."""

    day: str
    century: str
    before: str


@lru_cache(maxsize=8)
def latest(on: date) -> tuple[Latest, Latest]:
    """The latest birth and the latest expiry on a reference date."""
    return _latest(on.year, f"{on:%m%d}"), _latest(on.year + _YEARS_TO_EXPIRY, "1231")


def _latest(year: int, month_day: str) -> Latest:
    century, short = divmod(year, 100)
    return Latest(f"{short:02d}{month_day}", f"{century:02d}", f"{century - 1:02d}")


def _month_days() -> dict[str, str]:
    """MMDD, with fillers for what is unknown, to what is known of it in ISO 8601."""
    days = {f"{day:02d}" for day in range(1, 32)}
    known = {f"<<{day}": "" for day in days | {"<<"}}  # a day of an unknown month says nothing
    for month in range(1, 13):
        known[f"{month:02d}<<"] = f"-{month:02d}"
        for day in range(1, monthrange(_LEAP_YEAR, month)[1] + 1):
            known[f"{month:02d}{day:02d}"] = f"-{month:02d}-{day:02d}"
    return known


_MONTH_DAYS = _month_days()


def read_date(yymmdd: str, latest_day: Latest) -> tuple[str | None, bool]:
    """The date in ISO 8601, and whether the six characters can be one.

    What is unknown is left out: "YYYY-MM", "YYYY", None. An impossible date is (None, False).
    """
    month_day = _MONTH_DAYS.get(yymmdd[2:])
    if month_day is None:
        return None, False
    if not yymmdd[:2].isdecimal():
        return None, yymmdd[:2] == "<<"
    past = yymmdd.replace("<", "0") <= latest_day.day
    year = (latest_day.century if past else latest_day.before) + yymmdd[:2]
    if month_day == "-02-29" and not isleap(int(year)):
        return None, False
    return year + month_day, True


def write_date(iso: str | None) -> str:
    """YYMMDD of "YYYY-MM-DD", "YYYY-MM", "YYYY" or None. Raises `UnreadableError` for anything else."""
    if iso is None:
        return "<" * 6
    found = _ISO.fullmatch(iso)
    if found:
        yymmdd = "".join(part or "" for part in found.group(2, 3, 4)).ljust(6, "<")
        if read_date(yymmdd, Latest(yymmdd.replace("<", "9"), found[1], "")) == (iso, True):
            return yymmdd
    raise UnreadableError("%(date)s is no date YYYY-MM-DD, YYYY-MM or YYYY", date=iso)
