"""When a device is asked to serve: 'Mon-Fri 05:00-24:00; Sat-Sun 06:00-01:00 Asia/Taipei'.

A moment is within the hours when the clock on the wall there says so. A day on which that clock is turned has 23 or 25
hours, an hour that it skips is never served, and one that it shows twice is served twice.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate
from typing import Self
from zoneinfo import ZoneInfo

from gatehouse.kernel.errors import UnreadableError
from gatehouse.monitoring.domain.period import EPOCH, Period

_DAYS = {name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
_DAY_NAMES = re.compile(r"({0})(?:-({0}))?".format("|".join(_DAYS)), re.I)
_HOURS = re.compile(r"(\d\d):([0-5]\d)-(\d\d):([0-5]\d)")
_MINUTE, _DAY = 60_000, 86_400_000
#: 1 January 1970 was a Thursday.
_FIRST_WEEKDAY = 3

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Rule:
    """On these days of the week (Monday is 0) from a minute of the day to another, by the clock of a zone."""

    days: frozenset[int]
    start: int
    end: int
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class ServiceHours:
    """What any of the rules asks for. `text` is the rules as they were given."""

    text: str
    rules: tuple[Rule, ...]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Rules of days and hours, each with its zone or all with the last; hours may run past midnight.

        Raises `UnreadableError`.
        """
        rules: list[Rule] = []
        pending: list[tuple[frozenset[int], int, int]] = []
        days: frozenset[int] = frozenset()
        for kind, word in _words(text):
            if kind == "days":
                days = days | _days(word) if word is not None else frozenset()
            elif kind == "hours":
                pending += _hours(days, word or "")
            else:
                zone = _zone(word or "")
                rules += [Rule(*each, zone) for each in pending]
                pending = []
        if pending or not rules:
            raise UnreadableError("the service hours %(text)s name no time zone at their end", text=repr(text))
        return cls(" ".join(text.split()), tuple(rules))

    def served(self, period: Period) -> list[Span]:
        """The stretches of the period within the hours, in order and apart from each other."""
        return _united(sorted(span for rule in self.rules for span in _of_rule(rule, period)))


class Closed:
    """The time of a period outside the hours, with a quick answer to how much of it lies before a moment."""

    def __init__(self, hours: ServiceHours | None, period: Period) -> None:
        served = [] if hours is None else hours.served(period)
        edges = [period.start, *(edge for span in served for edge in span), period.end]
        closed = [] if hours is None else zip(edges[::2], edges[1::2], strict=True)
        self._spans = [span for span in closed if span[0] < span[1]]
        self._starts = [start for start, _ in self._spans]
        self._before = [0, *accumulate(end - start for start, end in self._spans)]

    def within(self, start: int, end: int) -> int:
        """How many milliseconds of a stretch are outside the hours."""
        return self._until(end) - self._until(start) if self._spans else 0

    def _until(self, moment: int) -> int:
        index = bisect_right(self._starts, moment) - 1
        if index < 0:
            return 0
        start, end = self._spans[index]
        return self._before[index] + min(moment, end) - start


def _words(text: str) -> Iterator[tuple[str, str | None]]:
    """The kinds of words in order; a rule's first day is preceded by an empty one, which begins a new list of days."""
    before = "zone"
    for word in re.split(r"[\s,;]+", text.strip(" \t\r\n,;")):
        kind = "days" if _DAY_NAMES.fullmatch(word) else "hours" if _HOURS.fullmatch(word) else "zone"
        if (before, kind) in {("zone", "hours"), ("zone", "zone"), ("days", "zone")}:
            raise UnreadableError(
                "the service hours %(text)s cannot be read at %(word)s: they are written as "
                "'Mon-Fri 05:00-24:00; Sat 06:00-12:00 Asia/Taipei'",
                text=repr(text),
                word=repr(word),
            )
        if kind == "days" and before != "days":
            yield "days", None
        yield kind, word
        before = kind
    if before == "days":
        raise UnreadableError("the service hours %(text)s end with days that have no hours", text=repr(text))


def _days(word: str) -> frozenset[int]:
    first, last = word.lower()[:3], word.lower()[-3:]
    many = (_DAYS[last] - _DAYS[first]) % 7 + 1
    return frozenset((_DAYS[first] + number) % 7 for number in range(many))


def _hours(days: frozenset[int], word: str) -> list[tuple[frozenset[int], int, int]]:
    """In one piece, or in two where they run past midnight."""
    numbers = [int(number) for number in re.findall(r"\d\d", word)]
    start, end = numbers[0] * 60 + numbers[1], numbers[2] * 60 + numbers[3]
    if start >= 24 * 60 or end > 24 * 60 or start == end:
        raise UnreadableError("%(hours)s are no hours of a day", hours=word)
    if start < end:
        return [(days, start, end)]
    following = frozenset((day + 1) % 7 for day in days)
    return [(days, start, 24 * 60), *([(following, 0, end)] if end else [])]


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise UnreadableError("there is no time zone %(name)s", name=repr(name)) from error


def _of_rule(rule: Rule, period: Period) -> Iterator[Span]:
    for start, end, offset in _stretches(rule.zone, period):
        for day in range((start + offset) // _DAY, (end + offset - 1) // _DAY + 1):
            if (day + _FIRST_WEEKDAY) % 7 in rule.days:
                midnight = day * _DAY - offset
                span = max(start, midnight + rule.start * _MINUTE), min(end, midnight + rule.end * _MINUTE)
                if span[0] < span[1]:
                    yield span


def _stretches(zone: ZoneInfo, period: Period) -> Iterator[tuple[int, int, int]]:
    """The period in stretches during which the zone keeps one offset from UTC, with the offset in milliseconds."""
    begun, offset = period.start, _offset(zone, period.start)
    for probe in range(period.start, period.end, _DAY):
        until = min(probe + _DAY, period.end)
        if (later := _offset(zone, until)) != offset:
            turned = _turned(zone, probe, until)
            yield begun, turned, offset
            begun, offset = turned, later
    if begun < period.end:
        yield begun, period.end, offset


def _turned(zone: ZoneInfo, start: int, end: int) -> int:
    """The first millisecond after `start` that has another offset; there is one by `end`."""
    before = _offset(zone, start)
    return start + bisect_left(range(start, end), True, key=lambda at: _offset(zone, at) != before)


def _offset(zone: ZoneInfo, at: int) -> int:
    """Of a moment in milliseconds."""
    offset = (EPOCH + timedelta(milliseconds=at)).astimezone(zone).utcoffset() or timedelta()
    return offset // timedelta(milliseconds=1)


def _united(spans: Iterable[Span]) -> list[Span]:
    united: list[Span] = []
    for start, end in spans:
        if united and start <= united[-1][1]:
            united[-1] = united[-1][0], max(united[-1][1], end)
        else:
            united.append((start, end))
    return united
