"""The year at a glance: every plan and every indicator, the worst news first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gatehouse.performance.api import (
    IndicatorYear,
    MilestoneStanding,
    PlanYear,
    entries_of,
    indicator_years,
    is_reconstruction,
    plan_years,
    records,
)
from gatehouse.web.clock import CLOCK
from gatehouse.web.performance.answering import clearly, reader_of
from gatehouse.web.performance.figures import Chip, Figures
from gatehouse.web.performance.words import REACHED, standing_status, state_status
from gatehouse.web.performance.years import years_for
from gatehouse.web.permissions import permission
from gatehouse.web.templatetags.gatehouse import thousands
from gatehouse.web.words import Status

#: How many events a card names.
_EVENTS = 3
#: The parts that stand beside an indicator's value, by the column that shows them.
_BESIDE = {"target": "target", "achievement": "achievement", "raw": "achievement-raw"}


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    milestone: MilestoneStanding
    standing: Status
    state: Status
    weight: Chip
    completion: Chip


@dataclass(frozen=True, slots=True)
class Next:
    """Something that lies ahead: what it is and when."""

    day: date
    what: str
    name: dict[str, str]


@dataclass(frozen=True, slots=True)
class PlanCard:
    plan: PlanYear
    progress: Chip | None
    #: Percent of the bar that is filled.
    filled: float
    delay: Chip | None
    milestones: tuple[MilestoneRow, ...]
    budget: dict[str, Chip]
    ahead: tuple[Next, ...]
    latest: tuple[records.Event, ...]


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    indicator: IndicatorYear
    value: Chip
    beside: dict[str, Chip]
    coverage: Chip | None
    lower_bound: Chip | None
    notes: tuple[str, ...]
    reached: bool | None


@permission("performance.read")
def latest(request: HttpRequest) -> HttpResponse:
    """The last year that something is on record of, else the present one; `?year=` is what the chooser sends."""
    years = years_for(0, reader=reader_of(request))
    asked = request.GET.get("year", "").strip()
    chosen = int(asked) if asked.isdecimal() and len(asked) < 5 else years.latest or years.now
    return redirect("performance_year", chosen)


@permission("performance.read")
@clearly
def year(request: HttpRequest, year: int) -> HttpResponse:
    """The dashboard of a year."""
    reader = reader_of(request)
    years = years_for(year, reader=reader)
    plans = plan_years(year, clock=CLOCK, reader=reader)
    figures = Figures(year, {each.plan.code: each.plan.terms.name for each in plans})
    worst_first = sorted(plans, key=lambda each: (-len(each.missed_without_action), -len(each.missed), each.plan.code))
    cards = [card_of(each, figures) for each in worst_first]
    indicators = [] if years.empty else indicator_years(year, clock=CLOCK, reader=reader, plans=plans)
    rows = [_row(each, figures) for each in indicators if each.target or each.value.figure]
    context: dict[str, Any] = {
        "year": year,
        "years": years,
        "cards": cards,
        "open": [(card.plan, each) for card in cards for each in card.plan.missed_without_action],
        "indicators": rows,
        "unmeasured": [each for each in indicators if not each.target and not each.value.figure],
        "reached": REACHED,
        "evidence": figures.evidence(),
    }
    return render(request, "performance/dashboard.html", context)


def card_of(plan: PlanYear, figures: Figures) -> PlanCard:
    """What the dashboard says of a plan, its figures among those of the page."""
    code = plan.plan.code
    entries = {entry.id.removeprefix(f"{code}."): entry for entry in entries_of(plan, clock=CLOCK)}
    progress, delay = entries.get("progress"), entries.get("delay")
    chips = {
        name: figures.chip(entries[f"budget.{name}"], shown)
        for name, shown in (
            ("allocated", thousands(plan.account.allocated)),
            ("spent", thousands(plan.account.spent)),
            ("payable", thousands(plan.account.payable)),
            ("surplus", thousands(plan.account.surplus)),
            ("execution-rate", None),
            ("execution-rate-with-payables", None),
        )
        if f"budget.{name}" in entries
    }
    filled = float(progress.figure.value) if progress and progress.figure else 0.0  # type: ignore[arg-type]
    happened = sorted((each for each in plan.plan.events if each.day <= plan.on), key=lambda each: each.day)
    return PlanCard(
        plan=plan,
        progress=figures.chip(progress) if progress else None,
        filled=round(filled, 2),
        delay=figures.chip(delay, _months(plan.delay.months)) if delay and plan.delay else None,
        milestones=tuple(_milestone(plan, each, entries, figures) for each in plan.milestones),
        budget={name.replace("-", "_"): chip for name, chip in chips.items()},
        ahead=tuple(sorted(_ahead(plan), key=lambda each: each.day))[:_EVENTS],
        latest=tuple(reversed(happened[-_EVENTS:])),
    )


def _milestone(plan: PlanYear, each: MilestoneStanding, entries: dict[str, Any], figures: Figures) -> MilestoneRow:
    begin = f"milestones.{each.facts.code}"
    return MilestoneRow(
        milestone=each,
        standing=standing_status(plan, each),
        state=state_status(each.progress.state),
        weight=figures.chip(entries[f"{begin}.weight"]),
        completion=figures.chip(entries[f"{begin}.completion"]),
    )


def _ahead(plan: PlanYear) -> Iterator[Next]:
    """What is due after the day as of which the page holds: milestones, deliverables, corrective actions."""
    for milestone in plan.plan.milestones:
        if milestone.ends > plan.on:
            yield Next(milestone.ends, _("milestone due"), milestone.name)
    for deliverable in plan.plan.deliverables:
        if deliverable.due and deliverable.due > plan.on and not plan.reviewed[deliverable.code].approved:
            yield Next(deliverable.due, _("deliverable due"), deliverable.name)
    for review in plan.plan.reviews:
        if review.due and review.due > plan.on:
            yield Next(review.due, _("corrective action due"), review.action or review.finding)


def _row(each: IndicatorYear, figures: Figures) -> IndicatorRow:
    def chip(part: str) -> Chip | None:
        entry = each.entries.get(f"{each.id}.{part}")
        return figures.chip(entry, each.printed(entry)) if entry else None

    beside = {column: found for column, part in _BESIDE.items() if (found := chip(part))}
    return IndicatorRow(
        indicator=each,
        value=figures.chip(each.value, each.printed(each.value)),
        beside=beside,
        coverage=chip("coverage"),
        lower_bound=chip("lower-bound"),
        notes=tuple(figures.said(note) for note in each.value.notes if not is_reconstruction(note)),
        reached=_reached(each),
    )


def _months(count: int) -> str:
    return ngettext("%(count)s month", "%(count)s months", count) % {"count": count}


def _reached(each: IndicatorYear) -> bool | None:
    raw = each.entries.get(f"{each.id}.achievement-raw")
    return None if raw is None or raw.figure is None else bool(raw.figure.value >= 100)  # type: ignore[operator]
