"""An indicator in a year, whole: as it was defined then, what was counted, what a reader is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from gatehouse.kernel.results import Reason
from gatehouse.performance.domain.book import Entry
from gatehouse.performance.domain.definitions import Version
from gatehouse.performance.domain.measured import Measured, Target
from gatehouse.performance.domain.printing import percentage


@dataclass(frozen=True, slots=True)
class IndicatorYear:
    """`entries` are those of the book by id: the indicator's own has its id."""

    id: str
    year: int
    version: Version
    period: tuple[date, date]
    measured: Measured | Reason
    target: Target | None
    entries: Mapping[str, Entry]

    @property
    def value(self) -> Entry:
        return self.entries[self.id]

    def printed(self, entry: Entry) -> str | None:
        """A percentage with the digits of the definition; None where there is none."""
        if entry.figure is None:
            return None
        value = Decimal(str(entry.figure.value))
        return percentage(value, self.version.places, target=entry.target, less_is_better=entry.less_is_better)

    def as_dict(self) -> dict[str, Any]:
        """Plain data: the figure with its evidence, the count by month and state, what stands beside, the records."""
        counted = self.measured if isinstance(self.measured, Measured) else None
        return {
            **self._entry(self.value),
            "definition": dict(self.value.definition),
            "numerator": counted.whole.numerator if counted else None,
            "denominator": counted.whole.denominator if counted else None,
            "notes": [str(note) for note in self.value.notes],
            "beside": [self._entry(entry) for entry in self.entries.values() if entry is not self.value],
            "months": [
                {"month": f"{month:%Y-%m}", "numerator": each.numerator, "denominator": each.denominator}
                for month, each in (counted.months if counted else ())
            ],
            "buckets": dict(counted.buckets) if counted else {},
            "devices": len(counted.devices) if counted else 0,
            "records": [
                {"id": line.id, "what": dict(line.what), "value": line.value, "source": line.source}
                for line in self.value.records
            ],
        }

    def _entry(self, entry: Entry) -> dict[str, Any]:
        shown = {"name": dict(entry.name), "printed": self.printed(entry)}
        if entry.figure is None:
            return {"id": entry.id, "value": None, "missing": str(entry.missing), **shown}
        return {**entry.figure.as_dict(), **shown}
