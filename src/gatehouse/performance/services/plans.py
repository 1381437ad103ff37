"""Recording plans, what happens to them, and what their reviews find.

Each function keeps one revision of one record and says whether it is new. The same again changes nothing; something
else under a known code is a correction, which needs a `reason`. All raise `ForbiddenError`; `NotFoundError` for a plan
or a part of it that is not on record; `ConflictError` for a correction without a reason. Nothing changed then.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import NotFoundError, RefusedError
from gatehouse.kernel.results import Reason
from gatehouse.performance.domain import records
from gatehouse.performance.domain.milestones import Goal, Step, progress
from gatehouse.performance.models import Contract, Milestone, Plan, PlanEvent, PlanTerms, Review
from gatehouse.performance.models.plans import OfPlan
from gatehouse.performance.selectors.kept import current
from gatehouse.performance.services.kept import keep
from gatehouse.performance.services.locking import lock_to_record
from gatehouse.platform.actors import Actor
from gatehouse.platform.profile import profile


@transaction.atomic
def plan_register(*, clock: Clock, actor: Actor, plan: records.PlanTerms, reason: str = "") -> bool:
    """Record a plan, or what changed of its name, owner, years or phases."""
    actor.require("performance.record")
    lock_to_record(f"plan.{plan.code}")
    row, _ = Plan.objects.get_or_create(code=plan.code)
    return keep(PlanTerms, plan, clock=clock, actor=actor, action="plan_register", reason=reason, plan=row)


@transaction.atomic
def milestone_set(*, clock: Clock, actor: Actor, plan: str, milestone: records.Milestone, reason: str = "") -> bool:
    """Set a milestone of a year. Raises `RefusedError` where the weights of the year would add to more than 100%."""
    row = locked_plan(plan, actor)
    same_year = [each for each in current(Milestone, plan=row) if each.year == milestone.year]
    total = sum((each.weight for each in same_year if each.code != milestone.code), milestone.weight)
    if total > 100:
        raise RefusedError(
            "the weights of the milestones of %(year)s would add to %(total)s%%",
            year=str(milestone.year),
            total=f"{total.normalize():f}",
        )
    kept = keep(Milestone, milestone, clock=clock, actor=actor, action="milestone_set", reason=reason, plan=row)
    if kept:
        require_possible(row)
    return kept


@transaction.atomic
def plan_event_record(*, clock: Clock, actor: Actor, plan: str, event: records.Event, reason: str = "") -> bool:
    """Record what happened on a day. Raises `RefusedError` where a milestone could not become what the event makes it,
    and for a day that has not come yet.
    """
    row = locked_plan(plan, actor)
    if event.day > profile().agency.day(clock.now()):
        raise RefusedError("%(day)s has not come yet", day=event.day.isoformat())
    known = {each.code for each in current(Milestone, plan=row)}
    for code in event.milestones:
        require_known(code, known, Reason("milestone"))
    if event.contract is not None:
        require_known(event.contract, (each.code for each in current(Contract, plan=row)), Reason("contract"))
    kept = keep(PlanEvent, event, clock=clock, actor=actor, action="plan_event_record", reason=reason, plan=row)
    if kept:
        require_possible(row)
    return kept


@transaction.atomic
def review_record(*, clock: Clock, actor: Actor, plan: str, review: records.Review, reason: str = "") -> bool:
    """Record what a year's review found of a milestone or the plan, and the corrective action."""
    row = locked_plan(plan, actor)
    if review.milestone is not None:
        require_known(review.milestone, (each.code for each in current(Milestone, plan=row)), Reason("milestone"))
    return keep(Review, review, clock=clock, actor=actor, action="review_record", reason=reason, plan=row)


def locked_plan(code: str, actor: Actor) -> Plan:
    """The plan, held against others who would record something of it until the transaction ends.

    Raises `ForbiddenError` and `NotFoundError`.
    """
    actor.require("performance.record")
    lock_to_record(f"plan.{code}")
    found = Plan.objects.filter(code=code).first()
    if found is None:
        raise NotFoundError("there is no plan %(code)s", code=code[:48])
    return found


def require_known(code: str, known: Iterable[str], what: Reason) -> None:
    """Raises `NotFoundError` where `code` names no record of the plan."""
    if code not in set(known):
        raise NotFoundError("the plan has no %(what)s %(code)s", what=what, code=code)


def steps_of(events: Iterable[OfPlan], milestone: str) -> list[Step]:
    """The steps of one milestone, from the plan's events."""
    facts: list[records.Event] = [each.as_facts() for each in events]
    return [Step(each.day, each.kind, each.quantity) for each in facts if milestone in each.milestones]


def require_possible(plan: Plan) -> None:
    """Raises `RefusedError` where the events as they now stand make a milestone what it cannot be."""
    events = current(PlanEvent, plan=plan)
    for row in current(Milestone, plan=plan):
        facts: records.Milestone = row.as_facts()
        steps = steps_of(events, facts.code)
        if steps:
            progress(Goal(facts.complete_at, facts.quantity), steps, on=max(step.day for step in steps))
