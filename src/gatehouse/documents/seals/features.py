"""What the features of a visible digital seal mean: tables by document, with their sources, in `data`."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from typing import Any

from gatehouse.documents.seals.c40 import decode
from gatehouse.documents.seals.vds import Header
from gatehouse.kernel.errors import UnreadableError

_ENTRY_VALID, _DECIDED_AT_ENTRY, _TRANSIT = (0, 0, 0), (255, 255, 255), (254, 254, 254)


@dataclass(frozen=True, slots=True)
class Definition:
    """One row: a feature of a document, how it is encoded and how long it is; `required`: yes, no or choice."""

    tag: int
    name: str
    coding: str
    shortest: int
    longest: int
    required: str


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of a seal: `value` is plain data (text, number or table), hexadecimal digits where it is unknown."""

    name: str
    value: Any


@dataclass(frozen=True, slots=True)
class Contents:
    """What a message zone says: `document` is None for one that is not known, `mrz` the zone's text where it has one.

    `problems` name what is not as the definition has it; `unknown` the tags that it does not have.
    """

    document: str | None
    features: tuple[Feature, ...]
    mrz: str | None
    unknown: tuple[int, ...]
    problems: tuple[str, ...]


def contents(header: Header, features: Sequence[tuple[int, bytes]]) -> Contents:
    """The features by their names. What cannot be read as its definition says is a problem, not an error."""
    document = _documents().get((header.definition, header.category))
    defined = _definitions().get(document or "", {})
    read, problems, unknown, zone = [], [], [], None
    for tag, value in features:
        definition = defined.get(tag)
        if definition is None:
            unknown.append(tag)
            read.append(Feature(f"0x{tag:02x}", value.hex()))
            continue
        try:
            found = _read(definition, value)
        except (UnreadableError, UnicodeDecodeError) as error:
            problems.append(f"{definition.name}: {error}")
            read.append(Feature(definition.name, value.hex()))
            continue
        zone = found if definition.name == "mrz" else zone
        read.append(Feature(definition.name, found))
    problems += [f"{name} is missing" for name in _missing(defined, {tag for tag, _ in features})]
    return Contents(document, tuple(read), zone, tuple(unknown), tuple(problems))


def _missing(defined: dict[int, Definition], given: set[int]) -> list[str]:
    missing = [each.name for tag, each in defined.items() if each.required == "yes" and tag not in given]
    choices = {tag: each.name for tag, each in defined.items() if each.required == "choice"}
    if choices and given.isdisjoint(choices):
        missing.append(next(iter(choices.values())))
    return missing


def _read(definition: Definition, value: bytes) -> Any:
    if not definition.shortest <= len(value) <= definition.longest:
        raise UnreadableError("%(length)d bytes are too few or too many", length=len(value))
    return _CODINGS[definition.coding](value)


def _zone(value: bytes, *, width: int) -> str:
    """The lines of a zone; where the second is not whole in the seal, its end is filled."""
    text = decode(value).replace(" ", "<")
    return f"{text[:width]}\n{text[width : 2 * width].ljust(width, '<')}"


def _duration(value: bytes) -> dict[str, Any]:
    """Table 1 of Doc 9303-7 section 9.1.3: three triples mean something of their own."""
    triple = tuple(value)
    if triple == _ENTRY_VALID:
        return {"kind": "until the date of expiry"}
    if triple == _DECIDED_AT_ENTRY:
        return {"kind": "decided at entry"}
    if triple == _TRANSIT:
        return {"kind": "transit without entry"}
    return {"kind": "from entry", "days": value[0], "months": value[1], "years": value[2]}


def _entries(value: bytes) -> int | str:
    return value[0] or "unlimited"


_CODINGS: dict[str, Callable[[bytes], Any]] = {
    "c40": lambda value: decode(value).rstrip(),
    "mrz-td2": partial(_zone, width=36),
    "mrz-mrva": partial(_zone, width=44),
    "mrz-mrvb": partial(_zone, width=36),
    "utf8": lambda value: value.decode("utf-8"),
    "binary": bytes.hex,
    "entries": _entries,
    "duration": _duration,
}


def _rows(name: str) -> csv.DictReader[str]:
    table = (files(__package__) / "data" / name).read_text(encoding="utf-8")
    return csv.DictReader(table.splitlines())


@cache
def _documents() -> dict[tuple[int, int], str]:
    return {(int(row["definition"], 16), int(row["category"], 16)): row["document"] for row in _rows("definitions.csv")}


@cache
def _definitions() -> dict[str, dict[int, Definition]]:
    found: dict[str, dict[int, Definition]] = {}
    for row in _rows("features.csv"):
        numbers = (int(row["tag"]), row["name"], row["coding"], int(row["shortest"]), int(row["longest"]))
        found.setdefault(row["document"], {})[numbers[0]] = Definition(*numbers, row["required"])
    return found
