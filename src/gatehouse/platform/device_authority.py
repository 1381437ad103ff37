"""The house's own authority for devices: it signs short certificates and says which of them hold no more.

RFC 5280: a root without a path below it, certificates for client authentication alone, a list of revocations.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from gatehouse.device.identity import device_named, urn_of
from gatehouse.kernel.errors import RefusedError, UnreadableError
from gatehouse.platform.config import config

#: Clocks of devices may lag behind.
_BEFORE = timedelta(minutes=5)
_YEARS = 10
_LIST_HOLDS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Authority:
    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    def signed(self, request_pem: str, *, device: str, now: datetime, hours: int) -> x509.Certificate:
        """A certificate for the key of this request, naming `device` and nothing that the request says.

        Raises `RefusedError` for what is no request, is not signed by its own key, or has another kind of key.
        """
        try:
            request = x509.load_pem_x509_csr(request_pem.encode())
            public = request.public_key()
            proven = request.is_signature_valid
        except (ValueError, TypeError) as error:
            raise RefusedError("this is no certificate signing request in PEM") from error
        if not isinstance(public, ec.EllipticCurvePublicKey) or not isinstance(public.curve, ec.SECP256R1):
            raise RefusedError("the key of a device is one of the curve P-256")
        if not proven:
            raise RefusedError("the request is not signed by its own key")
        names = x509.SubjectAlternativeName([x509.UniformResourceIdentifier(urn_of(device))])
        builder = (
            x509.CertificateBuilder()
            .subject_name(_named(device))
            .issuer_name(self.certificate.subject)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - _BEFORE)
            .not_valid_after(now + timedelta(hours=hours))
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_use(digital_signature=True), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), critical=True)
            .add_extension(names, critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)
        )
        return builder.sign(self.key, SHA256())

    def device_in(self, certificate: x509.Certificate, *, now: datetime) -> str:
        """The device that a certificate of this authority names. Raises `RefusedError` where it proves none."""
        try:
            certificate.verify_directly_issued_by(self.certificate)
        except (InvalidSignature, ValueError, TypeError) as error:
            raise RefusedError("the certificate is not one of this house's authority") from error
        if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
            raise RefusedError("the certificate ended on %(day)s", day=certificate.not_valid_after_utc.isoformat())
        device = device_named(certificate)
        if device is None:
            raise RefusedError("the certificate names no device")
        return device

    def revocation_list(self, revoked: Iterable[tuple[int, datetime]], *, now: datetime) -> bytes:
        """A list in PEM, for the proxy that ends TLS; good for seven days."""
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.certificate.subject)
            .last_update(now)
            .next_update(now + _LIST_HOLDS)
        )
        for serial, at in revoked:
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(at).build()
            builder = builder.add_revoked_certificate(entry)
        return builder.sign(self.key, SHA256()).public_bytes(Encoding.PEM)


def authority_make(*, name: str, now: datetime) -> Authority:
    """A new root for ten years."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _named(name)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _BEFORE)
        .not_valid_after(now + timedelta(days=365 * _YEARS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_use(key_cert_sign=True, crl_sign=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return Authority(builder.sign(key, SHA256()), key)


def authority_keep(made: Authority) -> None:
    """Write it where the settings say. Raises `RefusedError` where one lies already: devices would know it no more."""
    certificate, key = config().device_ca, config().device_ca_key
    if certificate.exists() or key.exists():
        raise RefusedError("there is an authority for devices already: %(file)s", file=str(certificate))
    private = made.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    for file, pem, mode in ((key, private, 0o600), (certificate, made.certificate.public_bytes(Encoding.PEM), 0o644)):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as stream:
            stream.write(pem)


def authority() -> Authority:
    """The authority that the settings name. Raises `UnreadableError` where there is none."""
    return Authority(_certificate(config().device_ca), _key(config().device_ca_key))


def _certificate(file: Path) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(file.read_bytes())
    except OSError as error:
        cause = error.strerror
        raise UnreadableError(
            "the authority for devices %(file)s: %(cause)s; gatehouse device ca init makes it",
            file=str(file),
            cause=cause,
        ) from error
    except ValueError as error:
        raise UnreadableError("%(file)s is no certificate in PEM", file=str(file)) from error


def _key(file: Path) -> ec.EllipticCurvePrivateKey:
    try:
        key = load_pem_private_key(file.read_bytes(), None)
    except OSError as error:
        raise UnreadableError("%(file)s cannot be read: %(cause)s", file=str(file), cause=error.strerror) from error
    except (ValueError, TypeError) as error:
        raise UnreadableError("%(file)s is no private key without a password", file=str(file)) from error
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise UnreadableError("%(file)s is no key of an elliptic curve", file=str(file))
    return key


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _use(*, digital_signature: bool = False, key_cert_sign: bool = False, crl_sign: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
