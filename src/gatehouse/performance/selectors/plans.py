"""Plans, read for screens and for the book."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import NotFoundError
from gatehouse.performance import models
from gatehouse.performance.domain.book import Entry
from gatehouse.performance.domain.budget import Account, Month, account, balances, curve
from gatehouse.performance.domain.drawing import Drawing, Words
from gatehouse.performance.domain.plan import Bar, Delay, MilestoneStanding, Plan
from gatehouse.performance.domain.plan_entries import PlanEntries
from gatehouse.performance.domain.records import Kind
from gatehouse.performance.domain.rounds import Standing
from gatehouse.performance.domain.years import period_of
from gatehouse.performance.models.kinds import TABLES
from gatehouse.performance.models.plans import OfPlan
from gatehouse.performance.selectors.kept import Revision, current, revisions_of
from gatehouse.platform.actors import Actor
from gatehouse.platform.profile import profile


@dataclass(frozen=True, slots=True)
class PlanYear:
    """A plan in one of its years, as of `on`: the year's last day, or today while it runs."""

    plan: Plan
    year: int
    period: tuple[date, date]
    on: date
    milestones: tuple[MilestoneStanding, ...]
    gantt: tuple[Bar, ...]
    account: Account
    curve: tuple[Month, ...]
    #: What each budget item still holds, by code.
    balances: dict[str, int]
    missed: tuple[MilestoneStanding, ...]
    missed_without_action: tuple[MilestoneStanding, ...]
    delay: Delay | None
    #: How far the review of each deliverable is, by code.
    reviewed: dict[str, Standing]


def plans_of(year: int, *, reader: Actor) -> list[Plan]:
    """The plans that run in a year, in the order of their codes. Raises `ForbiddenError`."""
    reader.require("performance.read")
    found = (_plan(row) for row in models.Plan.objects.order_by("code"))
    return [plan for plan in found if plan and plan.terms.first_year <= year <= plan.terms.last_year]


def plan_year(code: str, year: int, *, clock: Clock, reader: Actor) -> PlanYear:
    """One plan in one year. Raises `ForbiddenError`, and `NotFoundError` where it does not run in that year."""
    reader.require("performance.read")
    row = models.Plan.objects.filter(code=code).first()
    plan = _plan(row) if row else None
    if plan is None or not plan.terms.first_year <= year <= plan.terms.last_year:
        raise NotFoundError("there is no plan %(code)s", code=code[:48])
    return _in_year(plan, year, clock)


def plan_years(year: int, *, clock: Clock, reader: Actor) -> list[PlanYear]:
    """Every plan that runs in a year, each read once. Raises as `plans_of`, and `UnreadableError` for no year."""
    bounds(year, clock)
    return [_in_year(plan, year, clock) for plan in plans_of(year, reader=reader)]


def _in_year(plan: Plan, year: int, clock: Clock) -> PlanYear:
    period, on = bounds(year, clock)
    movements = plan.movements_of(year, on=on)
    return PlanYear(
        plan=plan,
        year=year,
        period=period,
        on=on,
        milestones=plan.standings(year, on=on),
        gantt=plan.gantt(year, on=on),
        account=account(movements, on=on),
        curve=curve(movements, (period[0], on)),
        balances=balances(each for each in plan.movements if each.day <= on),
        missed=plan.missed(year, on=on),
        missed_without_action=plan.missed_without_action(year, on=on),
        delay=plan.delay(on=on),
        reviewed={each.code: plan.review_of(each, on=on) for each in plan.deliverables},
    )


def plan_record_history(plan: str, kind: Kind, code: str, *, reader: Actor) -> list[Revision]:
    """Every revision of a record of a plan, the first one first. Raises `ForbiddenError`."""
    reader.require("performance.read")
    return revisions_of(TABLES[kind], code, plan__code=plan)


def plan_entries(year: int, *, clock: Clock, reader: Actor) -> list[Entry]:
    """The book's entries of every plan of a year."""
    return [entry for plan in plan_years(year, clock=clock, reader=reader) for entry in entries_of(plan, clock=clock)]


def entries_of(plan: PlanYear, *, clock: Clock) -> list[Entry]:
    """The book's entries of one plan that was read."""
    drawing = Drawing(plan.year, plan.period, plan.on, clock.now(), plan.plan.terms.name)
    return PlanEntries(plan.plan, drawing, profile().read("performance/words.yaml", Words)).all()


def bounds(year: int, clock: Clock) -> tuple[tuple[date, date], date]:
    """A year's first and last day, and the day as of which its figures hold. Raises `UnreadableError` for no year."""
    period = period_of(year, profile().agency.calendar)
    return period, max(period[0], min(period[1], profile().agency.day(clock.now())))


def _plan(row: models.Plan) -> Plan | None:
    terms = _facts(models.PlanTerms, row)
    if not terms:
        return None
    return Plan(
        terms=terms[0],
        milestones=_facts(models.Milestone, row),
        events=_facts(models.PlanEvent, row),
        items=_facts(models.BudgetItem, row),
        movements=_facts(models.BudgetMovement, row),
        contracts=_facts(models.Contract, row),
        deliverables=_facts(models.Deliverable, row),
        rounds=_facts(models.DeliverableRound, row),
        reviews=_facts(models.Review, row),
    )


def _facts(model: type[OfPlan], row: models.Plan) -> tuple[Any, ...]:
    return tuple(each.as_facts() for each in current(model, plan=row))
