"""The money of a plan. Both tables are insert-only."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gatehouse.performance.domain import records
from gatehouse.performance.domain.budget import ItemKind, MovementKind
from gatehouse.performance.models.kept import kept_constraints
from gatehouse.performance.models.plans import OfPlan


class BudgetItem(OfPlan):
    facts = records.Item
    name = models.JSONField()
    kind = models.CharField(max_length=16)

    class Meta:
        constraints = (
            *kept_constraints("budget_item", "plan"),
            models.CheckConstraint(condition=Q(kind__in=list(ItemKind)), name="performance_budget_item_kind_known"),
        )


class BudgetMovement(OfPlan):
    facts = records.Movement
    #: Whose budget it is, in the agency's calendar: a payable of one year may be paid in the next.
    year = models.PositiveSmallIntegerField()
    day = models.DateField()
    kind = models.CharField(max_length=16)
    item = models.SlugField(max_length=48)
    to_item = models.SlugField(max_length=48, blank=True)
    settles = models.SlugField(max_length=48, blank=True)
    #: Whole units of currency.
    amount = models.PositiveBigIntegerField()

    class Meta:
        constraints = (
            *kept_constraints("budget_movement", "plan"),
            models.CheckConstraint(
                condition=Q(kind__in=list(MovementKind)), name="performance_budget_movement_kind_known"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="performance_budget_movement_amount"),
            models.CheckConstraint(
                condition=(Q(kind=MovementKind.TRANSFER) & ~Q(to_item="") & ~Q(to_item=F("item")))
                | (~Q(kind=MovementKind.TRANSFER) & Q(to_item="")),
                name="performance_budget_movement_transfer_goes_elsewhere",
            ),
            models.CheckConstraint(
                condition=Q(kind=MovementKind.PAYMENT) | Q(settles=""),
                name="performance_budget_movement_payment_settles",
            ),
        )
