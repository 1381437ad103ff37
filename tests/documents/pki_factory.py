"""A made-up state's PKI, for what no real document shows: revoked, mistaken, forged and rekeyed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any

from asn1crypto import algos, cms, core, crl, keys, x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from gatehouse.documents.pki.curves import known_curves
from gatehouse.documents.tlv import compose

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
MRZ = b"P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10"
DG1 = compose(0x61, compose(0x5F1F, MRZ))
_PSS = {
    "algorithm": "rsassa_pss",
    "parameters": {
        "hash_algorithm": {"algorithm": "sha256"},
        "mask_gen_algorithm": {"algorithm": "mgf1", "parameters": {"algorithm": "sha256"}},
        "salt_length": 32,
    },
}


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def elliptic_key(curve: ec.EllipticCurve | None = None) -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(curve or ec.SECP256R1())


@cache
def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def public_info(key: PrivateKey) -> keys.PublicKeyInfo:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return keys.PublicKeyInfo.load(key.public_key().public_bytes(serialization.Encoding.DER, form))


def sign(key: PrivateKey, data: bytes, *, pss: bool = False) -> bytes:
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return key.sign(data, ec.ECDSA(hashes.SHA256()))
    if pss:
        return key.sign(data, padding.PSS(padding.MGF1(hashes.SHA256()), 32), hashes.SHA256())
    return key.sign(data, padding.PKCS1v15(), hashes.SHA256())


def algorithm(key: PrivateKey, *, pss: bool = False) -> algos.SignedDigestAlgorithm:
    if pss:
        return algos.SignedDigestAlgorithm(_PSS)
    name = "sha256_ecdsa" if isinstance(key, ec.EllipticCurvePrivateKey) else "sha256_rsa"
    return algos.SignedDigestAlgorithm({"algorithm": name})


def name(country: str, common: str) -> x509.Name:
    return x509.Name.build({"country_name": country, "common_name": common})


def key_id(info: keys.PublicKeyInfo) -> bytes:
    return hashlib.sha1(bytes(info["public_key"])).digest()


@dataclass
class Identity:
    """A key with its certificate."""

    key: PrivateKey
    subject: x509.Name
    der: bytes
    info: keys.PublicKeyInfo

    @property
    def certificate(self) -> x509.Certificate:
        return x509.Certificate.load(self.der)


def issue(
    subject: x509.Name,
    key: PrivateKey,
    *,
    by: Identity | None = None,
    ca: bool = False,
    serial: int = 1,
    first: str = "2020-01-01",
    last: str = "2035-01-01",
    info: keys.PublicKeyInfo | None = None,
    purpose: str | None = None,
    pss: bool = False,
) -> Identity:
    """A certificate for `key`, signed by `by` or by itself; `info` puts another public key into it."""
    info = info or public_info(key)
    issuer_key = by.key if by else key
    extensions: list[dict[str, Any]] = [
        {"extn_id": "key_identifier", "extn_value": key_id(info)},
        {
            "extn_id": "authority_key_identifier",
            "extn_value": {"key_identifier": key_id(by.info) if by else key_id(info)},
        },
    ]
    if ca:
        extensions.append({"extn_id": "basic_constraints", "critical": True, "extn_value": {"ca": True}})
    if purpose:
        extensions.append({"extn_id": "extended_key_usage", "critical": True, "extn_value": [purpose]})
    body = x509.TbsCertificate(
        {
            "version": "v3",
            "serial_number": serial,
            "signature": algorithm(issuer_key, pss=pss),
            "issuer": by.subject if by else subject,
            "validity": {
                "not_before": x509.Time("utc_time", day(first)),
                "not_after": x509.Time("utc_time", day(last)),
            },
            "subject": subject,
            "subject_public_key_info": info,
            "extensions": extensions,
        }
    )
    whole = x509.Certificate(
        {
            "tbs_certificate": body,
            "signature_algorithm": algorithm(issuer_key, pss=pss),
            "signature_value": sign(issuer_key, body.dump(), pss=pss),
        }
    )
    return Identity(key, subject, whole.dump(), info)


def csca(country: str = "UT", common: str = "CSCA Utopia", **options: Any) -> Identity:
    return issue(name(country, common), options.pop("key", None) or elliptic_key(), ca=True, **options)


def dsc(by: Identity, country: str = "UT", **options: Any) -> Identity:
    options.setdefault("serial", 0x1001)
    return issue(name(country, "DS Utopia"), options.pop("key", None) or elliptic_key(), by=by, **options)


@dataclass
class SodOptions:
    """What may be unusual about a security object."""

    hash_name: str = "sha256"
    signed_on: str | None = "2024-06-01"
    content_type: str = "2.23.136.1.1.1"
    pss: bool = False
    certificates: list[bytes] | None = None
    signer_key_id: bytes | None = None
    signer_serial: int | None = None
    digest: bytes | None = None
    signed_content_type: str | None = None
    plain: bool = False
    extra_signers: list[Identity] = field(default_factory=list)


def security_object(groups: dict[int, bytes], hash_name: str = "sha256") -> bytes:
    hashed = [
        compose(0x30, core.Integer(number).dump(), compose(0x04, hashlib.new(hash_name, data).digest()))
        for number, data in groups.items()
    ]
    kind = algos.DigestAlgorithm({"algorithm": hash_name}).dump()
    return compose(0x30, core.Integer(0).dump(), kind, compose(0x30, *hashed))


def sod(signer: Identity, groups: dict[int, bytes], **options: Any) -> bytes:
    """EF.SOD over the groups, signed by `signer`, unusual in what `SodOptions` say."""
    chosen = SodOptions(**options)
    return signed_file(signer, security_object(groups, chosen.hash_name), chosen)


def signed_file(signer: Identity, content: bytes, options: SodOptions) -> bytes:
    return compose(0x77, signed_data(signer, content, options))


def signed_data(signer: Identity, content: bytes, options: SodOptions) -> bytes:
    signers = [*options.extra_signers, signer]
    embedded = [each.der for each in signers] if options.certificates is None else options.certificates
    whole = cms.ContentInfo(
        {
            "content_type": "signed_data",
            "content": {
                "version": "v3",
                "digest_algorithms": [{"algorithm": "sha256"}],
                "encap_content_info": {"content_type": options.content_type, "content": content},
                "certificates": [cms.CertificateChoices("certificate", x509.Certificate.load(der)) for der in embedded],
                "signer_infos": [_signer_info(each, content, options) for each in signers],
            },
        }
    )
    return bytes(whole.dump())


def _signer_info(signer: Identity, content: bytes, options: SodOptions) -> cms.SignerInfo:
    attributes = cms.CMSAttributes(
        [
            {"type": "content_type", "values": [options.signed_content_type or options.content_type]},
            {"type": "message_digest", "values": [options.digest or hashlib.sha256(content).digest()]},
        ]
    )
    if options.signed_on:
        signed_on = cms.Time("utc_time", day(options.signed_on))
        attributes.append(cms.CMSAttribute({"type": "signing_time", "values": [signed_on]}))
    to_sign = content if options.plain else attributes.dump()
    info: dict[str, Any] = {
        "version": "v1",
        "sid": _signer_identifier(signer, options),
        "digest_algorithm": {"algorithm": "sha256"},
        "signature_algorithm": algorithm(signer.key, pss=options.pss),
        "signature": sign(signer.key, to_sign, pss=options.pss),
    }
    return cms.SignerInfo(info if options.plain else {**info, "signed_attrs": attributes})


def _signer_identifier(signer: Identity, options: SodOptions) -> cms.SignerIdentifier:
    if options.signer_key_id is not None:
        return cms.SignerIdentifier("subject_key_identifier", core.OctetString(options.signer_key_id))
    certificate = signer.certificate
    serial = certificate.serial_number if options.signer_serial is None else options.signer_serial
    named = cms.IssuerAndSerialNumber({"issuer": certificate.issuer, "serial_number": serial})
    return cms.SignerIdentifier("issuer_and_serial_number", named)


def revocation_list(
    by: Identity,
    *serials: int,
    issuer: x509.Name | None = None,
    first: str = "2026-11-01",
    following: str = "2026-12-01",
    critical: bool = False,
    revoked_on: str = "2026-10-05",
    number: int | None = None,
    base: int | None = None,
    cause: str | None = None,
) -> bytes:
    """A list of revoked serial numbers, signed by `by`; `base` makes it one of changes to the list of that number.

    `critical` narrows it to an issuing point; `cause` is the reason of each entry.
    """
    body: dict[str, Any] = {
        "version": "v2",
        "signature": algorithm(by.key),
        "issuer": issuer or by.subject,
        "this_update": x509.Time("utc_time", day(first)),
        "next_update": x509.Time("utc_time", day(following)),
    }
    if serials:
        time = x509.Time("utc_time" if revoked_on < "2050" else "general_time", day(revoked_on))
        more = {"crl_entry_extensions": [{"extn_id": "crl_reason", "extn_value": cause}]} if cause else {}
        body["revoked_certificates"] = [{"user_certificate": s, "revocation_date": time, **more} for s in serials]
    extensions: list[dict[str, Any]] = []
    if critical:
        point = {"only_contains_user_certs": True}
        extensions.append({"extn_id": "issuing_distribution_point", "critical": True, "extn_value": point})
    if number is not None:
        extensions.append({"extn_id": "crl_number", "extn_value": number})
    if base is not None:
        extensions.append({"extn_id": "delta_crl_indicator", "critical": True, "extn_value": base})
    if extensions:
        body["crl_extensions"] = extensions
    listed = crl.TbsCertList(body)
    whole = crl.CertificateList(
        {
            "tbs_cert_list": listed,
            "signature_algorithm": algorithm(by.key),
            "signature": sign(by.key, listed.dump()),
        }
    )
    return bytes(whole.dump())


def master_list(signer: Identity, *entries: bytes, embedded: tuple[bytes, ...] = ()) -> bytes:
    """A CSCA master list with these entries, signed by `signer`."""
    content = compose(0x30, core.Integer(0).dump(), compose(0x31, *entries))
    options = SodOptions(content_type="2.23.136.1.1.2", certificates=[signer.der, *embedded])
    return signed_data(signer, content, options)


def explicit_info(key: ec.EllipticCurvePrivateKey, **changed: int) -> keys.PublicKeyInfo:
    """The key's public half with explicit parameters, of which `changed` are another curve's: a, b, gx, gy, n, h."""

    curve = known_curves()[key.curve.name.lower()]
    width = (curve.p.bit_length() + 7) // 8
    number = {each: changed.get(each, getattr(curve, each)) for each in ("p", "a", "b", "gx", "gy", "n", "h")}
    octets = {each: value.to_bytes(width, "big") for each, value in number.items()}
    domain = keys.SpecifiedECDomain(
        {
            "version": "ecdpVer1",
            "field_id": {"field_type": "prime_field", "parameters": core.Integer(number["p"])},
            "curve": {"a": octets["a"], "b": octets["b"]},
            "base": keys.ECPoint(b"\x04" + octets["gx"] + octets["gy"]),
            "order": number["n"],
            "cofactor": number["h"],
        }
    )
    point = key.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    parameters = keys.ECDomainParameters(name="specified", value=domain)
    return keys.PublicKeyInfo(
        {"algorithm": {"algorithm": "ec", "parameters": parameters}, "public_key": keys.ECPointBitString(point)}
    )
