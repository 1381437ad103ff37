"""A figure and its evidence. Each figure that the house shows says where it is from, as one of three kinds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class Computed:
    """Counted or calculated by a definition from records, and so repeatable.

    `query` is the closed specification that was run, `digest` the SHA-256 of the rows that were read.
    """

    kind: ClassVar[str] = "computed"
    definition: str
    version: int
    query: Mapping[str, Any]
    period: tuple[date, date]
    as_of: datetime
    digest: str
    records: int

    def __post_init__(self) -> None:
        if self.as_of.tzinfo is None:
            raise ValueError("as_of needs a zone")
        if self.period[0] > self.period[1]:
            raise ValueError("a period ends before it begins")


@dataclass(frozen=True, slots=True)
class Documented:
    """Read from a document: the file's SHA-256, the page, and the two people who confirmed it."""

    kind: ClassVar[str] = "documented"
    source: str
    digest: str
    page: int
    confirmed_by: tuple[str, str]

    def __post_init__(self) -> None:
        first, second = self.confirmed_by
        if not first or not second or first == second:
            raise ValueError("a documented figure is confirmed by two different people")


@dataclass(frozen=True, slots=True)
class Declared:
    """Said by somebody who answers for it."""

    kind: ClassVar[str] = "declared"
    owner: str
    on: date

    def __post_init__(self) -> None:
        if not self.owner:
            raise ValueError("a declared figure has an owner")


Evidence = Computed | Documented | Declared


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its unit and what it rests on. `labels` say what it is a figure of: {"port": "TPE"}.

    A day is a value too: when an article takes effect is looked up, not typed.
    """

    id: str
    value: int | Decimal | date
    unit: str
    labels: Mapping[str, str]
    evidence: Evidence

    @property
    def count(self) -> int:
        """The value of a figure that counts. Raises `TypeError` where it is no whole number."""
        if not isinstance(self.value, int):
            raise TypeError("this figure does not count: " + self.id)
        return self.value

    def as_dict(self) -> dict[str, Any]:
        """Plain data; the evidence names its kind, so that one is never shown as another."""
        evidence = {name: getattr(self.evidence, name) for name in self.evidence.__slots__}
        return {
            "id": self.id,
            "value": self.value if isinstance(self.value, int) else str(self.value),
            "unit": self.unit,
            "labels": dict(self.labels),
            "evidence": {"kind": self.evidence.kind, **{name: _plain(value) for name, value in evidence.items()}},
        }


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return dict(value) if isinstance(value, Mapping) else value


def digest_of(rows: Iterable[Mapping[str, Any]]) -> tuple[str, int]:
    """The SHA-256 of rows in the order given, one canonical JSON line each, and how many there were."""
    digest, count = hashlib.sha256(), 0
    for row in rows:
        line = json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
        digest.update(line.encode() + b"\n")
        count += 1
    return digest.hexdigest(), count
