"""Accounts of people and of devices."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property

from gatehouse.kernel.ids import new_id
from gatehouse.platform.permissions import Role


class User(AbstractUser):
    """A person who works with the house. What they may do follows from their roles alone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    #: The port where this person is on duty; empty for those who work for all of them.
    port = models.CharField(max_length=8, blank=True)
    #: How the screens are shown to this person, at whichever desk; empty where they have not said.
    language = models.CharField(max_length=16, blank=True)
    theme = models.CharField(max_length=8, blank=True)
    #: Made by the demo: production does not start while such an account exists.
    is_demo = models.BooleanField(default=False)

    #: Somebody else knows the password: the person chooses another before anything else.
    must_change_password = models.BooleanField(default=False)

    @cached_property
    def role_set(self) -> frozenset[Role]:
        return frozenset(Role(grant.role) for grant in self.grants.all())

    @cached_property
    def emergency_set(self) -> frozenset[str]:
        """The permissions that this person has taken in an emergency that lasts at this moment."""
        now = timezone.now()
        lasting = self.emergencies.filter(began_at__lte=now, ends_at__gt=now, ending=None)
        return frozenset(lasting.values_list("permission", flat=True))

    @property
    def actor(self) -> str:
        """How the audit tree names this person."""
        return f"user:{self.username}"


class RoleGrant(models.Model):
    """A role that a person holds."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=32)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["user", "role"], name="platform_role_once"),
            models.CheckConstraint(
                condition=models.Q(role__in=[role.value for role in Role]), name="platform_role_known"
            ),
        )


class Emergency(models.Model):
    """A permission that a person took for a while: `gatehouse.platform.emergencies`. Insert-only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="emergencies")
    permission = models.CharField(max_length=64)
    reason = models.TextField()
    began_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ("-began_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("began_at")), name="platform_emergency_in_order"
            ),
        )


class EmergencyEnding(models.Model):
    """Ended by the person before its time."""

    emergency = models.OneToOneField(Emergency, on_delete=models.PROTECT, primary_key=True, related_name="ending")
    at = models.DateTimeField()


class EmergencyReview(models.Model):
    """What somebody else found about it."""

    emergency = models.OneToOneField(Emergency, on_delete=models.PROTECT, primary_key=True, related_name="review")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    justified = models.BooleanField()
    finding = models.TextField()


class SignInTry(models.Model):
    """A try to sign in that has not succeeded yet. The name is kept as a keyed digest: people type passwords there."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name_digest = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = (models.Index(fields=["name_digest", "at"], name="platform_tries_of_a_name"),)


class Passkey(models.Model):
    """The public half of a key that a person signs in with: `gatehouse.platform.passkeys`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="passkeys")
    #: What the person calls it: the phone, the key on the keyring.
    name = models.CharField(max_length=60)
    credential_id = models.BinaryField(unique=True)
    #: The attested credential data of the standard (clause 6.5.1): maker, id, public key.
    credential = models.BinaryField()
    counter = models.BigIntegerField()
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("added_at",)


class SignOn(models.Model):
    """Whom of the agency's sign-on an account belongs to, since the first time: `gatehouse.platform.sign_on`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="sign_on")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    tied_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["issuer", "subject"], name="platform_subject_once"),)


class OfflineCredential(models.Model):
    """By what a person signs on where the centre is not there: `gatehouse.device.credentials`. It holds no secret."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="offline_credential")
    credential = models.JSONField()
    set_at = models.DateTimeField()


class Device(models.Model):
    """A lane or a desk's equipment that speaks to the machine API under its own name."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=32, unique=True)
    port = models.CharField(max_length=8)
    token_digest = models.CharField(max_length=64, unique=True)
    is_active = models.BooleanField(default=True)
    #: Its next certificate is for its token alone: since it was registered it has had none.
    may_enrol = models.BooleanField(default=True)


class DeviceCertificate(models.Model):
    """A short certificate of a device: `gatehouse.platform.device_certificates`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    device = models.ForeignKey(Device, on_delete=models.CASCADE, related_name="certificates")
    #: In hexadecimal.
    serial = models.CharField(max_length=40, unique=True)
    thumbprint = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    #: Ended before its time.
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-issued_at",)
