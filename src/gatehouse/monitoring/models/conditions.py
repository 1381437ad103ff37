"""How devices are at this moment, by each source that watches them, and what they depend on.

A condition is the last word of a source: it is overwritten. What was, stands in the ledger.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gatehouse.kernel.ids import new_id
from gatehouse.monitoring.domain.states import State
from gatehouse.monitoring.models.assets import Asset


class Condition(models.Model):
    """What a source last said of a device. Past `due_at` without another word it is unknown from `heard_at` on."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    asset = models.ForeignKey(Asset, models.PROTECT, related_name="conditions")
    source = models.CharField(max_length=64)
    state = models.CharField(max_length=24)
    #: Since when the source says so.
    since = models.DateTimeField()
    #: When its last word was received, and by when the next one is due.
    heard_at = models.DateTimeField()
    due_at = models.DateTimeField()
    #: What it said beside the state: measurements and words, as it named them.
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = (models.Index(fields=["due_at"], name="monitoring_condition_due"),)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=list(State)), name="monitoring_condition_state_known"),
            models.CheckConstraint(condition=Q(due_at__gt=F("heard_at")), name="monitoring_condition_in_order"),
            models.UniqueConstraint(fields=["asset", "source"], name="monitoring_condition_once"),
        )


class Dependency(models.Model):
    """A device that cannot serve while another is down: a lane behind its switch, a switch on its power strip."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    asset = models.ForeignKey(Asset, models.PROTECT, related_name="dependencies")
    needs = models.ForeignKey(Asset, models.PROTECT, related_name="carries")
    recorded_by = models.TextField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(asset=F("needs")), name="monitoring_dependency_of_another"),
            models.UniqueConstraint(fields=["asset", "needs"], name="monitoring_dependency_once"),
        )
