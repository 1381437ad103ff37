"""A tolerant view of X.509 certificates: what Doc 9303-12 says of them, and what states publish all the same.

`cryptography` refuses every sixth CSCA certificate in circulation (explicit curve parameters, malformed extensions,
odd serial numbers), so certificates are read with asn1crypto and only the keys are handed to it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from asn1crypto import core, keys, x509

from gatehouse.documents.ber import children, element, encoded, fields, number
from gatehouse.documents.pki.asn1 import moment, reading
from gatehouse.documents.pki.keys import PublicKey, public_key
from gatehouse.documents.pki.names import Name, dotted
from gatehouse.documents.pki.signatures import Scheme, is_signed, scheme_of
from gatehouse.kernel.errors import UnreadableError

_SEQUENCE, _BIT_STRING = 0x30, 0x03
#: TBSCertificate (RFC 5280 clause 4.1): version, serial number, algorithm, issuer, validity, subject, key, two unique
#: identifiers and extensions.
_BODY = (-0xA0, 0x02, *(_SEQUENCE,) * 5, -0x81, -0x82, -0xA3)
_SUBJECT_KEY_ID = "2.5.29.14"
_KEY_USAGE = "2.5.29.15"
_BASIC_CONSTRAINTS = "2.5.29.19"
_AUTHORITY_KEY_ID = "2.5.29.35"
_EXTENDED_KEY_USAGE = "2.5.29.37"
_DOCUMENT_TYPES = "2.23.136.1.1.6.2"


@dataclass(frozen=True)
class Certificate:
    """One certificate. Equal where its bytes are.

    `serial` may be negative; `key_id` and `issuer_key_id` are None where absent; `purposes` are the object identifiers
    of its extended key usage. `document_types` are those that its holder may sign, as a zone begins with them ("P" for
    all that begin so); None where it does not say (Doc 9303-12 clause 7.1.1.6).
    """

    der: bytes
    subject: Name = field(compare=False)
    issuer: Name = field(compare=False)
    serial: int = field(compare=False)
    not_before: datetime = field(compare=False)
    not_after: datetime = field(compare=False)
    key_id: bytes | None = field(compare=False)
    issuer_key_id: bytes | None = field(compare=False)
    is_ca: bool = field(compare=False)
    purposes: frozenset[str] = field(compare=False)
    document_types: frozenset[str] | None = field(compare=False)
    _signed: bytes = field(compare=False, repr=False)
    _signature: bytes = field(compare=False, repr=False)
    _algorithm: bytes = field(compare=False, repr=False)
    _key_info: bytes = field(compare=False, repr=False)

    @classmethod
    def read(cls, der: bytes) -> Certificate:
        """Read a DER certificate; its key is read when asked for. Raises `UnreadableError`."""
        with reading("the certificate"):
            whole = element(der)
            if whole.tag != _SEQUENCE or whole.end != len(der):
                raise UnreadableError("this is not a certificate")
            body, algorithm, signature = fields(der, whole, _SEQUENCE, _SEQUENCE, _BIT_STRING)
            _, serial, _, issuer, validity, subject, key_info, _, _, extensions = fields(der, body, *_BODY)
            first, last = children(der, validity)
            return cls(
                der=der,
                subject=Name.read(encoded(der, subject)),
                issuer=Name.read(encoded(der, issuer)),
                serial=number(der, serial),
                not_before=moment(core.Asn1Value.load(encoded(der, first)).native),
                not_after=moment(core.Asn1Value.load(encoded(der, last)).native),
                _signed=encoded(der, body),
                _signature=der[signature.contents + 1 : signature.end],
                _algorithm=encoded(der, algorithm),
                _key_info=encoded(der, key_info),
                **_extensions(encoded(der, extensions)),
            )

    @property
    def country(self) -> str | None:
        """The country code of the subject, else of the issuer, in capitals."""
        return self.subject.country or self.issuer.country

    @property
    def serial_hex(self) -> str:
        """The serial number as OpenSSL prints it: hexadecimal capitals, whole bytes."""
        digits = f"{abs(self.serial):X}"
        return ("-" if self.serial < 0 else "") + "0" * (len(digits) % 2) + digits

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.der).hexdigest()

    @cached_property
    def key(self) -> PublicKey:
        """The public key. Raises `UnreadableError` or `UnsupportedKeyError`."""
        with reading("the public key"):
            return public_key(keys.PublicKeyInfo.load(self._key_info))

    @cached_property
    def scheme(self) -> Scheme:
        """How the certificate was signed. Raises `UnreadableError` or `UnsupportedKeyError`."""
        with reading("the signature algorithm"):
            return scheme_of(self._algorithm)

    @property
    def signed_parts(self) -> tuple[bytes, bytes]:
        """What the issuer signed (the TBSCertificate's bytes as read), and its signature."""
        return self._signed, self._signature

    @property
    def is_self_issued(self) -> bool:
        return self.subject.key == self.issuer.key

    def is_signed_by(self, issuer: Certificate) -> bool:
        """Whether the issuer's key made this certificate's signature. Raises as `key` and `scheme` do."""
        return is_signed(self._signed, self._signature, self.scheme, issuer.key)


def _extensions(der: bytes) -> dict[str, Any]:
    """The extensions that matter, each for itself: one that is malformed counts as absent."""
    values = dict(_values(der))
    authority = _native(x509.AuthorityKeyIdentifier, values.get(_AUTHORITY_KEY_ID)) or {}
    # CSCAs of BE, CM, IT, LU, PT and TR say in keyUsage alone that they sign certificates.
    constraints = _native(x509.BasicConstraints, values.get(_BASIC_CONSTRAINTS)) or {}
    usage = _native(x509.KeyUsage, values.get(_KEY_USAGE)) or ()
    return {
        "key_id": _native(core.OctetString, values.get(_SUBJECT_KEY_ID)),
        "issuer_key_id": authority.get("key_identifier"),
        "is_ca": bool(constraints.get("ca")) or "key_cert_sign" in usage,
        "document_types": _document_types(values.get(_DOCUMENT_TYPES)),
        "purposes": frozenset(_native(_ObjectIdentifiers, values.get(_EXTENDED_KEY_USAGE)) or ()),
    }


def _values(der: bytes) -> Iterator[tuple[str, bytes]]:
    """Each extension's identifier with what its octet string holds; `der` is the field [3], empty where absent."""
    if not der:
        return
    (sequence,) = children(der, element(der))
    for extension in children(der, sequence):
        kind, *_, value = children(der, extension)
        yield dotted(der[kind.contents : kind.end]), der[value.contents : value.end]


def _document_types(value: bytes | None) -> frozenset[str] | None:
    if value is None:
        return None
    try:
        with reading("the extension"):
            _, listed = children(value, element(value))
            return frozenset(value[each.contents : each.end].decode("ascii") for each in children(value, listed))
    except UnreadableError:
        return None


class _ObjectIdentifiers(core.SequenceOf):  # type: ignore[misc]
    _child_spec = core.ObjectIdentifier


def _native(spec: type[Any], value: bytes | None) -> Any:
    if value is None:
        return None
    try:
        with reading("the extension"):
            return spec.load(value).native
    except UnreadableError:
        return None
