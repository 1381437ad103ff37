"""Who was told of an incident, and whether it arrived. Both are insert-only."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gatehouse.monitoring.domain.notices import Channel, Occasion
from gatehouse.monitoring.models.incidents import Incident


class Notice(models.Model):
    """That somebody is to be told. The address is the one of that moment: a profile may change."""

    id = models.BigAutoField(primary_key=True)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="notices")
    occasion = models.CharField(max_length=16)
    recipient = models.CharField(max_length=64)
    channel = models.CharField(max_length=8)
    address = models.TextField(blank=True)
    due_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["incident", "occasion", "recipient"], name="monitoring_notice_once"),
            models.CheckConstraint(
                condition=Q(occasion__in=[each.value for each in Occasion]), name="monitoring_notice_occasion_known"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=[each.value for each in Channel]), name="monitoring_notice_channel_known"
            ),
        )


class NoticeTry(models.Model):
    """One attempt to tell."""

    id = models.BigAutoField(primary_key=True)
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="tries")
    at = models.DateTimeField()
    arrived = models.BooleanField()
    #: What the other side said, or why it could not be asked.
    said = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["notice"], condition=Q(arrived=True), name="monitoring_notice_arrived_once"
            ),
        )
