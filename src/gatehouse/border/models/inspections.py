"""Inspections, decisions, crossings. Crossings are insert-only (migration 0002)."""

from __future__ import annotations

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q

from gatehouse.border.domain.words import (
    Capacity,
    DecisionKind,
    Direction,
    InspectionState,
)
from gatehouse.kernel.ids import new_id


class Passage(models.Model):
    """What an inspection and a crossing both say: who, with which document, where, which way."""

    port = models.CharField(max_length=8)
    lane = models.CharField(max_length=32)
    direction = models.CharField(max_length=8)
    capacity = models.CharField(max_length=16)
    #: Flight or ship.
    conveyance = models.CharField(max_length=16, blank=True)
    #: Public id of the person.
    traveller = models.UUIDField()
    document_type = models.CharField(max_length=2)
    document_issuer = models.CharField(max_length=3)
    document_number = models.TextField()
    nationality = models.CharField(max_length=3)
    #: At entry: the last day of the stay; None for nationals.
    last_permitted_day = models.DateField(null=True)

    class Meta:
        abstract = True


class Inspection(Passage):
    """One traveller at one desk, with the proposal that was made. What was found lies in `findings` as it was shown."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    state = models.CharField(max_length=24)
    officer = models.TextField()
    read_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    ready_ms = models.PositiveIntegerField()
    guardian = models.UUIDField(null=True)
    proposed = models.CharField(max_length=8)
    national = models.BooleanField()
    #: The permit whose entry is used up by admission; None where it is good for any number, or there is none.
    permit = models.UUIDField(null=True)
    #: Since when it waits at the second line.
    waiting_since = models.DateTimeField(null=True)
    hold_started_at = models.DateTimeField(null=True)
    hold_ends_at = models.DateTimeField(null=True)
    hold_article = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    has_images = models.BooleanField()
    #: `gatehouse.border.stored.Findings`.
    findings = models.JSONField()

    class Meta:
        indexes = (
            models.Index(fields=["port"], condition=Q(waiting_since__isnull=False), name="border_inspection_waiting"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(state__in=list(InspectionState)), name="border_inspection_state_known"),
            models.CheckConstraint(condition=Q(direction__in=list(Direction)), name="border_inspection_direction"),
            models.CheckConstraint(condition=Q(capacity__in=list(Capacity)), name="border_inspection_capacity"),
            models.CheckConstraint(
                condition=Q(
                    state=InspectionState.CLOSED, closed_at__isnull=False, has_images=False, waiting_since__isnull=True
                )
                | (~Q(state=InspectionState.CLOSED) & Q(closed_at__isnull=True)),
                name="border_inspection_closed_whole",
            ),
            models.CheckConstraint(
                condition=Q(hold_started_at__isnull=True, hold_ends_at__isnull=True)
                | Q(hold_started_at__isnull=False, hold_ends_at__isnull=False, hold_ends_at__gt=F("hold_started_at")),
                name="border_inspection_hold_whole",
            ),
        )


class Images(models.Model):
    """Faces, kept only until the inspection is closed: the transaction that closes it removes them."""

    inspection = models.OneToOneField(Inspection, models.PROTECT, primary_key=True, related_name="images")
    #: As the chip holds it (JPEG or JPEG 2000).
    face = models.BinaryField(null=True)
    live = models.BinaryField(null=True)


class Decision(models.Model):
    """What an officer decided. A refusal is final once a second, different officer confirmed it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=8)
    proposed = models.CharField(max_length=8)
    officer = models.TextField()
    taken_at = models.DateTimeField()
    reason = models.TextField(blank=True)
    final = models.BooleanField()
    second_officer = models.TextField(blank=True)
    second_at = models.DateTimeField(null=True)
    second_reason = models.TextField(blank=True)
    confirmed = models.BooleanField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["inspection"], condition=Q(final=True), name="border_decision_one_final"),
            models.UniqueConstraint(
                fields=["inspection"],
                condition=Q(kind=DecisionKind.REFUSE, confirmed__isnull=True),
                name="border_decision_one_refusal_waits",
            ),
            models.CheckConstraint(condition=Q(kind__in=list(DecisionKind)), name="border_decision_kind_known"),
            models.CheckConstraint(
                condition=Q(second_officer="") | ~Q(second_officer=F("officer")), name="border_decision_two_officers"
            ),
            models.CheckConstraint(
                condition=~Q(kind=DecisionKind.REFUSE)
                | Q(final=False)
                | (Q(confirmed__isnull=False, confirmed=True, second_at__isnull=False) & ~Q(second_officer="")),
                name="border_decision_refusal_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(kind=F("proposed")) | ~Q(reason=""), name="border_decision_reason_where_not_proposed"
            ),
        )


class Crossing(Passage):
    """Somebody entered, left or was in transit. Insert-only: a correction is a new row that points to the old."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    crossed_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.TextField()
    #: The inspection whose decision let the person pass; None where a device did.
    inspection = models.UUIDField(null=True)
    #: With the lane the name that a device gave the passage; None where an officer decided.
    boot_epoch = models.BigIntegerField(null=True)
    sequence = models.BigIntegerField(null=True)
    #: SHA-256 of what the device said, so that a key used for something else is found out.
    facts_digest = models.BinaryField(null=True)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    #: The passage did not take place after all.
    void = models.BooleanField(default=False)
    #: Why it was corrected.
    reason = models.TextField(blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["traveller", "crossed_at"], name="border_crossing_traveller"),
            BrinIndex(fields=["crossed_at"], name="border_crossing_when"),
        )
        constraints = (
            models.UniqueConstraint(fields=["lane", "boot_epoch", "sequence"], name="border_crossing_once"),
            models.UniqueConstraint(
                fields=["inspection"], condition=Q(corrects__isnull=True), name="border_crossing_one_per_inspection"
            ),
            models.CheckConstraint(condition=Q(direction__in=list(Direction)), name="border_crossing_direction"),
            models.CheckConstraint(condition=Q(capacity__in=list(Capacity)), name="border_crossing_capacity"),
            models.CheckConstraint(
                # A comparison with NULL lets a row through, so each says that there is something to compare.
                # From a decision, from a device, or in place of one that was.
                condition=Q(inspection__isnull=False, boot_epoch__isnull=True, sequence__isnull=True)
                | Q(
                    boot_epoch__isnull=False,
                    boot_epoch__gte=0,
                    sequence__isnull=False,
                    sequence__gte=0,
                    facts_digest__isnull=False,
                    corrects__isnull=True,
                )
                | Q(corrects__isnull=False, boot_epoch__isnull=True, sequence__isnull=True),
                name="border_crossing_has_an_origin",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, reason="", void=False) | (Q(corrects__isnull=False) & ~Q(reason="")),
                name="border_crossing_correction_says_why",
            ),
        )
