"""Reads of accounts and devices."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import models

from gatehouse.device.credentials import Credential
from gatehouse.device.houses import OF_TRAINING
from gatehouse.kernel.errors import NotFoundError
from gatehouse.platform.actors import Actor
from gatehouse.platform.config import Mode, config
from gatehouse.platform.models import Device, OfflineCredential, User


def token_digest(token: str) -> str:
    """What is kept of a device's token. The token is 256 random bits, so a plain SHA-256 cannot be turned back."""
    return hashlib.sha256(token.encode()).hexdigest()


def device_named(name: str, port: str) -> Device | None:
    """The active device of this name at this port."""
    return Device.objects.filter(name=name, port=port, is_active=True).first()


def token_prefix() -> str:
    """How the tokens of this house's devices begin: those of a training say so, and are good for nothing else."""
    return OF_TRAINING if config().mode is Mode.TRAINING else ""


def device_of(token: str) -> Device | None:
    """The active device that holds this token. One of a training is known in training alone, and no other there."""
    if token.startswith(OF_TRAINING) is not (config().mode is Mode.TRAINING):
        return None
    return Device.objects.filter(token_digest=token_digest(token), is_active=True).first()


@dataclass(frozen=True, slots=True)
class HeldCertificate:
    """An active device, and until when its present certificate holds; None where it has none that does."""

    device: str
    port: str
    ends_at: datetime | None


def device_certificates(*, now: datetime) -> list[HeldCertificate]:
    """Every active device, by name."""
    holding = models.Q(certificates__ended_at=None, certificates__ends_at__gt=now)
    last = models.Max("certificates__ends_at", filter=holding)
    rows = Device.objects.filter(is_active=True).annotate(ends=last).order_by("name")
    return [HeldCertificate(row.name, row.port, row.ends) for row in rows]


def actor_of(username: str) -> Actor:
    """The person of an account that may sign in, with the permissions of their roles. Raises `NotFoundError`."""
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise NotFoundError("there is no account %(name)s", name=username[:150])
    return Actor.of(user)


def device_by_name(name: str) -> Device | None:
    """The active device of this name, wherever it stands."""
    return Device.objects.filter(name=name, is_active=True).first()


@dataclass(frozen=True, slots=True)
class OfflineOfficer:
    """A person who can sign on away from the centre, with the permissions that they hold now."""

    username: str
    full_name: str
    permissions: frozenset[str]
    credential: Credential


def offline_officers(*, port: str, permission: str) -> tuple[OfflineOfficer, ...]:
    """Who holds a passphrase for devices and this permission, at this port or at all."""
    kept = OfflineCredential.objects.filter(user__is_active=True, user__port__in=("", port)).select_related("user")
    officers = (
        OfflineOfficer(
            each.user.username,
            each.user.get_full_name(),
            Actor.of(each.user).permissions,
            Credential.model_validate(each.credential),
        )
        for each in kept.order_by("user__username")
    )
    return tuple(officer for officer in officers if permission in officer.permissions)
