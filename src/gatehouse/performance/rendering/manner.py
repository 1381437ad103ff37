"""How the agency writes: its language, calendar and zone, and how it says the sentences of the house."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from gatehouse.kernel.results import Reason
from gatehouse.kernel.roc import roc_date
from gatehouse.performance.domain.book import Text, Value

#: What XML 1.0 (clause 2.2) cannot hold, and line breaks, which the text of a report has none of.
_LINE_BREAKS = re.compile(r"[\t\n\r\x85\u2028\u2029]+")
_NO_XML = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_DAY = re.compile(r"(?<![\dT-])(\d{4}-\d\d-\d\d)(?![\dT-])")
#: Digits after the point of a value that is shown as it was calculated.
_PLACES = 10


@dataclass(frozen=True, slots=True)
class Manner:
    """`code` names the language of a profile's texts, `tag` is its BCP 47 tag with a region, such as zh-Hant-TW.

    `say` gives a sentence of the house in that language. `fonts` are the typefaces of the formats that people edit,
    the first one that a machine has.
    """

    code: str
    tag: str
    roc: bool
    zone: ZoneInfo
    say: Callable[[Reason], str] = str
    fonts: tuple[str, ...] = ("Noto Serif CJK TC", "Noto Serif TC")
    terms: Mapping[str, Text] = field(default_factory=dict)

    @property
    def language(self) -> str:
        return self.tag.split("-")[0]

    @property
    def region(self) -> str:
        """The region of the tag, two letters; empty where it names none."""
        return next((part for part in self.tag.split("-")[1:] if len(part) == 2), "")

    def text(self, text: Text) -> str:
        """A text in this language, or in the first that it has."""
        return clean(text.get(self.code) or next(iter(text.values()), ""))

    def day(self, day: date) -> str:
        return roc_date(day) if self.roc else day.isoformat()

    def moment(self, at: datetime) -> str:
        """A day and time of the agency's zone, to the minute."""
        here = at.astimezone(self.zone)
        return f"{self.day(here.date())} {here:%H:%M}"

    def term(self, term: str) -> str:
        """A unit or a word of a record in this language; as it stands where the profile has no word for it."""
        return self.text(self.terms.get(term) or {self.code: term})

    def recorded(self, text: str) -> str:
        """What a record says of itself, such as "down" or "installed 2023-11-30": its words and days in this manner."""
        words = "|".join(sorted(map(re.escape, self.terms), key=len, reverse=True))
        if words:
            text = re.sub(rf"(?<![\w-])(?:{words})(?![\w-])", lambda found: self.term(found[0]), text)
        return clean(_DAY.sub(self._day, text))

    def _day(self, found: re.Match[str]) -> str:
        with suppress(ValueError):
            return self.day(date.fromisoformat(found[1]))
        return found[1]

    def value(self, value: Value) -> str:
        """A value as it was calculated: at most ten digits after the point, and … where more were cut off."""
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, int):
            return f"{value:,}"
        whole, _, part = f"{value:,f}".partition(".")
        shown, more = part[:_PLACES].rstrip("0"), part[_PLACES:].strip("0")
        return (f"{whole}.{shown}" if shown else whole) + ("…" if more else "")


def clean(text: str) -> str:
    """Text as every format can hold it: a character that is none in XML becomes �, so that nobody misses it unseen."""
    return _NO_XML.sub("\ufffd", _LINE_BREAKS.sub(" ", text))


def texts(words: Mapping[str, Reason], manner: Manner) -> dict[str, str]:
    """The fixed words of a report in its language."""
    return {name: clean(manner.say(reason)) for name, reason in words.items()}
