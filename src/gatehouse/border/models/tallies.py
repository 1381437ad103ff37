"""Months whose crossings are not kept one by one: insert-only (migration 0004)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from gatehouse.border.domain.words import (
    Channel,
    Direction,
    EnrolmentPlace,
    Who,
)
from gatehouse.kernel.ids import new_id


class Tally(models.Model):
    """A count of a month at a port, for months whose records are not kept one by one."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    #: Its first day.
    month = models.DateField()
    port = models.CharField(max_length=8)
    count = models.PositiveIntegerField()
    source = models.TextField()
    #: Made up to add up to a total that is known.
    reconstructed = models.BooleanField(default=False)
    recorded_by = models.TextField()
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True


class PassageTally(Tally):
    """How many of a class of people took a channel in a direction."""

    direction = models.CharField(max_length=8)
    who = models.CharField(max_length=16)
    channel = models.CharField(max_length=8)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["month", "port", "direction", "who", "channel"], name="border_passage_tally_once"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="border_passage_tally_first_day"),
            models.CheckConstraint(condition=Q(direction__in=list(Direction)), name="border_passage_tally_direction"),
            models.CheckConstraint(condition=Q(who__in=list(Who)), name="border_passage_tally_who"),
            models.CheckConstraint(condition=Q(channel__in=list(Channel)), name="border_passage_tally_channel"),
        )


class EnrolmentTally(Tally):
    """How many people were enrolled for e-gates, by the place where it was done."""

    place = models.CharField(max_length=8)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["month", "port", "place"], name="border_enrolment_tally_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="border_enrolment_tally_first_day"),
            models.CheckConstraint(condition=Q(place__in=list(EnrolmentPlace)), name="border_enrolment_tally_place"),
        )
