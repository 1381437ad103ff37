"""The tables of persons, their documents and their permits."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from gatehouse.kernel.ids import new_id


class Traveller(models.Model):
    """A person known to the agency, as their first document named them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    surname = models.TextField()
    given_names = models.TextField()
    #: Names in every script, as given.
    names = ArrayField(models.TextField(), default=list)
    #: ISO 8601, shortened where it is partly unknown.
    birth_date = models.CharField(max_length=10, null=True)
    sex = models.CharField(max_length=1)
    nationality = models.CharField(max_length=3)
    first_seen_at = models.DateTimeField()


class Document(models.Model):
    """A travel document that a person held."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    traveller = models.ForeignKey(Traveller, models.PROTECT, related_name="documents")
    type = models.CharField(max_length=2)
    issuer = models.CharField(max_length=3)
    number = models.TextField()
    expiry_date = models.CharField(max_length=10, null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["number", "issuer"], name="travellers_document_once"),)


class Permit(models.Model):
    """A visa or permit that was issued to a person."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    traveller = models.ForeignKey(Traveller, models.PROTECT, related_name="permits")
    number = models.TextField(unique=True)
    kind = models.CharField(max_length=32)
    valid_from = models.DateField()
    valid_until = models.DateField()
    stay_days = models.PositiveSmallIntegerField(null=True)
    entries_allowed = models.PositiveSmallIntegerField(null=True)
    entries_used = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")), name="travellers_permit_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(entries_allowed__isnull=True) | Q(entries_used__lte=F("entries_allowed")),
                name="travellers_permit_no_entry_beyond_those_allowed",
            ),
        )
