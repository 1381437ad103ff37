"""Events field by field: each distinct value of a field is looked at once, however many events have it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from ahocorasick_rs import AhoCorasick
from numpy.typing import NDArray

from gatehouse.security.domain.events import Event, Scalar

Mask = NDArray[np.bool_]
#: Between the values of an event where its whole text is searched: no pattern reaches from one into the next.
BETWEEN = "\x00"
#: The name under which the whole text of an event is a field; no field of an event can be called so.
WHOLE = "\x00"


class Column:
    """The values of one field. `text` are the distinct ones as text, `folded` the same for comparing without case."""

    def __init__(self, values: Sequence[Scalar | tuple[Scalar, ...] | None], needles: Sequence[str]) -> None:
        """`needles` are all folded texts that rules look for within values of this field."""
        self._needles = tuple(needles)
        known: dict[str, int] = {}
        rows: list[int] = []
        codes: list[int] = []
        for row, value in enumerate(values):
            if value is None:
                continue
            for each in value if isinstance(value, tuple) else (value,):
                rows.append(row)
                codes.append(known.setdefault(each if type(each) is str else as_text(each), len(known)))
        self.size = len(values)
        self.text = list(known)
        self._rows, self._codes = np.array(rows, dtype=np.int32), np.array(codes, dtype=np.int32)

    @cached_property
    def folded(self) -> list[str]:
        return [text.casefold() for text in self.text]

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Where among the distinct values a folded one stands."""
        found: dict[str, list[int]] = {}
        for place, text in enumerate(self.folded):
            found.setdefault(text, []).append(place)
        return found

    @cached_property
    def numbers(self) -> NDArray[np.float64]:
        """The distinct values as numbers; NaN for what is none."""
        return np.array([_number(text) for text in self.text], dtype=np.float64)

    def containing(self, needle: str) -> Mask:
        """Which distinct values hold this folded text."""
        found = np.zeros(len(self.text), dtype=np.bool_)
        if needle:
            found[self._hits.get(needle, [])] = True
        else:
            found[:] = True
        return found

    @cached_property
    def _hits(self) -> dict[str, list[int]]:
        """Where each needle is found: one walk over all values finds all of them."""
        wanted = [needle for needle in self._needles if needle]
        found: dict[str, list[int]] = {needle: [] for needle in wanted}
        if not wanted:
            return found
        search = AhoCorasick(wanted).find_matches_as_indexes
        for place, text in enumerate(self.folded):
            for index in {match[0] for match in search(text, overlapping=True)}:
                found[wanted[index]].append(place)
        return found

    def events(self, values: Mask) -> Mask:
        """Which events have any of these distinct values."""
        found = np.zeros(self.size, dtype=np.bool_)
        found[self._rows[values[self._codes]]] = True
        return found

    @cached_property
    def present(self) -> Mask:
        found = np.zeros(self.size, dtype=np.bool_)
        found[self._rows] = True
        return found

    def of_event(self, row: int) -> list[str]:
        """The values of one event, as text."""
        lowest, highest = np.searchsorted(self._rows, [row, row + 1])
        return [self.text[code] for code in self._codes[lowest:highest]]


class Table:
    """Events, and their fields as columns, each made when it is first asked for."""

    def __init__(self, events: Sequence[Event], needles: Mapping[str, Sequence[str]]) -> None:
        self.events = events
        self._needles = needles
        self._names = frozenset(name for event in events for name in event.fields)
        self._columns: dict[str, Column | None] = {}

    def __len__(self) -> int:
        return len(self.events)

    def column(self, name: str) -> Column | None:
        """The field of this name (in lower case); None where no event has it."""
        if name not in self._columns:
            self._columns[name] = self._made(name)
        return self._columns[name]

    def _made(self, name: str) -> Column | None:
        if name == WHOLE:
            whole = [BETWEEN.join(_texts(event)) for event in self.events]
            return Column(whole, self._needles.get(name, ())) if whole else None
        if name not in self._names:
            return None
        return Column([event.fields.get(name) for event in self.events], self._needles.get(name, ()))


def as_text(value: Scalar) -> str:
    """How a value that is no text is compared with one: true, 4625, 0.5."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, float) and not value.is_integer() else str(int(value))


def _texts(event: Event) -> list[str]:
    found: list[str] = []
    for value in event.fields.values():
        if type(value) is str:
            found.append(value)
        else:
            found += [as_text(each) if type(each) is not str else each for each in _each(value)]
    return found


def _each(value: Scalar | tuple[Scalar, ...]) -> tuple[Scalar, ...]:
    return value if isinstance(value, tuple) else (value,)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")
