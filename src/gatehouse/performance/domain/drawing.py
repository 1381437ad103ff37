"""Drawing up entries of the book from records: the figure, its evidence, and the first of the records behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from gatehouse.kernel.figure import Computed, Evidence, Figure, digest_of
from gatehouse.kernel.results import Reason
from gatehouse.performance.domain import records
from gatehouse.performance.domain.achievement import decimal_of
from gatehouse.performance.domain.book import Entry, RecordLine, Text, reconstruction
from gatehouse.platform.profile import Row

#: Records that an entry shows; how many there are in all is in its evidence.
SHOWN = 24


class Word(Row):
    """What a figure is called and how it is derived. A changed definition is a new version."""

    version: int = 1
    name: dict[str, str]
    definition: dict[str, str]


class Words(Row):
    """The words of a profile for the figures of plans, by the last part of their ids, and the agency's currency."""

    currency: str
    words: dict[str, Word]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the entries of a year share. `on` is the day as of which they hold: the year's last, or today before it."""

    year: int
    period: tuple[date, date]
    on: date
    as_of: datetime
    #: The text before each name, such as that of the plan; empty for none.
    of: Text

    def entry(
        self,
        id: str,
        word: Word,
        value: int | Fraction | date | Reason,
        unit: str,
        rows: Sequence[records.Record],
        *,
        about: Text | None = None,
        evidence: Evidence | None = None,
        **more: Any,
    ) -> Entry:
        """An entry whose value follows from `rows`; a `Reason` as value says why there is none.

        `about` is what of the plan it concerns; `more` are further fields of the entry.
        """
        common: dict[str, Any] = {
            "id": id,
            "name": joined(self.of, about or {}, word.name),
            "definition": word.definition,
            **more,
        }
        if isinstance(value, Reason):
            return Entry(**common, figure=None, missing=value)
        digest, count = digest_of({"of": type(row).__name__, **row.model_dump(mode="json")} for row in rows)
        computed = Computed(
            definition=word.definition.get("en", id),
            version=word.version,
            query={"id": id, "year": self.year, "until": self.on.isoformat()},
            period=self.period,
            as_of=self.as_of,
            digest=digest,
            records=count,
        )
        plain = decimal_of(value) if isinstance(value, Fraction) else value
        figure = Figure(id, plain, unit, {"year": str(self.year)}, evidence or computed)
        notes = (*common.pop("notes", ()), *reconstruction(sum(row.reconstructed for row in rows), len(rows)))
        return Entry(**common, figure=figure, notes=notes, records=tuple(line(row) for row in rows[:SHOWN]))


def joined(*texts: Text) -> Text:
    """Texts one after the other, in each language that the last of them has; a colon between them, wide in Chinese."""
    *before, last = texts
    return {
        code: ("：" if code.startswith("zh") else ": ").join([*(each[code] for each in before if code in each), name])
        for code, name in last.items()
    }


def line(row: records.Record) -> RecordLine:
    """A record as a reader is shown it."""
    what, value = row.shown()
    return RecordLine(row.code, what, value, row.source)
