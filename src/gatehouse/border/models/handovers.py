"""Handovers of shifts, and who took them over: both insert-only (migration 0009)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gatehouse.kernel.ids import new_id


class Handover(models.Model):
    """What one shift at a port left to the next. `standing` is kept as it was shown to who handed over."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    port = models.CharField(max_length=8)
    began_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    given_by = models.TextField()
    given_at = models.DateTimeField()
    #: `gatehouse.border.domain.handovers.Standing`; it names no traveller.
    standing = models.JSONField()
    watch = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["port", "began_at"], name="border_handover_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("began_at")), name="border_handover_ends_after"),
            models.CheckConstraint(condition=~Q(watch=""), name="border_handover_says_what_to_watch"),
        )


class HandoverTaken(models.Model):
    """The next crew's word that they have read it: a row of its own, by somebody else."""

    handover = models.OneToOneField(Handover, models.PROTECT, primary_key=True, related_name="taken")
    #: As in the handover, so that the database itself can hold the two apart.
    given_by = models.TextField()
    taken_by = models.TextField()
    taken_at = models.DateTimeField()
    note = models.TextField(blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(taken_by=F("given_by")), name="border_handover_two_people"),)
