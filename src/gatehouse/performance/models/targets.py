"""Targets of indicators. Insert-only: see the migrations."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gatehouse.performance.domain.achievement import Unit


class IndicatorTarget(models.Model):
    """What a plan set out to reach of an indicator in a year. The latest row of a year and indicator counts."""

    id = models.BigAutoField(primary_key=True)
    plan = models.SlugField(max_length=48)
    #: Of the agency's calendar.
    year = models.PositiveSmallIntegerField()
    indicator = models.SlugField(max_length=64)
    #: In percent of what the unit says.
    value = models.DecimalField(max_digits=9, decimal_places=4)
    unit = models.CharField(max_length=32)
    source = models.TextField()
    #: Who answers for it, and since when it holds.
    owner = models.TextField()
    on = models.DateField()
    #: Why it was changed; empty for the first.
    reason = models.TextField(blank=True)
    recorded_by = models.TextField()
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["year", "indicator"], name="performance_target_of_year"),)
        constraints = (
            models.CheckConstraint(condition=Q(unit__in=list(Unit)), name="performance_target_unit_known"),
            models.CheckConstraint(condition=Q(value__gte=0), name="performance_target_not_below_nothing"),
        )
