"""Recording a plan's money. As in `services.plans`: one revision of one record, whether it is new, what it raises."""

from __future__ import annotations

from django.db import transaction

from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import NotFoundError, RefusedError
from gatehouse.kernel.results import Reason
from gatehouse.performance.domain import records
from gatehouse.performance.domain.budget import MovementKind, account, missing_from
from gatehouse.performance.models import BudgetItem, BudgetMovement, Plan
from gatehouse.performance.selectors.kept import current
from gatehouse.performance.services.kept import keep
from gatehouse.performance.services.plans import locked_plan, require_known
from gatehouse.platform.actors import Actor
from gatehouse.platform.profile import profile


@transaction.atomic
def budget_item_open(*, clock: Clock, actor: Actor, plan: str, item: records.Item, reason: str = "") -> bool:
    """Open an item of the plan's budget."""
    row = locked_plan(plan, actor)
    return keep(BudgetItem, item, clock=clock, actor=actor, action="budget_item_open", reason=reason, plan=row)


@transaction.atomic
def budget_movement_record(
    *, clock: Clock, actor: Actor, plan: str, movement: records.Movement, reason: str = ""
) -> bool:
    """Record an allocation, a payment, a payable, a surplus or a transfer.

    Raises `RefusedError` where an item would be overdrawn on any day, more would be settled than was owed, or the day
    has not come yet.
    """
    row = locked_plan(plan, actor)
    if movement.day > profile().agency.day(clock.now()) and movement.kind is not MovementKind.ALLOCATION:
        raise RefusedError("%(day)s has not come yet", day=movement.day.isoformat())
    items = [each.code for each in current(BudgetItem, plan=row)]
    for code in (movement.item, movement.to_item):
        if code:
            require_known(code, items, Reason("budget item"))
    kept = keep(
        BudgetMovement, movement, clock=clock, actor=actor, action="budget_movement_record", reason=reason, plan=row
    )
    if kept:
        require_covered(row)
    return kept


def require_covered(plan: Plan) -> None:
    """Raises `RefusedError` where an item is overdrawn on any day, or more was settled than was owed."""
    movements: list[records.Movement] = [each.as_facts() for each in current(BudgetMovement, plan=plan)]
    for item in sorted({code for each in movements for code in (each.item, each.to_item) if code}):
        if lacking := missing_from(item, movements):
            raise RefusedError("the item %(item)s would be overdrawn by %(amount)s", item=item, amount=f"{lacking:,}")
    owed = {each.code: each for each in movements if each.kind is MovementKind.PAYABLE}
    for code in sorted({each.settles for each in movements if each.settles}):
        if code not in owed:
            raise NotFoundError("the plan has no %(what)s %(code)s", what=Reason("payable"), code=code)
        paid = [each for each in movements if each.settles == code]
        last = max(each.day for each in paid)
        if account([owed[code], *paid], on=max(last, owed[code].day)).payable < 0:
            raise RefusedError("more would be paid of %(code)s than was owed", code=code)
