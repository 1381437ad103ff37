"""One indicator: its value with its evidence, its course over months and years, and what it meant when."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gatehouse.kernel.errors import NotFoundError
from gatehouse.performance.api import (
    UNIT_WORDS,
    Counted,
    IndicatorYear,
    Measured,
    indicator_year,
    indicators,
    plans_of,
)
from gatehouse.platform.actors import Actor
from gatehouse.web.clock import CLOCK
from gatehouse.web.performance.answering import clearly, reader_of
from gatehouse.web.performance.figures import Chip, Figures
from gatehouse.web.performance.lines import percent_lines
from gatehouse.web.performance.words import BUCKETS
from gatehouse.web.performance.years import years_for
from gatehouse.web.permissions import permission

if TYPE_CHECKING:
    from gatehouse.web.words import Word

#: How many years on record are shown beside each other.
_YEARS = 5
_HOUR = 3_600_000
_BESIDE = ("target", "achievement", "achievement-raw", "coverage", "lower-bound", "amended")


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month: the share in percent, and the two counts that are divided, hours of devices or people."""

    month: date
    percent: Decimal
    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class Meaning:
    """A version of the definition, its queries as plain text."""

    version: Any
    unit: Any
    numerator: str
    denominator: str


@permission("performance.read")
@clearly
def indicator(request: HttpRequest, year: int, id: str) -> HttpResponse:
    """An indicator in a year. What is measured for each plan has the plan's code before its id."""
    reader = reader_of(request)
    found = indicator_year(id, year, clock=CLOCK, reader=reader)
    figures = Figures(year, {plan.code: plan.terms.name for plan in plans_of(year, reader=reader)})
    value = figures.chip(found.value, found.printed(found.value))
    beside = [(name, _chip(found, name, figures)) for name in _BESIDE]
    months = list(_months(found))
    target = found.target.value if found.target else None
    context = {
        "year": year,
        "years": years_for(year, reader=reader),
        "indicator": found,
        "value": value,
        "beside": {name.replace("-", "_"): chip for name, chip in beside if chip},
        "notes": [figures.said(note) for note in found.value.notes],
        "months": months,
        "is_time": found.version.numerator.measure == "device_time",
        "chart": percent_lines([row.month for row in months], [row.percent for row in months], target),
        "target": target,
        "buckets": list(_buckets(found)),
        "ports": list(_ports(found, figures)),
        "history": list(_history(found, reader)),
        "meanings": [_meaning(version) for version in indicators().indicator(id.rpartition(".")[2]).versions],
        "evidence": figures.evidence(),
    }
    return render(request, "performance/indicator.html", context)


def _chip(found: IndicatorYear, part: str, figures: Figures) -> Chip | None:
    entry = found.entries.get(f"{found.id}.{part}")
    return figures.chip(entry, found.printed(entry)) if entry else None


def _months(found: IndicatorYear) -> Iterator[MonthRow]:
    counted = found.measured
    if not isinstance(counted, Measured):
        return
    unit = _HOUR if found.version.numerator.measure == "device_time" else 1
    for month, each in counted.months:
        yield MonthRow(month, _percent(each), each.numerator // unit, each.denominator // unit)


def _percent(counted: Counted) -> Decimal:
    return Decimal(100 * counted.numerator) / Decimal(counted.denominator)


def _buckets(found: IndicatorYear) -> Iterator[tuple[Word, int]]:
    """How long the devices were in each state, in hours of devices."""
    if isinstance(found.measured, Measured):
        for state, spent in found.measured.buckets.items():
            yield BUCKETS.get(state, state), spent // _HOUR


def _ports(found: IndicatorYear, figures: Figures) -> Iterator[tuple[str, Chip | None, Counted]]:
    if isinstance(found.measured, Measured):
        for part, counted in found.measured.parts.items():
            if part not in _BESIDE:
                yield part.upper(), _chip(found, part, figures), counted


def _history(found: IndicatorYear, reader: Actor) -> Iterator[tuple[int, dict[str, str | None]]]:
    """The same indicator in the years on record up to this one, the latest first."""
    on_record = years_for(found.year, reader=reader).on_record | {found.year}
    for year in sorted((each for each in on_record if each <= found.year), reverse=True)[:_YEARS]:
        try:
            then = found if year == found.year else indicator_year(found.id, year, clock=CLOCK, reader=reader)
        except NotFoundError:
            continue
        printed = {
            name.replace("-", "_"): then.printed(then.entries[f"{then.id}.{name}"])
            for name in _BESIDE
            if f"{then.id}.{name}" in then.entries
        }
        yield year, {"value": then.printed(then.value), "version": str(then.version.version), **printed}


def _meaning(version: Any) -> Meaning:
    numerator, denominator = (_plain(version.numerator), _plain(version.denominator))
    return Meaning(version, UNIT_WORDS[version.unit], numerator, denominator)


def _plain(query: Any) -> str:
    asked = query.model_dump(mode="json")
    return json.dumps({name: sorted(each) if isinstance(each, list) else each for name, each in asked.items()})
