"""Alerts that are kept, what people found of them, and how far the log was looked at."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gatehouse.kernel.ids import new_id
from gatehouse.security.domain.triage import Finding


class KeptAlert(models.Model):
    """What a rule found. It grows while its window is open; what a grown one takes over is `replaced_by` it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    #: The detector's own name for it.
    key = models.CharField(max_length=300, unique=True)
    rule = models.CharField(max_length=100)
    title = models.TextField()
    #: Of the rule: the Detection Rule License asks that they are named.
    author = models.TextField(blank=True)
    level = models.CharField(max_length=16, blank=True)
    #: Who acted in all of its events, empty where several did.
    actor = models.CharField(max_length=200, blank=True)
    #: Index, time, action, actor and site of each event, the first hundred.
    events = models.JSONField()
    #: How many there are.
    count = models.PositiveIntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    raised_at = models.DateTimeField()
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced")

    class Meta:
        indexes = (models.Index(fields=["-last_at"], name="security_alert_last"),)


class AlertFinding(models.Model):
    """What somebody found. Insert-only: the last one counts, and all are shown."""

    id = models.BigAutoField(primary_key=True)
    alert = models.ForeignKey(KeptAlert, models.PROTECT, related_name="findings")
    finding = models.CharField(max_length=16)
    reason = models.TextField()
    by = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(finding__in=[each.value for each in Finding]), name="security_finding_known"
            ),
        )


class Watch(models.Model):
    """How far the audit log was looked at, and what correlations have to remember. One row."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    #: The index of the last entry that was looked at; -1 before the first.
    after = models.BigIntegerField(default=-1)
    state = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(id=1), name="security_watch_one"),)
