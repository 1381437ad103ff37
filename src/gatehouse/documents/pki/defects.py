"""Defect lists (BSI TR-03129-2 V1.4.1 section 7): what is known to be wrong with documents, by their signer."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from gatehouse.documents.ber import Element, children, element, encoded, fields, number
from gatehouse.documents.pki.asn1 import reading
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.list_signer import ListKind, verify_signer
from gatehouse.documents.pki.names import dotted
from gatehouse.documents.pki.signatures import hash_named
from gatehouse.documents.pki.signed_data import SignedData
from gatehouse.documents.pki.signer_ids import SignerId
from gatehouse.documents.pki.sources import Kind, Source
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Check, Reason

CONTENT_TYPE = "0.4.0.127.0.7.3.1.5"
#: id-electronicDefectListSigningKey, which 7.2 recommends.
LIST = ListKind(
    "defect_list_signer",
    "0.4.0.127.0.7.3.11.2.1.2",
    Reason("%(signer)s is not a signer of defect lists"),
    recommended=True,
)
_INTEGER, _OCTETS, _OID, _UTF8, _ENUMERATED, _SEQUENCE, _SET = 0x02, 0x04, 0x06, 0x0C, 0x0A, 0x30, 0x31
_MOST_DEFECTS = 20_000

CERT_REVOKED = f"{CONTENT_TYPE}.1.1"
CERT_REPLACED = f"{CONTENT_TYPE}.1.2"
CHIP_KEY_REVOKED = f"{CONTENT_TYPE}.1.3"
ACTIVE_KEY_REVOKED = f"{CONTENT_TYPE}.1.4"
PROTOCOL_FAILURE = f"{CONTENT_TYPE}.1.5"
VALIDITY_INCORRECT = f"{CONTENT_TYPE}.1.6"
GROUP_MALFORMED = f"{CONTENT_TYPE}.2.1"
SOD_INVALID = f"{CONTENT_TYPE}.2.2"
COM_DISCREPANCY = f"{CONTENT_TYPE}.2.3"
WRONG_SIGNER_ID = f"{CONTENT_TYPE}.2.4"
ISSUING_COUNTRY = f"{CONTENT_TYPE}.2.5"
#: Section 7.3, in its order. The application of identity cards (…5.3) is not read here.
NAMES = {
    CERT_REVOKED: Reason("the signer's certificate is revoked"),
    CERT_REPLACED: Reason("the signer's certificate is malformed and has a replacement"),
    CHIP_KEY_REVOKED: Reason("private keys of chip authentication are compromised"),
    ACTIVE_KEY_REVOKED: Reason("private keys of active authentication are compromised"),
    PROTOCOL_FAILURE: Reason("authentication of the chip is known to fail"),
    VALIDITY_INCORRECT: Reason("the validity period of a certificate is wrong"),
    GROUP_MALFORMED: Reason("data groups are malformed"),
    SOD_INVALID: Reason("the signature of EF.SOD may be wrong"),
    COM_DISCREPANCY: Reason("EF.COM and EF.SOD list different data groups"),
    WRONG_SIGNER_ID: Reason("EF.SOD names its signer wrongly"),
    ISSUING_COUNTRY: Reason("the country in the signer's certificate is wrong"),
    f"{CONTENT_TYPE}.4.1": Reason("EF.CardSecurity is malformed"),
    f"{CONTENT_TYPE}.4.2": Reason("EF.ChipSecurity is malformed"),
    f"{CONTENT_TYPE}.4.3": Reason("the chip needs to be powered down between two authentications"),
    f"{CONTENT_TYPE}.4.4": Reason("the signer's certificate is malformed"),
}
#: Of these, a defect of a kind that is not known here means that the chip is not to be used (7.3.1 to 7.3.3).
_APPLICABLE = (f"{CONTENT_TYPE}.1.", f"{CONTENT_TYPE}.2.", f"{CONTENT_TYPE}.4.")


@dataclass(frozen=True, slots=True)
class KnownDefect:
    """One defect: its object identifier, its status code, data groups, text or certificate where it gives these."""

    kind: str
    code: int | None = None
    groups: tuple[int, ...] = ()
    text: str = ""
    replacement: bytes = field(default=b"", repr=False)
    description: str = ""

    @property
    def name(self) -> Reason:
        return NAMES.get(self.kind, Reason("a defect of the kind %(kind)s", kind=self.kind))

    @property
    def forbids_use(self) -> bool:
        """Whether it is of a kind that nobody here can interpret, so that the chip must not be used."""
        return self.kind not in NAMES and self.kind.startswith(_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Defect:
    """The known defects of the documents of one signer."""

    signer: SignerId
    known: tuple[KnownDefect, ...]
    description: str = ""


@dataclass(frozen=True)
class DefectList:
    """A defect list, versions 1 and 2 of the format."""

    defects: tuple[Defect, ...]
    signed: SignedData
    source: Source

    @classmethod
    def read(cls, data: bytes, shown: str = "defect list") -> DefectList:
        """Read a list; its signature is not verified by this. Raises `UnreadableError`."""
        signed = SignedData.read(data)
        if signed.content_type != CONTENT_TYPE:
            raise UnreadableError("this is not a defect list: its content is %(type)s", type=signed.content_type)
        at = signed.signers[0].signing_time
        issued: date | None = at.date() if at else None
        with reading("the defect list"):
            defects = tuple(_defects(signed.content))
        return cls(defects, signed, Source(Kind.DEFECT_LIST, shown, issued, hashlib.sha256(data).hexdigest()))

    def verify(self, *roots: Certificate) -> tuple[Certificate | None, Check]:
        """The list's signer, and whether its signature is good and chains to one of the pinned `roots`."""
        signer, _, check = verify_signer(self.signed, LIST, roots)
        return signer, check


