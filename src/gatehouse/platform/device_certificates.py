"""Which certificates devices hold: issued for a day or three, renewed by the device itself, ended at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from django.db import transaction

from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import ForbiddenError, RefusedError
from gatehouse.platform.config import config
from gatehouse.platform.device_authority import Authority, authority
from gatehouse.platform.models import Device, DeviceCertificate


@transaction.atomic
def device_certificate_issue(
    *, clock: Clock, device: Device, request: str, shown: x509.Certificate | None
) -> tuple[DeviceCertificate, str]:
    """A certificate for the key of `request` in PEM, as a record and in PEM.

    The first one after a registration is for the token alone; each further one asks that the present one is shown, so
    that a token that was copied from a device is worth nothing. Raises `ForbiddenError`, `RefusedError`.
    """
    now, house = clock.now(), authority()
    locked = Device.objects.select_for_update().get(pk=device.pk)
    if not locked.may_enrol:
        require_certificate(house, locked, shown, now=now)
    signed = house.signed(request, device=locked.name, now=now, hours=config().device_certificate_hours)
    record = DeviceCertificate.objects.create(
        device=locked,
        serial=f"{signed.serial_number:x}",
        thumbprint=thumbprint(signed),
        issued_at=now,
        ends_at=signed.not_valid_after_utc,
    )
    Device.objects.filter(pk=locked.pk).update(may_enrol=False)
    return record, signed.public_bytes(Encoding.PEM).decode()


def device_certificates_end(*, clock: Clock, device: Device) -> int:
    """None of this device's certificates holds from now on; gives how many did."""
    held = DeviceCertificate.objects.filter(device=device, ended_at=None, ends_at__gt=clock.now())
    return held.update(ended_at=clock.now())


def require_certificate(house: Authority, device: Device, shown: x509.Certificate | None, *, now: datetime) -> None:
    """Raises `ForbiddenError` where what was shown is not a certificate of this device that holds now."""
    if shown is None:
        raise ForbiddenError("%(device)s has to show its certificate", device=device.name)
    try:
        named = house.device_in(shown, now=now)
    except RefusedError as error:
        raise ForbiddenError("%(cause)s", cause=error.reason) from error
    if named != device.name:
        raise ForbiddenError("the certificate is not that of %(device)s", device=device.name)
    known = DeviceCertificate.objects.filter(device=device, thumbprint=thumbprint(shown), ended_at=None)
    if not known.exists():
        raise ForbiddenError("this certificate of %(device)s was ended, or never issued", device=device.name)


def revoked_certificates(*, now: datetime) -> Sequence[tuple[int, datetime]]:
    """Serial and moment of those that were ended before their time and have not run out yet."""
    rows = DeviceCertificate.objects.filter(ends_at__gt=now).exclude(ended_at=None).order_by("issued_at")
    return [(int(row.serial, 16), row.ended_at) for row in rows if row.ended_at is not None]


def thumbprint(certificate: x509.Certificate) -> str:
    """SHA-256 over the DER, in hexadecimal (RFC 8705, clause 3.1, there in base64url)."""
    return certificate.fingerprint(SHA256()).hex()
