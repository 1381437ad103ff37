"""CMS signed data as travel documents use it (RFC 5652): EF.SOD (ICAO 9303-10 clause 4.6.2) and master lists
(9303-12 clause 8).

Written out by hand: a day's passports are signed with a few keys, and building each from general ASN.1 types took as
long as everything else together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from hashlib import sha256

from asn1crypto import algos, core

from gatehouse.documents.tlv import compose
from gatehouse.simulation.issuing.certificates import Certified

_INTEGER, _OCTETS, _PRINTABLE, _UTC_TIME, _SEQUENCE, _SET = 0x02, 0x04, 0x13, 0x17, 0x30, 0x31
_FIRST, _EXPLICIT = 0xA0, 0xA0  # context tag [0]: certificates, signed attributes; or around what is enclosed

_SECURITY_OBJECT = "2.23.136.1.1.1"
_MASTER_LIST = "2.23.136.1.1.2"
_SECURITY_INFOS = "0.4.0.127.0.7.3.2.1"
_SIGNED_DATA = "1.2.840.113549.1.7.2"
_CONTENT_TYPE = "1.2.840.113549.1.9.3"
_MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
_SIGNING_TIME = "1.2.840.113549.1.9.5"
_SHA256: bytes = algos.DigestAlgorithm({"algorithm": "sha256"}).dump()
_UNICODE_VERSION = b"040000"


def security_object(groups: Mapping[int, bytes], signer: Certified, *, day: date, lds_version: str | None) -> bytes:
    """EF.SOD over the raw data groups by number; with `lds_version` ("0108") a security object of version 1."""
    hashes = [
        compose(_SEQUENCE, _number(number), compose(_OCTETS, sha256(data).digest()))
        for number, data in sorted(groups.items())
    ]
    versions = b""
    if lds_version:
        versions = compose(_SEQUENCE, compose(_PRINTABLE, lds_version.encode()), compose(_PRINTABLE, _UNICODE_VERSION))
    content = compose(_SEQUENCE, _number(1 if versions else 0), _SHA256, compose(_SEQUENCE, *hashes), versions)
    return compose(0x77, _signed(_SECURITY_OBJECT, content, signer, day=day))


def card_security(infos: bytes, signer: Certified, *, day: date) -> bytes:
    """EF.CardSecurity over a SET of security infos (9303-10 clause 3.11.4)."""
    return _signed(_SECURITY_INFOS, infos, signer, day=day)


def master_list(authorities: Iterable[bytes], signer: Certified, *, day: date, others: Iterable[bytes]) -> bytes:
    """A CSCA master list of DER certificates; `others` are enclosed beside the signer's."""
    content = compose(_SEQUENCE, _number(0), _set(*set(authorities)))
    return _signed(_MASTER_LIST, content, signer, day=day, others=others)


def _signed(content_type: str, content: bytes, signer: Certified, *, day: date, others: Iterable[bytes] = ()) -> bytes:
    """A ContentInfo with one signer, which is named by issuer and serial number, and its certificate."""
    attributes = (
        _attribute(_CONTENT_TYPE, _oid(content_type)),
        _attribute(_SIGNING_TIME, compose(_UTC_TIME, f"{day:%y%m%d}000000Z".encode())),
        _attribute(_MESSAGE_DIGEST, compose(_OCTETS, sha256(content).digest())),
    )
    ordered = _set(*attributes)
    info = compose(
        _SEQUENCE,
        _number(1),
        signer.issuer_and_serial,
        _SHA256,
        compose(_FIRST, *sorted(attributes)),
        signer.algorithm,
        compose(_OCTETS, signer.key.sign(ordered)),
    )
    body = compose(
        _SEQUENCE,
        _number(3),
        _set(_SHA256),
        compose(_SEQUENCE, _oid(content_type), compose(_EXPLICIT, compose(_OCTETS, content))),
        compose(_FIRST, *sorted((signer.der, *others))),
        _set(info),
    )
    return compose(_SEQUENCE, _oid(_SIGNED_DATA), compose(_EXPLICIT, body))


def _attribute(kind: str, value: bytes) -> bytes:
    return compose(_SEQUENCE, _oid(kind), _set(value))


def _set(*values: bytes) -> bytes:
    """In the order of DER (ITU-T X.690 clause 11.6)."""
    return compose(_SET, *sorted(values))


def _number(number: int) -> bytes:
    return compose(_INTEGER, bytes([number]))


@cache
def _oid(dotted: str) -> bytes:
    encoded: bytes = core.ObjectIdentifier(dotted).dump()
    return encoded