def _defects(content: bytes) -> Iterator[Defect]:
    _, hashed, defects = fields(content, element(content), _INTEGER, _OID, _SET)
    hash_name = hash_named(dotted(content[hashed.contents : hashed.end]))
    for count, each in enumerate(children(content, defects), 1):
        if count > _MOST_DEFECTS:
            raise UnreadableError("the defect list has more than %(most)d entries", most=_MOST_DEFECTS)
        yield _defect(content, each, hash_name)


def _defect(data: bytes, entry: Element, hash_name: str) -> Defect:
    by_name, by_key, hashed, known, text = fields(data, entry, -_SEQUENCE, -0x80, -_OCTETS, _SET, -_UTF8)
    signer = SignerId.of_issuer(data, by_name) if by_name.tag else SignerId()
    if by_key.tag:
        signer = SignerId(key_id=data[by_key.contents : by_key.end])
    if hashed.tag:
        signer = dataclasses.replace(signer, digest=data[hashed.contents : hashed.end], hash_name=hash_name)
    return Defect(signer, tuple(_known(data, each) for each in children(data, known)), _text(data, text))


def _known(data: bytes, entry: Element) -> KnownDefect:
    """A KnownDefect, or a KnownDefectV2 under its tag [0]."""
    if entry.tag == 0xA0:
        kind, wrapped, text = fields(data, entry, _OID, -0xA0, -0x81)
        parameters = next(children(data, wrapped), None)
    else:
        kind, *rest = children(data, entry)
        parameters, text = (rest[0] if rest else None), Element(0, 0, 0, 0)
    found = KnownDefect(dotted(data[kind.contents : kind.end]), description=_text(data, text))
    return found if parameters is None else _with(found, data, parameters)


def _with(defect: KnownDefect, data: bytes, given: Element) -> KnownDefect:
    if given.tag in (_ENUMERATED, _INTEGER):
        return dataclasses.replace(defect, code=number(data, given))
    if defect.kind == GROUP_MALFORMED and given.tag == _SET:
        return dataclasses.replace(defect, groups=tuple(number(data, each) for each in children(data, given)))
    if defect.kind == ISSUING_COUNTRY:
        return dataclasses.replace(defect, text=_text(data, given).strip().upper())
    if defect.kind == CERT_REPLACED:
        # An OCTET STRING since V1.4.1, the certificate itself before.
        wrapped = given.tag == _OCTETS
        der = data[given.contents : given.end] if wrapped else encoded(data, given)
        return dataclasses.replace(defect, replacement=der)
    return defect


def _text(data: bytes, part: Element) -> str:
    return data[part.contents : part.end].decode("utf-8")
