"""Taking back a record of a plan that was made by mistake."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import RefusedError
from gatehouse.performance import models
from gatehouse.performance.domain.records import Kind
from gatehouse.performance.models.kinds import TABLES
from gatehouse.performance.models.plans import OfPlan
from gatehouse.performance.selectors.kept import current
from gatehouse.performance.services.budget import require_covered
from gatehouse.performance.services.contracts import require_in_order
from gatehouse.performance.services.kept import withdraw
from gatehouse.performance.services.plans import locked_plan, require_possible
from gatehouse.platform.actors import Actor

#: The fields by which other records name one of a kind.
_NAMED_BY: Mapping[Kind, tuple[tuple[type[OfPlan], str], ...]] = {
    Kind.MILESTONE: ((models.PlanEvent, "milestones"), (models.Review, "milestone")),
    Kind.BUDGET_ITEM: ((models.BudgetMovement, "item"), (models.BudgetMovement, "to_item")),
    Kind.BUDGET_MOVEMENT: ((models.BudgetMovement, "settles"),),
    Kind.CONTRACT: ((models.PlanEvent, "contract"), (models.Deliverable, "contract")),
    Kind.DELIVERABLE: ((models.DeliverableRound, "deliverable"),),
}


@transaction.atomic
def plan_record_withdraw(*, clock: Clock, actor: Actor, plan: str, kind: Kind, code: str, reason: str) -> None:
    """Take back a record. Raises `ForbiddenError`; `NotFoundError`; `RefusedError` without a reason, where another
    record names it, or where what is left could not have been: a state out of order, an item overdrawn.
    """
    row = locked_plan(plan, actor)
    for model, field in _NAMED_BY.get(kind, ()):
        for other in current(model, plan=row):
            named = getattr(other, field)
            if code in (named if isinstance(named, list) else [named]):
                raise RefusedError("%(code)s is named by %(other)s: withdraw that first", code=code, other=other.code)
    action = f"{kind.value}_withdraw"
    withdraw(TABLES[kind], code, clock=clock, actor=actor, action=action, reason=reason, plan=row)
    require_possible(row)
    require_covered(row)
    require_in_order(row)
