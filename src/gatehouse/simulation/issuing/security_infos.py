"""SecurityInfos as a personalisation system writes them (ICAO 9303-11 clause 9.2)."""

from __future__ import annotations

from functools import cache

from asn1crypto import core

from gatehouse.documents.chip.groups.standardised import STANDARDISED
from gatehouse.documents.lds.security_infos import NAMES
from gatehouse.documents.tlv import compose

_INTEGER, _BIT_STRING, _SEQUENCE = 0x02, 0x03, 0x30
_OIDS = {name: oid for oid, name in NAMES.items()}
#: ecdsa-plain-SHA256: BSI TR-03111 clause 5.2.1.
_ECDSA_PLAIN_SHA_256 = "0.4.0.127.0.7.1.1.4.1.3"
_PACE_VERSION = 2


@cache
def pace(mapping: str, suite: str, parameters: int) -> bytes:
    """PACEInfo on an elliptic curve: `mapping` is "GM", "IM" or "CAM"."""
    return _info(f"id-PACE-ECDH-{mapping}-{suite}", _number(_PACE_VERSION), _number(parameters))


def chip_authentication(suite: str) -> bytes:
    """ChipAuthenticationInfo of the only key."""
    return _info(f"id-CA-ECDH-{suite}", _number(1))


def static_key(parameters: int, point: bytes) -> bytes:
    """ChipAuthenticationPublicKeyInfo in standardised domain parameters, of the only key."""
    algorithm = compose(_SEQUENCE, _oid(STANDARDISED), _number(parameters))
    return _info("id-PK-ECDH", compose(_SEQUENCE, algorithm, compose(_BIT_STRING, b"\0", point)))


def terminal_authentication() -> bytes:
    return _info("id-TA", _number(1))


def active_authentication() -> bytes:
    """ActiveAuthenticationInfo: the key on a curve signs with SHA-256."""
    return _info("id-icao-mrtd-security-aaProtocolObject", _number(1), _oid(_ECDSA_PLAIN_SHA_256))


def _info(protocol: str, *parts: bytes) -> bytes:
    return compose(_SEQUENCE, _oid(_OIDS[protocol]), *parts)


@cache
def _oid(dotted: str) -> bytes:
    encoded: bytes = core.ObjectIdentifier(dotted).dump()
    return encoded


def _number(number: int) -> bytes:
    return compose(_INTEGER, bytes([number]))
