"""Plans, their milestones and what happens to them. All tables are insert-only."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gatehouse.kernel.ids import new_id
from gatehouse.performance.domain import records
from gatehouse.performance.domain.milestones import EventKind, MilestoneState
from gatehouse.performance.models.kept import Kept, kept_constraints


class Plan(models.Model):
    """A plan by its code. All that can be corrected of it is in `PlanTerms`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=48, unique=True)


class OfPlan(Kept):
    """A record of one plan; its code is unique within the plan and the kind of record."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class PlanTerms(OfPlan):
    facts = records.PlanTerms
    name = models.JSONField()
    owner = models.JSONField()
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    phases = models.JSONField(default=list)

    class Meta:
        constraints = (
            *kept_constraints("plan_terms", "plan"),
            models.CheckConstraint(
                condition=Q(first_year__lte=F("last_year")), name="performance_plan_terms_years_in_order"
            ),
        )


class Milestone(OfPlan):
    facts = records.Milestone
    year = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    name = models.JSONField()
    #: Percent of the plan's weight of the year.
    weight = models.DecimalField(max_digits=5, decimal_places=2)
    complete_at = models.CharField(max_length=16)
    starts = models.DateField()
    ends = models.DateField()
    baseline_ends = models.DateField(null=True)
    quantity = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    unit = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints = (
            *kept_constraints("milestone", "plan"),
            models.CheckConstraint(condition=Q(weight__gt=0, weight__lte=100), name="performance_milestone_weight"),
            models.CheckConstraint(
                condition=Q(complete_at__in=list(MilestoneState)), name="performance_milestone_state_known"
            ),
            models.CheckConstraint(condition=Q(starts__lte=F("ends")), name="performance_milestone_in_order"),
            models.CheckConstraint(
                condition=Q(quantity__isnull=True, unit="") | (Q(quantity__gt=0) & ~Q(unit="")),
                name="performance_milestone_quantity_has_unit",
            ),
        )


class PlanEvent(OfPlan):
    facts = records.Event
    kind = models.CharField(max_length=24)
    day = models.DateField()
    name = models.JSONField()
    #: Codes of the milestones that it moves.
    milestones = models.JSONField(default=list)
    contract = models.SlugField(max_length=48, null=True)
    bidders = models.PositiveSmallIntegerField(null=True)
    quantity = models.DecimalField(max_digits=12, decimal_places=2, null=True)

    class Meta:
        constraints = (
            *kept_constraints("plan_event", "plan"),
            models.CheckConstraint(condition=Q(kind__in=list(EventKind)), name="performance_plan_event_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=EventKind.MEASUREMENT, quantity__gt=0)
                | (~Q(kind=EventKind.MEASUREMENT) & Q(quantity__isnull=True)),
                name="performance_plan_event_measurement_has_quantity",
            ),
        )


class Review(OfPlan):
    """What a year's review found of a milestone that was missed, and the corrective action."""

    facts = records.Review
    year = models.PositiveSmallIntegerField()
    milestone = models.SlugField(max_length=48, null=True)
    day = models.DateField()
    finding = models.JSONField()
    action = models.JSONField(default=dict)
    owner = models.TextField(blank=True)
    due = models.DateField(null=True)

    class Meta:
        constraints = kept_constraints("review", "plan")
