"""What was found of a document's chip: one result, who signed, and every check with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.defects import KnownDefect
from gatehouse.documents.pki.policy import Use
from gatehouse.documents.pki.sources import Source
from gatehouse.kernel.results import Check, Result

#: A document fails where one of these failed; the others are reported and lower nothing.
DECISIVE = (
    *("sod_signature", "dsc_chain", "dg_hash", "issuer_state", "revocation", "dg1_zone"),
    *("dg1_content", "dg2_content", "dg11_content"),
    *("card_access", "chip_authentication_mapping", "chip_authentication", "active_authentication"),
)
#: A document is successful only where these two are, and where no signed data group was missed.
REQUIRED = ("sod_signature", "dsc_chain")
_MISSED = "signed_groups"


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
class Signing:
    """How EF.SOD was signed: the issuer that the signer's certificate names (RFC 4514), the CSCA that issued it (None
    where none was found), and the algorithms by what they are used for: "SOD" -> "sha256, brainpoolP256r1"."""

    issuer: str
    csca: SignerName | None
    algorithms: Mapping[str, str]

    @classmethod
    def of(cls, dsc: Certificate, csca: Certificate | None, uses: Iterable[Use]) -> Signing:
        return cls(dsc.issuer.text, SignerName.of(csca) if csca else None, {use.part: _named(use) for use in uses})

    def as_dict(self) -> dict[str, Any]:
        csca = self.csca.as_dict() if self.csca else None
        return {"issuer": self.issuer, "csca": csca, "algorithms": dict(self.algorithms)}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Signing:
        return cls(data["issuer"], SignerName(**data["csca"]) if data["csca"] else None, data["algorithms"])


def _named(use: Use) -> str:
    if use.key is None:
        return use.hash_name
    key = f"RSA of {use.key.bits} bits" if use.key.kind == "RSA" else use.key.kind
    return f"{use.hash_name}, {key}"


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
    signing: Signing | None = None

    @property
    def result(self) -> Result:
        found = {check.id: check.result for check in self.checks}
        if any(found.get(each) is Result.FAILED for each in DECISIVE):
            return Result.FAILED
        proved = all(found.get(each) is Result.SUCCESSFUL for each in REQUIRED)
        if proved and not self.excused and _MISSED not in found:
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
