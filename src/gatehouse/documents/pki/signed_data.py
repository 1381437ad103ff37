"""Signed objects of the travel-document PKI (RFC 5652, CMS SignedData): EF.SOD and master lists."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from asn1crypto import core

from gatehouse.documents.ber import Element, children, definite, element, encoded, fields, number
from gatehouse.documents.pki.asn1 import moment, reading
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.keys import UnsupportedKeyError
from gatehouse.documents.pki.names import Name, dotted
from gatehouse.documents.pki.signatures import HASHES, Scheme, digest, hash_of, is_signed, scheme_of
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Reason, Result

_CONTENT_TYPE = "1.2.840.113549.1.9.3"
_MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
_SIGNING_TIME = "1.2.840.113549.1.9.5"
_SIGNED_DATA = "1.2.840.113549.1.7.2"
_OCTET_STRING, _OBJECT_IDENTIFIER, _SEQUENCE, _SET = 0x04, 0x06, 0x30, 0x31
#: SignedData (RFC 5652 clause 5.1): version, algorithms, content, certificates, revocation lists, signers.
_BODY = (0x02, _SET, _SEQUENCE, -0xA0, -0xA1, _SET)
#: SignerInfo (RFC 5652 clause 5.3): version, issuer and serial number or key identifier, hash, attributes, algorithm,
#: signature.
_SIGNER = (0x02, -_SEQUENCE, -0x80, _SEQUENCE, -0xA0, _SEQUENCE, _OCTET_STRING)
#: Every published object has one signer and one or two certificates. Each pair of them may cost a verification.
_MOST_SIGNERS = 4
_MOST_CERTIFICATES = 16


@dataclass(frozen=True)
class Signer:
    """One SignerInfo: who signed, by issuer and serial or by key identifier, and what was signed.

    `attributes` are the values of the signed attributes by object identifier, `signed` their encoding as the signature
    covers it (RFC 5652 clause 5.4), None where there are none and the signature covers the content itself.
    """

    issuer: Name | None
    serial: int | None
    key_id: bytes | None
    hash_name: str
    attributes: dict[str, bytes]
    signed: bytes | None
    signature: bytes
    _algorithm: bytes

    @property
    def name(self) -> str:
        """How the signed object names this signer."""
        if self.issuer is not None:
            return f"{self.issuer.text}, serial {self.serial:X}"
        return f"key identifier {self.key_id.hex() if self.key_id else ''}"

    @property
    def signing_time(self) -> datetime | None:
        """When the signer says it signed; None where it does not say, or not readably."""
        value = self.attributes.get(_SIGNING_TIME)
        try:
            with reading("the signing time"):
                return moment(core.Asn1Value.load(value).native) if value else None
        except UnreadableError:
            return None

    @cached_property
    def scheme(self) -> Scheme:
        """How it was signed. Raises `UnreadableError` or `UnsupportedKeyError`."""
        with reading("the signature algorithm"):
            return scheme_of(self._algorithm, self.hash_name)

    def is_named(self, certificate: Certificate) -> bool:
        """Whether the signer names this certificate."""
        if self.issuer is not None:
            return certificate.serial == self.serial and certificate.issuer.key == self.issuer.key
        return self.key_id is not None and certificate.key_id == self.key_id


@dataclass(frozen=True)
class SignedData:
    """A signed object: `content` is the octets that were signed, of the type `content_type` (dotted)."""

    content_type: str
    content: bytes
    certificates: tuple[Certificate, ...]
    signers: tuple[Signer, ...]

    @classmethod
    def read(cls, data: bytes) -> SignedData:
        """Read a ContentInfo in BER or DER; embedded certificates that cannot be read are left out.

        Raises `UnreadableError`.
        """
        return cls.read_definite(definite(data))

    @classmethod
    def read_definite(cls, data: bytes) -> SignedData:
        """As `read`, for data in `ber.definite` form."""
        with reading("the signed data"):
            kind, body = _signed_data(data)
            if kind != _SIGNED_DATA:
                raise UnreadableError("this is not CMS signed data")
            _, _, enclosed, certificates, _, listed = fields(data, body, *_BODY)
            content_type, content = fields(data, enclosed, _OBJECT_IDENTIFIER, -0xA0)
            (octets,) = fields(data, content, -_OCTET_STRING) if content.tag else (content,)
            if not octets.tag:
                raise UnreadableError("the signed data holds no content")
            signers = list(children(data, listed))
            if not 1 <= len(signers) <= _MOST_SIGNERS:
                raise UnreadableError("the signed data has %(count)d signers", count=len(signers))
            return cls(
                dotted(data[content_type.contents : content_type.end]),
                data[octets.contents : octets.end],
                tuple(_certificates(data, certificates)),
                tuple(_signer(data, each) for each in signers),
            )

    def certificates_of(self, signer: Signer, others: Iterable[Certificate] = ()) -> list[Certificate]:
        """The certificates the signer may mean: those it names, else the only one that is embedded.

        Which certificate is meant is not itself signed (RFC 5652 clause 5.3), so a wrong name is a defect of the
        object, while the signature still says whose key made it.
        """
        named = [each for each in (*self.certificates, *others) if signer.is_named(each)]
        signing = [each for each in self.certificates if not each.is_ca]
        return named or (signing if len(signing) == 1 else [])

    def verify(self, signer: Signer, certificate: Certificate) -> tuple[Result, Reason]:
        """Whether the certificate's key signed the content. Never raises for what was read."""
        try:
            problem = self._mismatch(signer)
            if problem is not None:
                return Result.FAILED, problem
            if is_signed(signer.signed or self.content, signer.signature, signer.scheme, certificate.key):
                return Result.SUCCESSFUL, Reason("the signature is by %(signer)s", signer=certificate.subject.text)
        except UnsupportedKeyError as error:
            return Result.NOT_SUPPORTED, error.reason
        except UnreadableError as error:
            return Result.FAILED, error.reason
        return Result.FAILED, Reason(
            "the signature does not match the key of %(signer)s", signer=certificate.subject.text
        )

    def _mismatch(self, signer: Signer) -> Reason | None:
        """What the signed attributes say of the content that is not so."""
        if signer.hash_name not in HASHES:
            raise UnsupportedKeyError("the hash %(hash)s is not supported", hash=signer.hash_name)
        if signer.signed is None:
            return None
        content_type = signer.attributes.get(_CONTENT_TYPE, b"")
        if content_type[:1] != b"\x06" or dotted(content_type[2:]) != self.content_type:
            return Reason("the signed content type is not that of the content, %(type)s", type=self.content_type)
        expected = signer.attributes.get(_MESSAGE_DIGEST, b"")
        if expected[:1] != b"\x04":
            return Reason("the signer signed no digest of the content")
        contents = expected[element(expected).contents :]
        if not hmac.compare_digest(contents, digest(signer.hash_name, self.content)):
            return Reason("the content was changed: its digest is not the one that was signed")
        return None


