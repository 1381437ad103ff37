"""Events as they come, one JSON object a line: flat fields by name, each with one value or several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic_core import from_json

Scalar = str | int | float | bool
#: What is wrapped around the fields of an event by what carried it: Windows event logs, Winlogbeat.
_ENVELOPES = ("event.eventdata.", "event.system.", "winlog.event_data.")
#: Where the moment of an event stands, the first that is there.
TIME_FIELDS = (
    "@timestamp",
    "timestamp",
    "time",
    "_time",
    "eventtime",
    "utctime",
    "timecreated",
    "systemtime",
    "event.created",
    "date",
    "ts",
)
_MILLISECONDS, _MICROSECONDS = 1e11, 1e14


@dataclass(frozen=True, slots=True)
class Event:
    """`line` is its number in what was read, from 1. Names of fields are in lower case: no two differ by case alone.

    A field that is null is not there. A list stands as its values; an object as its fields, joined by dots.
    """

    line: int
    fields: Mapping[str, Scalar | tuple[Scalar, ...]]


@dataclass(frozen=True, slots=True)
class BadLine:
    line: int
    cause: str


def read_events(lines: Iterable[bytes]) -> tuple[list[Event], list[BadLine]]:
    """Each line that is a JSON object, and what is wrong with each that is not; empty lines are neither."""
    events: list[Event] = []
    bad: list[BadLine] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found = from_json(line, cache_strings="keys")
        except ValueError as error:
            bad.append(BadLine(number, str(error)))
            continue
        if isinstance(found, dict):
            events.append(Event(number, flat(found)))
        else:
            bad.append(BadLine(number, "it is no JSON object"))
    return events, bad


def flat(found: Mapping[str, Any]) -> dict[str, Scalar | tuple[Scalar, ...]]:
    """The fields of an event."""
    fields: dict[str, Scalar | tuple[Scalar, ...]] = {}
    for name, value in found.items():
        key = name.lower()
        if type(value) in _PLAIN and key not in fields:
            fields[key] = value
        elif value is not None:
            for path, each in _leaves(key, value):
                _add(fields, path, each)
    return fields


_PLAIN = frozenset({str, int, float, bool})


def _leaves(path: str, value: Any) -> Iterator[tuple[str, Scalar]]:
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _leaves(f"{path}.{name.lower()}", each)
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(path, each)
    elif value is not None:
        yield next((path[len(each) :] for each in _ENVELOPES if path.startswith(each)), path), value


def _add(fields: dict[str, Scalar | tuple[Scalar, ...]], name: str, value: Scalar) -> None:
    known = fields.get(name)
    if known is None:
        fields[name] = value
    else:
        fields[name] = (*known, value) if isinstance(known, tuple) else (known, value)


def moment_of(event: Event) -> float | None:
    """When it happened, in seconds since 1970-01-01T00:00Z; None where it does not say. Without a zone it is UTC."""
    for name in TIME_FIELDS:
        value = event.fields.get(name)
        if value is not None and (found := moment(value[0] if isinstance(value, tuple) else value)) is not None:
            return found
    return None


def moment(value: Scalar) -> float | None:
    """A number of seconds, milliseconds or microseconds since 1970, or a moment in ISO 8601."""
    if isinstance(value, bool):
        return None
    try:
        number = float(value)
    except ValueError:
        return _iso(str(value))
    if abs(number) > _MICROSECONDS:
        return number / 1e6
    return number / 1e3 if abs(number) > _MILLISECONDS else number


def _iso(text: str) -> float | None:
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
