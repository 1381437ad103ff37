"""The tables of persons, their documents, their permits and their biometrics (insert-only: migration 0003)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from gatehouse.kernel.ids import new_id
from gatehouse.travellers.domain import KINDS


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


class BiometricKey(models.Model):
    """The key under which everything biometric of one person is sealed, wrapped by the installation's. Destroyed, its
    row stays and says who did it and why; a trigger lets nothing else change (migration 0003)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    traveller = models.ForeignKey(Traveller, models.PROTECT, related_name="biometric_keys")
    wrapped = models.BinaryField(null=True)
    made_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)
    destroyed_by = models.TextField(blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["traveller"], condition=Q(wrapped__isnull=False), name="travellers_biometrickey_one_in_use"
            ),
            models.CheckConstraint(
                condition=Q(wrapped__isnull=False, destroyed_at__isnull=True, destroyed_by="", reason="")
                | (Q(wrapped__isnull=True, destroyed_at__isnull=False) & ~Q(destroyed_by="") & ~Q(reason="")),
                name="travellers_biometrickey_destroyed_whole",
            ),
        )


class Enrolment(models.Model):
    """A person's consent to automated clearance, and the face that was enrolled, sealed under a key of its own.

    Revoked, the key is destroyed; the row stays and says who did it and why (a trigger lets nothing else change).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    traveller = models.ForeignKey(Traveller, models.PROTECT, related_name="enrolments")
    wrapped = models.BinaryField(null=True)
    version = models.PositiveSmallIntegerField()
    image = models.BinaryField()
    engine = models.TextField(blank=True)
    quality = models.PositiveSmallIntegerField()
    #: The words that the person agreed to, and in which language.
    consent = models.CharField(max_length=40)
    language = models.CharField(max_length=16)
    consented_at = models.DateTimeField()
    port = models.CharField(max_length=8)
    enrolled_at = models.DateTimeField()
    enrolled_by = models.TextField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.TextField(blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["traveller"], condition=Q(wrapped__isnull=False), name="travellers_enrolment_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(wrapped__isnull=False, revoked_at__isnull=True, revoked_by="", reason="")
                | (Q(wrapped__isnull=True, revoked_at__isnull=False) & ~Q(revoked_by="") & ~Q(reason="")),
                name="travellers_enrolment_revoked_whole",
            ),
        )


class Biometric(models.Model):
    """A picture of a face or a finger, taken at an inspection, and the template that an engine made of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    traveller = models.ForeignKey(Traveller, models.PROTECT, related_name="biometrics")
    key = models.ForeignKey(BiometricKey, models.PROTECT, related_name="biometrics")
    #: "face", or which finger.
    kind = models.CharField(max_length=16)
    #: Of the layout of what is sealed.
    version = models.PositiveSmallIntegerField()
    #: Sealed: see `gatehouse.travellers.vault`.
    image = models.BinaryField()
    template = models.BinaryField(null=True)
    #: Name and version of the engine that made the template; empty where none did.
    engine = models.TextField(blank=True)
    #: 0 to 100, the worst component; None where nothing measured it.
    quality = models.PositiveSmallIntegerField(null=True)
    #: Public id of the inspection.
    inspection = models.UUIDField()
    port = models.CharField(max_length=8)
    captured_at = models.DateTimeField()
    captured_by = models.TextField()

    class Meta:
        indexes = (models.Index(fields=["traveller", "inspection"], name="travellers_biometric_of"),)
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="travellers_biometric_kind_known"),
            models.CheckConstraint(
                condition=Q(template__isnull=True, engine="") | (Q(template__isnull=False) & ~Q(engine="")),
                name="travellers_biometric_template_names_its_engine",
            ),
            models.CheckConstraint(
                condition=Q(quality__isnull=True) | Q(quality__lte=100), name="travellers_biometric_quality_of_100"
            ),
        )
