"""CSCA master lists (Doc 9303-12 clause 8): the certificate authorities that one state vouches for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gatehouse.documents.ber import children, element
from gatehouse.documents.pki.asn1 import reading
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.chains import path_to_root
from gatehouse.documents.pki.keys import UnsupportedKeyError
from gatehouse.documents.pki.signed_data import SignedData, Signer
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Check, Reason, Result

CONTENT_TYPE = "2.23.136.1.1.2"
#: Extended key usage of master list signers, Doc 9303-12 clause 7.1.4: a document signer must not issue a list.
_MASTER_LIST_SIGNING = "2.23.136.1.1.3"
_SEQUENCE, _SET = 0x30, 0x31
#: Germany's, the largest published, has about 600.
_MOST_CERTIFICATES = 20_000


@dataclass(frozen=True)
class Rejected:
    """A certificate that cannot serve: its subject as far as it could be read, and why."""

    subject: str
    reason: Reason


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

    def verify(self, root: Certificate) -> tuple[Certificate | None, Check]:
        """The list's signer, and whether its signature is good and chains to the pinned `root`."""
        signer = self.signed.signers[0]
        named = self.signed.certificates_of(signer, (root,))
        if not named:
            reason = Reason("the list holds no certificate of its signer, %(signer)s", signer=signer.name)
            return None, Check("master_list_signer", Result.FAILED, reason)
        return named[0], Check("master_list_signer", *self._verify(signer, named[0], root))

    def _verify(self, signer: Signer, certificate: Certificate, root: Certificate) -> tuple[Result, Reason]:
        result, reason = self.signed.verify(signer, certificate)
        if result is not Result.SUCCESSFUL:
            return result, reason
        subject = certificate.subject.text
        if certificate != root and _MASTER_LIST_SIGNING not in certificate.purposes:
            return Result.FAILED, Reason("%(signer)s is not a signer of master lists", signer=subject)
        try:
            path = path_to_root(certificate, root, self.signed.certificates)
        except UnsupportedKeyError as error:
            return Result.NOT_SUPPORTED, error.reason
        if path is None:
            parts = {"signer": subject, "root": root.subject.text, "serial": root.serial_hex}
            return Result.FAILED, Reason("%(signer)s does not chain to %(root)s, serial %(serial)s", **parts)
        return Result.SUCCESSFUL, Reason("%(signer)s chains to %(root)s", signer=subject, root=root.subject.text)


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
        return Rejected(subject, Reason("it is not a certificate authority"))
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
