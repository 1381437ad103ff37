"""Who does what for a plan, what they owe in which phase, and how it was reviewed. All tables are insert-only."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gatehouse.performance.domain import records
from gatehouse.performance.models.kept import kept_constraints
from gatehouse.performance.models.plans import OfPlan


class Contract(OfPlan):
    facts = records.Contract
    role = models.CharField(max_length=24)
    name = models.JSONField()
    #: Empty where the source names none.
    party = models.TextField(blank=True)
    #: Whole units of currency.
    amount = models.PositiveBigIntegerField(null=True)
    signed_on = models.DateField(null=True)

    class Meta:
        constraints = (
            *kept_constraints("contract", "plan"),
            models.CheckConstraint(condition=Q(role__in=list(records.Role)), name="performance_contract_role_known"),
        )


class Deliverable(OfPlan):
    facts = records.Deliverable
    contract = models.SlugField(max_length=48)
    phase = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16)
    name = models.JSONField()
    due = models.DateField(null=True)

    class Meta:
        constraints = (
            *kept_constraints("deliverable", "plan"),
            models.CheckConstraint(
                condition=Q(kind__in=list(records.DeliverableKind)), name="performance_deliverable_kind_known"
            ),
            models.CheckConstraint(condition=Q(phase__gte=1), name="performance_deliverable_phase"),
        )


class DeliverableRound(OfPlan):
    facts = records.Round
    deliverable = models.SlugField(max_length=48)
    round = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=16)
    day = models.DateField()
    #: Whose verdict it is: the agency's or independent supervision's.
    by = models.CharField(max_length=16, null=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = (
            *kept_constraints("deliverable_round", "plan"),
            models.CheckConstraint(
                condition=Q(verdict=records.Verdict.SUBMITTED, by__isnull=True)
                | Q(verdict__in=[records.Verdict.RETURNED, records.Verdict.APPROVED], by__in=list(records.Reviewer)),
                name="performance_deliverable_round_verdict_is_somebodys",
            ),
        )
