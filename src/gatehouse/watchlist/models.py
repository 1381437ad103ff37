"""The tables of lists and hits."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gatehouse.kernel.ids import new_id
from gatehouse.watchlist.domain import ListKind, Matched, Review


class Entry(models.Model):
    """What an authority put on a list: a document, a person by name and birth date, or both."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=16)
    issuer = models.CharField(max_length=3, blank=True)
    number = models.TextField(blank=True)
    #: As given by the authority; screening uses the key.
    surname = models.TextField(blank=True)
    given_names = models.TextField(blank=True)
    name_key = models.TextField(blank=True)
    birth_date = models.CharField(max_length=10, null=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    #: The provision, and which authority asked.
    basis = models.TextField()
    authority = models.TextField()
    entered_by = models.TextField()
    entered_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=["number"], condition=~Q(number=""), name="watchlist_entry_number"),
            models.Index(fields=["name_key"], condition=~Q(name_key=""), name="watchlist_entry_name"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=list(ListKind)), name="watchlist_entry_kind_known"),
            models.CheckConstraint(condition=~Q(number="", name_key=""), name="watchlist_entry_names_something"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="watchlist_entry_ends_after_it_begins",
            ),
        )


class Hit(models.Model):
    """A proposal that an entry means the person of an inspection, and what an officer made of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry = models.ForeignKey(Entry, models.PROTECT)
    #: Public ids of the border's inspection and of the person.
    inspection = models.UUIDField()
    traveller = models.UUIDField()
    matched = models.CharField(max_length=8)
    reason = models.JSONField()
    found_at = models.DateTimeField()
    review = models.CharField(max_length=24, default=Review.OPEN)
    reviewed_by = models.TextField(blank=True)
    reviewed_at = models.DateTimeField(null=True)
    review_reason = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["inspection", "entry"], name="watchlist_hit_once"),
            models.CheckConstraint(condition=Q(matched__in=list(Matched)), name="watchlist_hit_matched_known"),
            models.CheckConstraint(
                condition=Q(review=Review.OPEN, reviewed_by="", reviewed_at__isnull=True)
                | (Q(reviewed_at__isnull=False) & ~Q(review=Review.OPEN) & ~Q(reviewed_by="")),
                name="watchlist_hit_review_whole",
            ),
        )
