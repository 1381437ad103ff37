"""What devices take along, and what they wrote without the centre."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gatehouse.border.domain.ledgers import EventState
from gatehouse.kernel.ids import new_id


class Bundle(models.Model):
    """What a device was given to work without the centre. Its content is not kept: its digest, and who may sign on."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    device = models.CharField(max_length=32)
    port = models.CharField(max_length=8)
    serial = models.PositiveIntegerField()
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    issued_by = models.TextField()
    #: `gatehouse.border.domain.ledgers.Roster`.
    roster = models.JSONField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["device", "serial"], name="border_bundle_once"),)


class DeviceEvent(models.Model):
    """One event of a device's ledger, recorded once. Its content is kept only while it is set aside."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    device = models.CharField(max_length=32)
    boot_epoch = models.BigIntegerField()
    sequence = models.BigIntegerField()
    #: By the device's clock, as it wrote it.
    at = models.CharField(max_length=40)
    kind = models.CharField(max_length=16)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    body_digest = models.CharField(max_length=64)
    body = models.TextField(blank=True)
    received_at = models.DateTimeField()
    #: What came before was never received, and the device has it no more.
    after_gap = models.BooleanField()
    state = models.CharField(max_length=16)
    #: Why it was set aside: a `Reason`.
    problem = models.JSONField(null=True)
    #: What somebody should know of it all the same.
    remarks = models.JSONField(default=list)

    class Meta:
        indexes = (
            models.Index(fields=["device", "sequence"], name="border_deviceevent_order"),
            models.Index(fields=["device"], condition=Q(state="set aside"), name="border_deviceevent_aside"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(state__in=list(EventState)), name="border_deviceevent_state"),
            models.CheckConstraint(
                condition=Q(state=EventState.SET_ASIDE, problem__isnull=False)
                | (~Q(state=EventState.SET_ASIDE) & Q(problem__isnull=True, body="")),
                name="border_deviceevent_aside_says_why",
            ),
        )


class DeviceContact(models.Model):
    """When a device last spoke, and what it then said of its ledger."""

    device = models.CharField(primary_key=True, max_length=32)
    at = models.DateTimeField()
    newest = models.BigIntegerField()
    acknowledged = models.BigIntegerField()
    waiting_since = models.DateTimeField(null=True)
