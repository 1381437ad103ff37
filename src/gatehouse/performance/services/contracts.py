"""Recording contracts, what they owe and its review. As in `services.plans`: one revision, whether it is new."""

from __future__ import annotations

from django.db import transaction

from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import RefusedError
from gatehouse.kernel.results import Reason
from gatehouse.performance.domain import records
from gatehouse.performance.domain.rounds import require_possible
from gatehouse.performance.models import Contract, Deliverable, DeliverableRound, Plan
from gatehouse.performance.selectors.kept import current
from gatehouse.performance.services.kept import keep
from gatehouse.performance.services.plans import locked_plan, require_known
from gatehouse.platform.actors import Actor
from gatehouse.platform.profile import profile


@transaction.atomic
def contract_record(*, clock: Clock, actor: Actor, plan: str, contract: records.Contract, reason: str = "") -> bool:
    """Record who does what for the plan: a contractor, the agent agency, a technical service, supervision."""
    row = locked_plan(plan, actor)
    return keep(Contract, contract, clock=clock, actor=actor, action="contract_record", reason=reason, plan=row)


@transaction.atomic
def deliverable_set(
    *, clock: Clock, actor: Actor, plan: str, deliverable: records.Deliverable, reason: str = ""
) -> bool:
    """Record what a contract owes in one of its phases."""
    row = locked_plan(plan, actor)
    require_known(deliverable.contract, (each.code for each in current(Contract, plan=row)), Reason("contract"))
    return keep(Deliverable, deliverable, clock=clock, actor=actor, action="deliverable_set", reason=reason, plan=row)


@transaction.atomic
def deliverable_round_record(*, clock: Clock, actor: Actor, plan: str, step: records.Round, reason: str = "") -> bool:
    """Record that a deliverable was handed in, returned or approved.

    Raises `RefusedError` for a verdict on what was not handed in, a round out of order, or a day that has not come.
    """
    row = locked_plan(plan, actor)
    if step.day > profile().agency.day(clock.now()):
        raise RefusedError("%(day)s has not come yet", day=step.day.isoformat())
    require_known(step.deliverable, (each.code for each in current(Deliverable, plan=row)), Reason("deliverable"))
    kept = keep(
        DeliverableRound, step, clock=clock, actor=actor, action="deliverable_round_record", reason=reason, plan=row
    )
    if kept:
        require_in_order(row)
    return kept


def require_in_order(plan: Plan) -> None:
    """Raises `RefusedError` where a deliverable was judged before it was handed in, or handed in again too early."""
    steps: list[records.Round] = [each.as_facts() for each in current(DeliverableRound, plan=plan)]
    for code in sorted({each.deliverable for each in steps}):
        require_possible([each for each in steps if each.deliverable == code])
