"""The book of a year: each figure that a report may refer to, by id, with what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from gatehouse.kernel.figure import Figure
from gatehouse.kernel.results import Reason

#: A text by language code: {"zh-hant": …, "en": …}, as in the profile.
Text = Mapping[str, str]
#: What an entry may hold. A date is a value too: the day an article takes effect is looked up, not typed.
Value = int | Decimal | date


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One record behind a figure, as a reader who may see it is shown it."""

    id: str
    what: Text
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure of the year. Exactly one of `figure` and `missing` is given.

    `figure.id` is the id, such as `southern-building.budget.execution-rate`. `definition` says in words what was
    divided by what. `records` are the first of those that were counted; how many there are in all is in the evidence.
    `target`, where there is one, is what the value must not be rounded up to (or down to, where less is better).
    """

    id: str
    name: Text
    figure: Figure | None
    definition: Text
    missing: Reason | None = None
    records: tuple[RecordLine, ...] = ()
    target: Decimal | None = None
    less_is_better: bool = False
    #: What a reader must know beside the value: "measured on equipment that the plan has not replaced yet".
    notes: tuple[Reason, ...] = ()
    #: Ids of the entries this one was calculated from.
    parts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.figure is None) == (self.missing is None):
            raise ValueError("an entry has a figure, or says why it has none")
        if self.figure is not None and self.figure.id != self.id:
            raise ValueError("an entry and its figure have one id")


@dataclass(frozen=True, slots=True)
class Book:
    """The entries of one year by id."""

    year: int
    entries: Mapping[str, Entry] = field(default_factory=dict)

    def __getitem__(self, id: str) -> Entry:
        return self.entries[id]

    def get(self, id: str) -> Entry | None:
        return self.entries.get(id)

    def as_dict(self) -> dict[str, Any]:
        """Plain data: each figure with its evidence, in the order of the ids."""
        figures = [entry.figure.as_dict() for _, entry in sorted(self.entries.items()) if entry.figure]
        return {"year": self.year, "figures": figures}


def book(year: int, *groups: tuple[Entry, ...] | list[Entry]) -> Book:
    """One book of several rooms' entries. Two entries with one id are a mistake in the program: `ValueError`."""
    entries: dict[str, Entry] = {}
    for group in groups:
        for entry in group:
            if entry.id in entries:
                raise ValueError("two figures have the id " + entry.id)
            entries[entry.id] = entry
    return Book(year, entries)


def is_reconstruction(note: Reason) -> bool:
    """Whether a note says that records were made up, and nothing of what was measured."""
    return note.text == reconstruction(1, 1)[0].text


def reconstruction(made_up: int, records: int) -> tuple[Reason, ...]:
    """What a reader must know of a figure some of whose records were made up; nothing where none was."""
    if not made_up:
        return ()
    return (
        Reason(
            "%(count)s of the %(records)s records behind this are a reconstruction: the source gives no single ones",
            count=str(made_up),
            records=str(records),
        ),
    )
