"""How lists name a document signer: SignerIdentifier (RFC 5652 clause 5.3), and the digest of its certificate."""

from __future__ import annotations

from dataclasses import dataclass

from gatehouse.documents.ber import Element, encoded, fields, number
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.names import Name
from gatehouse.documents.pki.signatures import HASHES, digest
from gatehouse.documents.pki.signed_data import Signer

_SEQUENCE, _INTEGER = 0x30, 0x02


@dataclass(frozen=True, slots=True)
class SignerId:
    """Every part that is there has to agree; with none of them it names nobody. `digest` is by the hash `hash_name`."""

    issuer: Name | None = None
    serial: int | None = None
    key_id: bytes | None = None
    digest: bytes | None = None
    hash_name: str = ""

    @classmethod
    def of_issuer(cls, data: bytes, found: Element) -> SignerId:
        """Of an IssuerAndSerialNumber. Call within `asn1.reading`."""
        issuer, serial = fields(data, found, _SEQUENCE, _INTEGER)
        return cls(issuer=Name.read(encoded(data, issuer)), serial=number(data, serial))

    def is_of(self, certificate: Certificate) -> bool:
        """Whether this certificate is meant. A digest by a hash that is not known here is of none."""
        if self.issuer is None and self.key_id is None and self.digest is None:
            return False
        if self.issuer is not None and (certificate.issuer.key, certificate.serial) != (self.issuer.key, self.serial):
            return False
        if self.key_id is not None and certificate.key_id != self.key_id:
            return False
        if self.digest is None:
            return True
        return self.hash_name in HASHES and digest(self.hash_name, certificate.der) == self.digest

    def is_named_by(self, signer: Signer) -> bool:
        """Whether a signed object means the same signer, whose certificate cannot be read."""
        if self.issuer is not None and signer.issuer is not None:
            return (signer.issuer.key, signer.serial) == (self.issuer.key, self.serial)
        return self.key_id is not None and signer.key_id == self.key_id
