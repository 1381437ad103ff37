"""Incidents: what did not serve, which devices it explains, and what was done about it. Steps are insert-only."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gatehouse.monitoring.domain.incidents import StepKind
from gatehouse.monitoring.models.assets import Asset


class Incident(models.Model):
    """One cause, from when it stopped serving to when all that it explains served again. People say its number."""

    id = models.BigAutoField(primary_key=True)
    cause = models.ForeignKey(Asset, models.PROTECT, related_name="incidents")
    state = models.CharField(max_length=24)
    began_at = models.DateTimeField()
    detected_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["cause"], condition=Q(resolved_at__isnull=True), name="monitoring_incident_open_once"
            ),
            models.CheckConstraint(condition=Q(detected_at__gte=F("began_at")), name="monitoring_incident_detected"),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True) | Q(resolved_at__gte=F("began_at")),
                name="monitoring_incident_resolved",
            ),
        )


class IncidentDevice(models.Model):
    """A device that an incident explains, as long as it does."""

    id = models.BigAutoField(primary_key=True)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="devices")
    asset = models.ForeignKey(Asset, models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["asset"], condition=Q(until__isnull=True), name="monitoring_incident_device_once"
            ),
        )


class IncidentStep(models.Model):
    """What happened to an incident, by whom."""

    id = models.BigAutoField(primary_key=True)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=16)
    at = models.DateTimeField()
    by = models.TextField()
    note = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in StepKind]), name="monitoring_incident_step_known"
            ),
            models.UniqueConstraint(
                fields=["incident"], condition=Q(kind="acknowledged"), name="monitoring_incident_acknowledged_once"
            ),
        )
