"""What devices told of themselves, each record once. It names devices and durations, never a person."""

from __future__ import annotations

from django.db import models


class TelemetryRecord(models.Model):
    """`id` is the device's own, and no other device can take it away; `at` is its clock, `received_at` ours."""

    pk = models.CompositePrimaryKey("device", "id")
    id = models.UUIDField(editable=False)
    device = models.CharField(max_length=32)
    kind = models.CharField(max_length=16)
    component = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    facts = models.JSONField(default=dict)
    timings_ms = models.JSONField(default=dict)

    class Meta:
        indexes = (models.Index(fields=["device", "received_at"], name="monitoring_telemetry_device"),)
