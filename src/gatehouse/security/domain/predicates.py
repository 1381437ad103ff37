"""What a rule says of one field, as Sigma means it (specification 2.1, "Sigma Rules", value modifiers).

Texts are compared without case unless a rule says `cased`; a regular expression is with case and searches. A field that
is not there, or null, is equal to nothing but null. Of several values of a field one is enough.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Any, Protocol

import numpy as np

from gatehouse.security.domain.columns import BETWEEN, Column, Mask, Table
from gatehouse.security.domain.events import moment
from gatehouse.security.domain.expressions import Pattern

#: A part of a pattern: a text, or how many characters may stand there (None: any).
ANY, ONE = None, 1
Part = str | int | None


class Predicate(Protocol):
    """Of distinct values of a column, which are meant. Those that need whole events are `EventPredicate`s."""

    def values(self, column: Column) -> Mask: ...


class EventPredicate(Protocol):
    def events(self, table: Table) -> Mask: ...


@dataclass(frozen=True)
class TextPattern:
    """A text with wildcards: parts in order."""

    parts: tuple[Part, ...]
    cased: bool = False
    #: Found anywhere, and not the whole value.
    within: bool = False

    @cached_property
    def needle(self) -> str | None:
        """A folded text that every value which is meant holds: the longest of its parts; None where it has none."""
        return max((part.casefold() for part in self.parts if isinstance(part, str)), key=len, default=None)

    def values(self, column: Column) -> Mask:
        if self._is_whole:
            return _at(column, column.places.get(self.needle or "", []))
        if self.needle is None:
            return _which(column.folded if self._folds else column.text, self._holds)
        found = column.containing(self.needle)
        if self._is_part:
            return found
        texts = column.folded if self._folds else column.text
        for place in np.flatnonzero(found):
            found[place] = self._holds(texts[place])
        return found

    @property
    def _folds(self) -> bool:
        """Whether folded texts are compared. Folding makes two characters of some, so where `?` counts, `re` folds."""
        return not self.cased and ONE not in self.parts

    @property
    def _is_whole(self) -> bool:
        """It is one text without wildcards."""
        return not (self.cased or self.within) and (
            not self.parts or (isinstance(self.parts[0], str) and not self.parts[1:])
        )

    @property
    def _is_part(self) -> bool:
        """It asks for nothing but that its text stands somewhere in the value."""
        inner = self.parts if self.within else self.parts[1:-1]
        return not self.cased and len(inner) == 1 and (self.within or {self.parts[0], self.parts[-1]} == {ANY})

    def _holds(self, text: str) -> bool:
        return bool(self._expression.search(text) if self.within else self._expression.fullmatch(text))

    @cached_property
    def _expression(self) -> re.Pattern[str]:
        """For what simple comparing does not do."""
        written = {ANY: f"[^{BETWEEN}]*", ONE: f"[^{BETWEEN}]"}
        fold = str.casefold if self._folds else str
        body = "".join(re.escape(fold(part)) if isinstance(part, str) else written[part] for part in self.parts)
        return re.compile(body, re.DOTALL if self.cased or self._folds else re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True)
class Expression:
    """A regular expression, searched with case unless its flags say otherwise."""

    pattern: Pattern

    def values(self, column: Column) -> Mask:
        return _which(column.text, self.pattern.search)


@dataclass(frozen=True)
class Number:
    """A number, also where the event has it as text."""

    number: float

    def values(self, column: Column) -> Mask:
        return np.asarray(column.numbers == self.number)


@dataclass(frozen=True)
class Compared:
    compare: Callable[[Any, Any], Any]
    number: float

    def values(self, column: Column) -> Mask:
        numbers = column.numbers
        return np.asarray(self.compare(numbers, self.number)) & ~np.isnan(numbers)


@dataclass(frozen=True)
class Network:
    network: IPv4Network | IPv6Network

    def values(self, column: Column) -> Mask:
        return _which(column.text, self._holds)

    def _holds(self, text: str) -> bool:
        try:
            return ip_address(text.strip()) in self.network
        except ValueError:
            return False


@dataclass(frozen=True)
class TimePart:
    """Minute, hour, day, week, month or year of a moment, in UTC."""

    part: str
    number: int

    def values(self, column: Column) -> Mask:
        return _which(column.text, self._holds)

    def _holds(self, text: str) -> bool:
        at = moment(text)
        if at is None:
            return False
        found = datetime.fromtimestamp(at, UTC)
        return (found.isocalendar().week if self.part == "week" else getattr(found, self.part)) == self.number


@dataclass(frozen=True)
class Present:
    """Whether the field is there at all."""

    field: str
    wanted: bool

    def events(self, table: Table) -> Mask:
        column = table.column(self.field)
        present = np.zeros(len(table), dtype=np.bool_) if column is None else column.present
        return present if self.wanted else ~present


@dataclass(frozen=True)
class SameAs:
    """The field has the value of another field, or begins or ends with it, or holds it."""

    field: str
    other: str
    starts: bool
    ends: bool

    def events(self, table: Table) -> Mask:
        found = np.zeros(len(table), dtype=np.bool_)
        mine, others = table.column(self.field), table.column(self.other)
        if mine is None or others is None:
            return found
        for row in np.flatnonzero(mine.present & others.present).tolist():
            found[row] = any(
                self._same(one.casefold(), other.casefold())
                for one in mine.of_event(row)
                for other in others.of_event(row)
            )
        return found

    def _same(self, one: str, other: str) -> bool:
        if self.starts and self.ends:
            return other in one
        if self.starts:
            return one.startswith(other)
        return one.endswith(other) if self.ends else one == other


COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    "LT": operator.lt,
    "LTE": operator.le,
    "GT": operator.gt,
    "GTE": operator.ge,
    "NEQ": operator.ne,
}


def _which(texts: Sequence[str], holds: Callable[[str], object]) -> Mask:
    return np.fromiter((bool(holds(text)) for text in texts), dtype=np.bool_, count=len(texts))


def _at(column: Column, places: Sequence[int]) -> Mask:
    found = np.zeros(len(column.text), dtype=np.bool_)
    found[list(places)] = True
    return found
