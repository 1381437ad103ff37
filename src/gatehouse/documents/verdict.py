"""What was found of a document's chip: one result, who signed, and every check with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.defects import KnownDefect
from gatehouse.documents.pki.sources import Source
from gatehouse.kernel.results import Check, Result

#: A document fails where one of these failed; the others are reported and lower nothing.
DECISIVE = (
    *("sod_signature", "dsc_chain", "dg_hash", "issuer_state", "revocation", "dg1_zone"),
    *("card_access", "chip_authentication_mapping", "chip_authentication", "active_authentication"),
)
#: A document is successful only where these two are.
REQUIRED = ("sod_signature", "dsc_chain")


@dataclass(frozen=True, slots=True)
class SignerName:
    """The document signer: its country code, its subject (RFC 4514) and its serial number in hexadecimal."""

    country: str | None
    subject: str
    serial: str

    @classmethod
    def of(cls, certificate: Certificate) -> SignerName:
        return cls(certificate.country, certificate.subject.text, certificate.serial_hex)

    def as_dict(self) -> dict[str, Any]:
        return {"country": self.country, "subject": self.subject, "serial": self.serial}


@dataclass(frozen=True, slots=True)
class Verdict:
    """`signer` is None where the certificate of the signer was not found.

    `versions` are those of the lists and policies that the checks rest on; `defects` what a defect list knows against
    documents of this signer, for those checks of the chip that are made elsewhere. `excused`: a list of defects or
    deviations explains why a check failed, which is no proof.
    """

    signer: SignerName | None
    checks: tuple[Check, ...]
    versions: tuple[Source, ...] = ()
    defects: tuple[KnownDefect, ...] = ()
    excused: bool = False

    @property
    def result(self) -> Result:
        found = {check.id: check.result for check in self.checks}
        if any(found.get(each) is Result.FAILED for each in DECISIVE):
            return Result.FAILED
        if not self.excused and all(found.get(each) is Result.SUCCESSFUL for each in REQUIRED):
            return Result.SUCCESSFUL
        return Result.UNDETERMINED

    def check(self, id: str) -> Check:
        """The check of that id. Raises `KeyError`."""
        return {check.id: check for check in self.checks}[id]

    def as_dict(self) -> dict[str, Any]:
        """Plain data: `{"result", "signer", "checks", "versions"}`."""
        return {
            "result": self.result.value,
            "signer": self.signer.as_dict() if self.signer else None,
            "checks": [check.as_dict() for check in self.checks],
            "versions": [version.as_dict() for version in self.versions],
        }