def _signed_data(data: bytes) -> tuple[str, Element]:
    """What a ContentInfo says that it holds, and the SEQUENCE in it."""
    whole = element(data)
    if whole.tag != _SEQUENCE:
        raise UnreadableError("this is not CMS signed data")
    kind, content = fields(data, whole, _OBJECT_IDENTIFIER, 0xA0)
    (body,) = fields(data, content, _SEQUENCE)
    return dotted(data[kind.contents : kind.end]), body


def _certificates(data: bytes, field: Element) -> Iterator[Certificate]:
    for count, child in enumerate(children(data, field), 1):
        if count > _MOST_CERTIFICATES:
            raise UnreadableError("the signed data has more than %(most)d certificates", most=_MOST_CERTIFICATES)
        if child.tag != _SEQUENCE:
            continue
        try:
            yield Certificate.read(encoded(data, child))
        except UnreadableError:
            continue


def _signer(data: bytes, info: Element) -> Signer:
    _, by_name, by_key, hashed, attributes, algorithm, signature = fields(data, info, *_SIGNER)
    issuer, serial = fields(data, by_name, _SEQUENCE, 0x02) if by_name.tag else (by_name, by_name)
    signed = encoded(data, attributes)
    return Signer(
        issuer=Name.read(encoded(data, issuer)) if by_name.tag else None,
        serial=number(data, serial) if by_name.tag else None,
        key_id=data[by_key.contents : by_key.end] if by_key.tag else None,
        hash_name=hash_of(data, hashed),
        attributes=dict(_attributes(signed)) if signed else {},
        # RFC 5652 clause 5.4: signed as an explicit SET OF, not with the tag [0] that stands here.
        signed=b"\x31" + signed[1:] if signed else None,
        signature=data[signature.contents : signature.end],
        _algorithm=encoded(data, algorithm),
    )


def _attributes(signed: bytes) -> Iterator[tuple[str, bytes]]:
    for attribute in children(signed, element(signed)):
        kind, values = children(signed, attribute)
        first = next(children(signed, values), None)
        if first is not None:
            yield dotted(signed[kind.contents : kind.end]), encoded(signed, first)
