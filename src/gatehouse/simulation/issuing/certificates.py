"""Certificates and revocation lists by the profiles of ICAO 9303-12 clause 7, for keys of any kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property
from hashlib import sha1
from typing import Any

from asn1crypto import cms, core, crl, x509

from gatehouse.simulation.issuing.keys import SigningKey

MASTER_LIST_SIGNING = "2.23.136.1.1.3"


@dataclass(frozen=True)
class Certified:
    """A key with the certificate that goes with it, and the parts of it that signed objects repeat, in DER."""

    key: SigningKey
    certificate: x509.Certificate

    @cached_property
    def der(self) -> bytes:
        encoded: bytes = self.certificate.dump()
        return encoded

    @cached_property
    def issuer_and_serial(self) -> bytes:
        name = {"issuer": self.certificate.issuer, "serial_number": self.serial}
        encoded: bytes = cms.IssuerAndSerialNumber(name).dump()
        return encoded

    @cached_property
    def algorithm(self) -> bytes:
        encoded: bytes = self.key.algorithm.dump()
        return encoded

    @property
    def serial(self) -> int:
        number: int = self.certificate.serial_number
        return number


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def named(country: str, common_name: str) -> x509.Name:
    """A name that says that it is simulated, whatever state's code it bears."""
    parts = {
        "country_name": country,
        "organization_name": "Gatehouse Simulation",
        "common_name": common_name,
    }
    return x509.Name.build(parts)


def certify(
    subject: x509.Name,
    key: SigningKey,
    *,
    serial: int,
    first: date,
    last: date,
    issuer: Certified | None = None,
    authority: bool = False,
    purposes: Iterable[str] = (),
) -> Certified:
    """A certificate for `key`, signed by `issuer`, or by itself. With `authority` it may sign certificates."""
    signer = issuer.key if issuer else key
    issuer_key_id = _key_id(signer)
    body = x509.TbsCertificate(
        {
            "version": "v3",
            "serial_number": serial,
            "signature": signer.algorithm,
            "issuer": issuer.certificate.subject if issuer else subject,
            "validity": {"not_before": _time(first), "not_after": _time(last)},
            "subject": subject,
            "subject_public_key_info": key.public(),
            "extensions": list(_extensions(key, issuer_key_id, authority=authority, purposes=list(purposes))),
        }
    )
    signed = {
        "tbs_certificate": body,
        "signature_algorithm": signer.algorithm,
        "signature_value": signer.sign(body.dump()),
    }
    return Certified(key, x509.Certificate.load(x509.Certificate(signed).dump()))


def revocation_list(issuer: Certified, *, number: int, this: date, following: date, revoked: dict[int, date]) -> bytes:
    """A complete list, signed by `issuer`: `revoked` has the day by serial number."""
    entries = [{"user_certificate": serial, "revocation_date": _time(day)} for serial, day in sorted(revoked.items())]
    extensions = [
        _extension("authority_key_identifier", x509.AuthorityKeyIdentifier({"key_identifier": _key_id(issuer.key)})),
        _extension("crl_number", core.Integer(number)),
    ]
    body = crl.TbsCertList(
        {
            "version": "v2",
            "signature": issuer.key.algorithm,
            "issuer": issuer.certificate.subject,
            "this_update": _time(this),
            "next_update": _time(following),
            "revoked_certificates": entries,
            "crl_extensions": extensions,
        }
    )
    signed = {
        "tbs_cert_list": body,
        "signature_algorithm": issuer.key.algorithm,
        "signature": issuer.key.sign(body.dump()),
    }
    encoded: bytes = crl.CertificateList(signed).dump()
    return encoded


def _extensions(
    key: SigningKey, issuer_key_id: bytes, *, authority: bool, purposes: list[str]
) -> Iterable[dict[str, Any]]:
    usage = {"key_cert_sign", "crl_sign"} if authority else {"digital_signature"}
    yield _extension("authority_key_identifier", x509.AuthorityKeyIdentifier({"key_identifier": issuer_key_id}))
    yield _extension("key_identifier", core.OctetString(_key_id(key)))
    yield _extension("key_usage", x509.KeyUsage(usage), critical=True)
    if authority:
        constraints = x509.BasicConstraints({"ca": True, "path_len_constraint": 0})
        yield _extension("basic_constraints", constraints, critical=True)
    if purposes:
        yield _extension("extended_key_usage", x509.ExtKeyUsageSyntax(purposes), critical=True)


def _extension(name: str, value: core.Asn1Value, *, critical: bool = False) -> dict[str, Any]:
    return {"extn_id": name, "critical": critical, "extn_value": core.ParsableOctetString(value.dump())}


def _key_id(key: SigningKey) -> bytes:
    """RFC 5280 clause 4.2.1.2, method 1."""
    return sha1(bytes(key.public()["public_key"]), usedforsecurity=False).digest()


def _time(day: date) -> x509.Time:
    """RFC 5280 clause 4.1.2.5: UTCTime through 2049."""
    moment = midnight(day)
    if day.year < 2050:
        return x509.Time(name="utc_time", value=core.UTCTime(moment))
    return x509.Time(name="general_time", value=core.GeneralizedTime(moment))
