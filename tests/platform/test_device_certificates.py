"""Certificates of devices: short, for their own key, renewed with the present one, ended at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from gatehouse.kernel.clock import FixedClock
from gatehouse.kernel.errors import ForbiddenError, RefusedError, UnreadableError
from gatehouse.platform import device_authority
from gatehouse.platform.config import config
from gatehouse.platform.device_authority import authority, authority_keep, authority_make
from gatehouse.platform.device_certificates import (
    device_certificate_issue,
    require_certificate,
    revoked_certificates,
)
from gatehouse.platform.models import Device, DeviceCertificate
from gatehouse.platform.selectors import device_certificates
from gatehouse.platform.services import device_register, device_revoke

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 1, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config(), "device_ca_file", tmp_path / "ca.pem")
    monkeypatch.setattr(config(), "device_ca_key_file", tmp_path / "ca-key.pem")
    authority_keep(authority_make(name="Devices", now=NOW))


def requested(key: ec.EllipticCurvePrivateKey | None = None) -> str:
    request = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
    signed = request.sign(key or ec.generate_private_key(ec.SECP256R1()), SHA256())
    return signed.public_bytes(Encoding.PEM).decode()


def lane(name: str = "TPE-E01") -> Device:
    device_register(name=name, port="TPE")
    return Device.objects.get(name=name)


def issued(device: Device, *, shown: x509.Certificate | None = None, at: datetime = NOW) -> x509.Certificate:
    _, pem = device_certificate_issue(clock=FixedClock(at), device=device, request=requested(), shown=shown)
    return x509.load_pem_x509_certificate(pem.encode())


def test_a_certificate_is_for_client_authentication_and_three_days() -> None:
    device = lane()
    found = issued(device)
    assert found.not_valid_after_utc == NOW + timedelta(hours=72)
    assert found.not_valid_before_utc == NOW - timedelta(minutes=5)
    assert found.extensions.get_extension_for_class(x509.BasicConstraints).value.ca is False
    usage = found.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(usage) == [x509.oid.ExtendedKeyUsageOID.CLIENT_AUTH]
    assert authority().device_in(found, now=NOW) == "TPE-E01"
    require_certificate(authority(), device, found, now=NOW)


def test_the_first_is_for_the_token_and_the_next_for_the_present_one() -> None:
    device = lane()
    first = issued(device)
    with pytest.raises(ForbiddenError, match="TPE-E01 has to show its certificate"):
        issued(device)
    assert DeviceCertificate.objects.count() == 1
    second = issued(device, shown=first, at=NOW + timedelta(hours=50))
    assert second.serial_number != first.serial_number
    with pytest.raises(ForbiddenError, match="ended on 2026-05-04T08:00:00"):
        issued(device, shown=first, at=NOW + timedelta(hours=73))
    assert DeviceCertificate.objects.count() == 2


def test_registered_again_a_device_enrols_again() -> None:
    device = lane()
    issued(device)
    assert issued(lane()).not_valid_after_utc == NOW + timedelta(hours=72)


def test_what_a_request_says_of_itself_does_not_count() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.oid.NameOID.COMMON_NAME, "TPE-E99")])
    other = x509.SubjectAlternativeName([x509.UniformResourceIdentifier("urn:gatehouse:device:TPE-E99")])
    ca = x509.BasicConstraints(ca=True, path_length=None)
    builder = x509.CertificateSigningRequestBuilder().subject_name(name).add_extension(other, False)
    pem = builder.add_extension(ca, True).sign(key, SHA256()).public_bytes(Encoding.PEM).decode()
    _, signed = device_certificate_issue(clock=FixedClock(NOW), device=lane(), request=pem, shown=None)
    found = x509.load_pem_x509_certificate(signed.encode())
    assert authority().device_in(found, now=NOW) == "TPE-E01"
    assert found.extensions.get_extension_for_class(x509.BasicConstraints).value.ca is False


def weak() -> str:
    key = ed25519.Ed25519PrivateKey.generate()
    request = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([])).sign(key, None)
    return request.public_bytes(Encoding.PEM).decode()


def spoilt() -> str:
    der = bytearray(x509.load_pem_x509_csr(requested().encode()).public_bytes(Encoding.DER))
    der[-1] ^= 1
    return x509.load_der_x509_csr(bytes(der)).public_bytes(Encoding.PEM).decode()


@pytest.mark.parametrize(
    ("request_pem", "said"),
    [
        ("", "no certificate signing request"),
        ("-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n", "no certificate signing"),
        (weak(), "one of the curve P-256"),
        (spoilt(), "not signed by its own key"),
    ],
)
def test_a_request_that_is_none_is_refused_and_the_device_may_still_enrol(request_pem: str, said: str) -> None:
    device = lane()
    with pytest.raises(RefusedError, match=said):
        device_certificate_issue(clock=FixedClock(NOW), device=device, request=request_pem, shown=None)
    assert DeviceCertificate.objects.count() == 0
    assert Device.objects.get().may_enrol


def test_another_devices_or_another_houses_certificate_is_refused() -> None:
    own, other = lane(), lane("TPE-E02")
    with pytest.raises(ForbiddenError, match="not that of TPE-E01"):
        require_certificate(authority(), own, issued(other), now=NOW)
    stranger = authority_make(name="Devices", now=NOW)
    forged = stranger.signed(requested(), device="TPE-E01", now=NOW, hours=72)
    with pytest.raises(ForbiddenError, match="not one of this house's authority"):
        require_certificate(authority(), own, forged, now=NOW)
    # signed by the house, but not in its list: a copy of the authority's key is no way in
    unlisted = authority().signed(requested(), device="TPE-E01", now=NOW, hours=72)
    with pytest.raises(ForbiddenError, match="was ended, or never issued"):
        require_certificate(authority(), own, unlisted, now=NOW)


def test_the_authority_itself_is_no_device() -> None:
    with pytest.raises(ForbiddenError, match="names no device"):
        require_certificate(authority(), lane(), authority().certificate, now=NOW)


def test_revoked_at_once_and_listed_for_the_proxy() -> None:
    device = lane()
    found = issued(device)
    device_revoke(clock=FixedClock(NOW + timedelta(hours=1)), name="TPE-E01")
    with pytest.raises(ForbiddenError, match="certificate of TPE-E01 was ended, or never issued"):
        require_certificate(authority(), device, found, now=NOW + timedelta(hours=2))
    revoked = revoked_certificates(now=NOW + timedelta(hours=2))
    assert revoked == [(found.serial_number, NOW + timedelta(hours=1))]
    pem = authority().revocation_list(revoked, now=NOW + timedelta(hours=2))
    listed = x509.load_pem_x509_crl(pem)
    assert listed.is_signature_valid(authority().certificate.public_key())  # type: ignore[arg-type]
    assert [each.serial_number for each in listed] == [found.serial_number]
    assert revoked_certificates(now=NOW + timedelta(hours=73)) == []


def test_who_holds_one_that_holds() -> None:
    issued(lane())
    lane("TPE-E02")
    rows = device_certificates(now=NOW + timedelta(hours=1))
    assert [(row.device, row.ends_at) for row in rows] == [("TPE-E01", NOW + timedelta(hours=72)), ("TPE-E02", None)]
    assert [row.ends_at for row in device_certificates(now=NOW + timedelta(hours=73))] == [None, None]


def test_an_authority_is_never_replaced() -> None:
    before = config().device_ca.read_bytes()
    with pytest.raises(RefusedError, match="there is an authority for devices already"):
        authority_keep(authority_make(name="Other", now=NOW))
    assert config().device_ca.read_bytes() == before
    assert config().device_ca_key.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("wrong", [b"", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_a_key_that_is_none_is_said(wrong: bytes) -> None:
    config().device_ca_key.write_bytes(wrong)
    with pytest.raises(UnreadableError, match="no private key without a password"):
        device_authority.authority()


def test_no_authority_is_said_with_what_makes_one() -> None:
    config().device_ca.unlink()
    with pytest.raises(UnreadableError, match="gatehouse device ca init makes it"):
        device_authority.authority()
