"""The ledger of availability: insert-only, see migration 0002. The number of a row says what was on record when a month
was published: those with a greater number came later.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gatehouse.monitoring.domain.amendments import AMENDABLE
from gatehouse.monitoring.domain.states import State
from gatehouse.monitoring.models.assets import Asset


class StateInterval(models.Model):
    """What a source says of a device; `end` None while it lasts. Nothing is replaced: what came later wins."""

    id = models.BigAutoField(primary_key=True)
    asset = models.ForeignKey(Asset, models.PROTECT, related_name="intervals")
    start = models.DateTimeField()
    end = models.DateTimeField(null=True)
    state = models.CharField(max_length=24)
    source = models.CharField(max_length=64)
    #: When the source's word came in; `recorded_at`, when it was written here. They differ for what is loaded later.
    received_at = models.DateTimeField()
    recorded_by = models.TextField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=list(State)), name="monitoring_interval_state_known"),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")), name="monitoring_interval_in_order"
            ),
            models.CheckConstraint(condition=Q(received_at__lte=F("recorded_at")), name="monitoring_interval_received"),
            models.UniqueConstraint(
                fields=["asset", "start", "end", "state", "source", "received_at"],
                name="monitoring_interval_once",
                nulls_distinct=False,
            ),
        )


class Amendment(models.Model):
    """What somebody asks to be counted instead of what the sources say."""

    id = models.BigAutoField(primary_key=True)
    asset = models.ForeignKey(Asset, models.PROTECT, related_name="amendments")
    start = models.DateTimeField()
    end = models.DateTimeField()
    state = models.CharField(max_length=24)
    reason = models.TextField()
    requested_by = models.TextField()
    requested_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=list(AMENDABLE)), name="monitoring_amendment_state"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="monitoring_amendment_in_order"),
            models.CheckConstraint(condition=~Q(reason=""), name="monitoring_amendment_says_why"),
        )


class AmendmentAnswer(models.Model):
    """Confirmed or declined, once, by somebody else."""

    id = models.BigAutoField(primary_key=True)
    amendment = models.OneToOneField(Amendment, models.PROTECT, related_name="answer")
    confirmed = models.BooleanField()
    #: As in the amendment, so that the database can tell the two people apart.
    requested_by = models.TextField()
    answered_by = models.TextField()
    answered_at = models.DateTimeField()
    #: Why not; empty where it was confirmed.
    reason = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(answered_by=F("requested_by")), name="monitoring_amendment_two_people"),
            models.CheckConstraint(
                condition=Q(confirmed=True) | ~Q(reason=""), name="monitoring_amendment_declined_says_why"
            ),
        )


class MonthPublication(models.Model):
    """A month of the ledger as it was published: it counts the rows up to these numbers, and none that came later."""

    #: Its first day.
    month = models.DateField(primary_key=True)
    through_interval = models.BigIntegerField()
    through_status = models.BigIntegerField()
    through_answer = models.BigIntegerField()
    published_by = models.TextField()
    published_at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(month__day=1), name="monitoring_publication_first_day"),)
