"""Deviation lists (Doc 9303-12 section 10): how a state's own documents differ from Doc 9303, and which of them."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from asn1crypto import core

from gatehouse.documents.ber import Element, children, element, encoded, fields, number
from gatehouse.documents.pki.asn1 import moment, reading
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.list_signer import ListKind, verify_signer
from gatehouse.documents.pki.names import dotted
from gatehouse.documents.pki.signatures import hash_of
from gatehouse.documents.pki.signed_data import SignedData
from gatehouse.documents.pki.signer_ids import SignerId
from gatehouse.documents.pki.sources import Kind, Source
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Check, Reason

CONTENT_TYPE = "2.23.136.1.1.7"
#: Doc 9303-12 clause 7.1.1.3.
LIST = ListKind("deviation_list_signer", "2.23.136.1.1.8", Reason("%(signer)s is not a signer of deviation lists"))
_INTEGER, _OCTETS, _OID, _PRINTABLE, _SEQUENCE, _SET = 0x02, 0x04, 0x06, 0x13, 0x30, 0x31
_MOST_DEVIATIONS = 20_000

SIGNER_SIGNATURE = f"{CONTENT_TYPE}.1.1"
GROUP_MALFORMED = f"{CONTENT_TYPE}.2.1"
GROUP_HASH = f"{CONTENT_TYPE}.2.2"
SOD_SIGNATURE = f"{CONTENT_TYPE}.2.3"
NAMES = {
    SIGNER_SIGNATURE: Reason("the signature of the signer's certificate is wrong"),
    f"{CONTENT_TYPE}.1.2": Reason("the signer's certificate is encoded wrongly"),
    f"{CONTENT_TYPE}.1.3": Reason("the CSCA certificate is encoded wrongly"),
    f"{CONTENT_TYPE}.1.4": Reason("private keys of active authentication are compromised"),
    GROUP_MALFORMED: Reason("data groups are malformed"),
    GROUP_HASH: Reason("hashes of data groups are wrong"),
    SOD_SIGNATURE: Reason("the signature of EF.SOD may be wrong"),
    f"{CONTENT_TYPE}.2.4": Reason("EF.COM and EF.SOD list different data groups"),
    f"{CONTENT_TYPE}.3.1": Reason("data in the machine readable zone is wrong"),
    f"{CONTENT_TYPE}.3.2": Reason("check digits of the machine readable zone are wrong"),
    f"{CONTENT_TYPE}.4": Reason("the chip deviates"),
    f"{CONTENT_TYPE}.5": Reason("a deviation for national use"),
}


@dataclass(frozen=True, slots=True)
class Description:
    """One deviation: its object identifier, the text of its state, and the data group or field it concerns."""

    kind: str
    text: str = ""
    number: int | None = None

    @property
    def name(self) -> Reason:
        return NAMES.get(self.kind, Reason("a deviation of the kind %(kind)s", kind=self.kind))


@dataclass(frozen=True, slots=True)
class Deviation:
    """Which documents deviate, joined by AND, and how. What is None or empty narrows nothing."""

    descriptions: tuple[Description, ...]
    document_type: str = ""
    signer: SignerId | None = None
    issued: tuple[date, date] | None = None
    numbers: frozenset[str] = frozenset()

    def concerns(self, *, document_type: str, number: str, dsc: Certificate, issued_on: date | None) -> bool:
        """Whether the document may be meant. A day of issue that is not known, or no number, does not rule it out."""
        if self.document_type and document_type and not document_type.startswith(self.document_type):
            return False
        if self.signer is not None and not self.signer.is_of(dsc):
            return False
        if self.numbers and number and number not in self.numbers:
            return False
        return self.issued is None or issued_on is None or self.issued[0] <= issued_on <= self.issued[1]


@dataclass(frozen=True)
class DeviationList:
    """A deviation list, version 0 of the format. It speaks of the documents of its signer's state alone."""

    deviations: tuple[Deviation, ...]
    signed: SignedData
    source: Source

    @classmethod
    def read(cls, data: bytes, shown: str = "deviation list") -> DeviationList:
        """Read a list; its signature is not verified by this. Raises `UnreadableError`."""
        signed = SignedData.read(data)
        if signed.content_type != CONTENT_TYPE:
            raise UnreadableError("this is not a deviation list: its content is %(type)s", type=signed.content_type)
        at = signed.signers[0].signing_time
        with reading("the deviation list"):
            deviations = tuple(_deviations(signed.content))
        source = Source(Kind.DEVIATION_LIST, shown, at.date() if at else None, hashlib.sha256(data).hexdigest())
        return cls(deviations, signed, source)

    @property
    def country(self) -> str | None:
        """The state whose documents it speaks of: its signer's."""
        named = self.signed.certificates_of(self.signed.signers[0])
        return named[0].country if named else None

    def verify(self, *roots: Certificate) -> tuple[Certificate | None, Check]:
        """The list's signer, and whether its signature is good and chains to a CSCA of its own state among `roots`."""
        own = [root for root in roots if root.country == self.country]
        signer, _, check = verify_signer(self.signed, LIST, own)
        return signer, check


def _deviations(content: bytes) -> Iterator[Deviation]:
    _, hashed, deviations = fields(content, element(content), _INTEGER, -_SEQUENCE, _SET)
    hash_name = hash_of(content, hashed) if hashed.tag else ""
    for count, each in enumerate(children(content, deviations), 1):
        if count > _MOST_DEVIATIONS:
            raise UnreadableError("the deviation list has more than %(most)d entries", most=_MOST_DEVIATIONS)
        documents, descriptions = fields(content, each, _SEQUENCE, _SET)
        listed = tuple(_description(content, one) for one in children(content, descriptions))
        yield _narrowed(Deviation(listed), content, documents, hash_name)


def _narrowed(deviation: Deviation, data: bytes, documents: Element, hash_name: str) -> Deviation:
    """DeviationDocuments: its tags are implicit, and say which part is there."""
    for part in children(data, documents):
        octets = data[part.contents : part.end]
        if part.tag == 0x80:
            deviation = dataclasses.replace(deviation, document_type=octets.decode("ascii").rstrip("< "))
        elif part.tag == 0xA1:
            deviation = dataclasses.replace(deviation, signer=SignerId.of_issuer(data, part))
        elif part.tag == 0x82:
            deviation = dataclasses.replace(deviation, signer=SignerId(key_id=octets))
        elif part.tag == 0x83:
            deviation = dataclasses.replace(deviation, signer=SignerId(digest=octets, hash_name=hash_name))
        elif part.tag == 0xA4:
            first, last = (_day(data, each) for each in children(data, part))
            deviation = dataclasses.replace(deviation, issued=(first, last))
        elif part.tag == 0xA5:
            numbers = frozenset(data[each.contents : each.end].decode("ascii") for each in children(data, part))
            deviation = dataclasses.replace(deviation, numbers=numbers)
    return deviation


def _description(data: bytes, entry: Element) -> Description:
    text, kind, parameters = fields(data, entry, -_PRINTABLE, _OID, -0xA0)
    value = next(children(data, parameters), None) if parameters.tag else None
    return Description(
        dotted(data[kind.contents : kind.end]),
        data[text.contents : text.end].decode("ascii"),
        number(data, value) if value is not None and value.tag == _INTEGER else None,
    )


def _day(data: bytes, time: Element) -> date:
    return moment(core.Asn1Value.load(encoded(data, time)).native).date()
