"""Facts beside plans: agreements, outside ratings, action plans, tallies, parts of a platform, letters. Insert-only."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gatehouse.performance.domain import records
from gatehouse.performance.models.kept import Kept, kept_constraints


class Fact(Kept):
    facts = records.Fact
    #: What is counted together.
    group = models.SlugField(max_length=48)
    kind = models.CharField(max_length=16)
    name = models.JSONField()
    party = models.TextField(blank=True)
    label = models.TextField(blank=True)
    number = models.PositiveBigIntegerField(null=True)
    since = models.DateField()
    until = models.DateField(null=True)
    #: `records.Said` or `records.Read`: exactly one of them.
    declared = models.JSONField(null=True)
    documented = models.JSONField(null=True)

    class Meta:
        constraints = (
            *kept_constraints("fact", "group"),
            models.CheckConstraint(condition=Q(kind__in=list(records.FactKind)), name="performance_fact_kind_known"),
            models.CheckConstraint(
                condition=Q(declared__isnull=False, documented__isnull=True)
                | (
                    Q(declared__isnull=True, documented__isnull=False)
                    & ~Q(documented__read_by=F("documented__confirmed_by"))
                ),
                name="performance_fact_has_evidence",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="performance_fact_in_order"
            ),
        )
