"""CSCA master lists (Doc 9303-12 clause 8): the certificate authorities that one state vouches for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gatehouse.documents.ber import children, element
from gatehouse.documents.pki.asn1 import reading
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.keys import UnsupportedKeyError
from gatehouse.documents.pki.list_signer import ListKind, verify_signer
from gatehouse.documents.pki.signed_data import SignedData
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Check, Reason

CONTENT_TYPE = "2.23.136.1.1.2"
#: Doc 9303-12 clause 7.1.1.3.
LIST = ListKind("master_list_signer", "2.23.136.1.1.3", Reason("%(signer)s is not a signer of master lists"))
_SEQUENCE, _SET = 0x30, 0x31
#: Germany's, the largest published, has about 600.
_MOST_CERTIFICATES = 20_000


@dataclass(frozen=True)
class Rejected:
    """A certificate that cannot serve: its subject as far as it could be read, and why.

    `certificate` is there where it could be read whole and has a usable key, but is no certificate authority.
    """

    subject: str
    reason: Reason
    certificate: Certificate | None = None


@dataclass(frozen=True)
class MasterList:
    """A master list: the certificates that can serve, those that cannot, and the signed object it came in."""

    certificates: tuple[Certificate, ...]
    rejected: tuple[Rejected, ...]
    signed: SignedData

    @classmethod
    def read(cls, data: bytes) -> MasterList:
        """Read a .ml file; its signature is not verified by this. Raises `UnreadableError`."""
        signed = SignedData.read(data)
        if signed.content_type != CONTENT_TYPE:
            raise UnreadableError("this is not a CSCA master list: its content is %(type)s", type=signed.content_type)
        with reading("the master list"):
            read = [
                read_authority(der, f"certificate {number} of the list")
                for number, der in enumerate(_entries(signed.content), 1)
            ]
        return cls(
            tuple(each for each in read if isinstance(each, Certificate)),
            tuple(each for each in read if isinstance(each, Rejected)),
            signed,
        )

    @property
    def countries(self) -> frozenset[str]:
        return frozenset(certificate.country for certificate in self.certificates if certificate.country)

    @property
    def issued_on(self) -> date | None:
        """The day its signer says that it signed."""
        at = self.signed.signers[0].signing_time
        return at.date() if at else None

    def verify(self, *roots: Certificate) -> tuple[Certificate | None, Check]:
        """The list's signer, and whether its signature is good and chains to one of the pinned `roots`."""
        signer, _, check = verify_signer(self.signed, LIST, roots)
        return signer, check


def read_authority(der: bytes, shown: str) -> Certificate | Rejected:
    """A CSCA certificate with a usable key, or why it is none; `shown` names it where its subject cannot be read."""
    try:
        certificate = Certificate.read(der)
    except UnreadableError as error:
        return Rejected(shown, error.reason)
    subject = certificate.subject.text or shown
    try:
        _ = certificate.key
    except (UnreadableError, UnsupportedKeyError) as error:
        return Rejected(subject, error.reason)
    if not certificate.is_ca:
        return Rejected(subject, Reason("it is not a certificate authority"), certificate)
    return certificate


def _entries(content: bytes) -> Iterator[bytes]:
    whole = element(content)
    parts = list(children(content, whole))
    if whole.tag != _SEQUENCE or len(parts) < 2 or parts[1].tag != _SET:
        raise UnreadableError("this is not a CSCA master list")
    for number, entry in enumerate(children(content, parts[1]), 1):
        if number > _MOST_CERTIFICATES:
            raise UnreadableError("the master list has more than %(most)d certificates", most=_MOST_CERTIFICATES)
        yield content[entry.start : entry.end]
