"""The register of assets. Facts and statuses are insert-only: see migration 0002."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gatehouse.kernel.ids import new_id
from gatehouse.monitoring.domain.assets import AssetClass, Status


class Asset(models.Model):
    """What does not change of a piece of equipment."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    #: As its label says, and as telemetry names it.
    tag = models.CharField(max_length=64, unique=True)
    asset_class = models.CharField(max_length=32)
    generation = models.PositiveSmallIntegerField(null=True)
    site = models.CharField(max_length=8)
    hall = models.CharField(max_length=32, blank=True)
    #: Public id of the plan that paid for it.
    plan = models.CharField(max_length=64, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    source = models.TextField()
    #: What is on record of it was made up to add up to a total that is known.
    reconstructed = models.BooleanField(default=False)
    recorded_by = models.TextField()
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["asset_class", "site"], name="monitoring_asset_class_site"),)
        constraints = (
            models.CheckConstraint(condition=Q(asset_class__in=list(AssetClass)), name="monitoring_asset_class_known"),
            models.CheckConstraint(condition=~Q(tag=""), name="monitoring_asset_has_a_tag"),
        )


class AssetStatus(models.Model):
    """From this day on. The number of a row says what was on record when a month was published."""

    id = models.BigAutoField(primary_key=True)
    asset = models.ForeignKey(Asset, models.PROTECT, related_name="statuses")
    status = models.CharField(max_length=20)
    since = models.DateField()
    source = models.TextField()
    recorded_by = models.TextField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(status__in=list(Status)), name="monitoring_asset_status_known"),
            models.UniqueConstraint(fields=["asset", "status", "since"], name="monitoring_asset_status_once"),
        )
