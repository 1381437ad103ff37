"""One plan in one year: schedule, money, events, contracts with what they owe, reviews."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gatehouse.performance.api import MilestoneStanding, PlanYear, plan_year, records
from gatehouse.web.clock import CLOCK
from gatehouse.web.performance.answering import clearly, reader_of
from gatehouse.web.performance.dashboard import card_of
from gatehouse.web.performance.figures import Figures
from gatehouse.web.performance.gantt import gantt
from gatehouse.web.performance.lines import budget_lines
from gatehouse.web.performance.words import (
    CONTRACT_ROLES,
    DELIVERABLES,
    EVENTS,
    NOT_HANDED_IN,
    REVIEWERS,
    VERDICTS,
    standing_status,
    state_status,
)
from gatehouse.web.performance.years import years_for
from gatehouse.web.permissions import permission
from gatehouse.web.words import Status

if TYPE_CHECKING:
    from gatehouse.web.words import Word


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a review: when, what, by whom."""

    round: int
    day: date
    status: Status
    by: Word
    note: str


@dataclass(frozen=True, slots=True)
class Owed:
    deliverable: records.Deliverable
    kind: Word
    status: Status
    round: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class ContractRow:
    contract: records.Contract
    role: Word
    owed: tuple[Owed, ...]


@permission("performance.read")
@clearly
def plan(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """A plan: what was set out, how far it came, and every record that says so."""
    reader = reader_of(request)
    found = plan_year(code, year, clock=CLOCK, reader=reader)
    figures = Figures(year, {code: found.plan.terms.name})
    card, chart = card_of(found, figures), gantt(found)
    happened = sorted(found.plan.events, key=lambda each: (each.day, each.code), reverse=True)
    missed = [(each, standing_status(found, each), _reviews_of(found, each.facts.code)) for each in found.missed]
    context = {
        "year": year,
        "years": years_for(year, reader=reader),
        "plan": found,
        "card": card,
        "missed": sorted(missed, key=lambda each: each[0] not in found.missed_without_action),
        "gantt": chart,
        "schedule": list(zip(chart.rows, card.milestones, strict=True)),
        "curve": budget_lines(found.curve),
        "histories": [
            (each, [(day, state_status(s)) for day, s in each.progress.history]) for each in found.milestones
        ],
        "balances": [(item, found.balances.get(item.code, 0)) for item in found.plan.items],
        "events": [(each, EVENTS[each.kind]) for each in happened if each.day <= found.on],
        "contracts": [_contract(found, each) for each in found.plan.contracts],
        "reviews": [(each, _milestone_name(found, each)) for each in found.plan.reviews if each.year == year],
        "evidence": figures.evidence(),
    }
    return render(request, "performance/plan.html", context)


def _history(milestone: MilestoneStanding) -> list[tuple[date, Status]]:
    return [(day, state_status(state)) for day, state in milestone.progress.history]


def _reviews_of(plan: PlanYear, milestone: str) -> list[records.Review]:
    return [each for each in plan.plan.reviews if each.year == plan.year and each.milestone == milestone]


def _milestone_name(plan: PlanYear, review: records.Review) -> dict[str, str] | None:
    return next((each.name for each in plan.plan.milestones if each.code == review.milestone), None)


def _contract(plan: PlanYear, contract: records.Contract) -> ContractRow:
    owed = (each for each in plan.plan.deliverables if each.contract == contract.code)
    ordered = sorted(owed, key=lambda each: (each.phase, each.code))
    return ContractRow(contract, CONTRACT_ROLES[contract.role], tuple(_owed(plan, each) for each in ordered))


def _owed(plan: PlanYear, deliverable: records.Deliverable) -> Owed:
    standing = plan.reviewed[deliverable.code]
    if not standing.round:
        status = NOT_HANDED_IN
    elif standing.approved:
        status = VERDICTS[records.Verdict.APPROVED]
    elif records.Verdict.RETURNED in (standing.agency, standing.supervision):
        status = VERDICTS[records.Verdict.RETURNED]
    else:
        status = VERDICTS[records.Verdict.SUBMITTED]
    steps = sorted(plan.plan.rounds_of(deliverable), key=lambda each: (each.round, each.day))
    return Owed(
        deliverable=deliverable,
        kind=DELIVERABLES[deliverable.kind],
        status=status,
        round=standing.round,
        steps=tuple(
            Step(each.round, each.day, VERDICTS[each.verdict], REVIEWERS[each.by] if each.by else "", each.note)
            for each in steps
            if each.day <= plan.on
        ),
    )
