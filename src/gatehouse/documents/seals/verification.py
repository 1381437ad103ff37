"""The checks of a seal (Doc 9303-13 appendix D, BSI TR-03135-1 section 5.9), each with its result and reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gatehouse.documents.mrz import Mrz, parse_mrz
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.crl import Crl
from gatehouse.documents.pki.keys import UnsupportedKeyError
from gatehouse.documents.pki.policy import Use, judge
from gatehouse.documents.pki.policy import version as algorithms_version
from gatehouse.documents.pki.revocation import status_of
from gatehouse.documents.pki.sources import Source
from gatehouse.documents.pki.states import certificate_code
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.documents.seals.features import Feature, contents
from gatehouse.documents.seals.policy import SealPolicy
from gatehouse.documents.seals.signers import (
    Judging,
    document_type,
    is_named,
    issuing,
    signature_check,
    signer_checks,
    visible_signature,
)
from gatehouse.documents.seals.vds import VisibleSeal
from gatehouse.documents.seals.vdsnc import JsonSeal
from gatehouse.documents.verdict import SignerName
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Check, Reason, Result

VDS, VDS_NC = "VDS", "VDS-NC"
#: A seal fails where one of these failed (Doc 9303-13 appendix D), and is successful only where the others are.
DECISIVE = (
    "seal_contents",
    "seal_signature",
    "signer_chain",
    "signer_validity",
    "signer_purpose",
    "signer_revocation",
    "document_type",
    "seal_zone",
    "seal_policy",
)
REQUIRED = ("seal_signature", "signer_chain", "issuer_state", "seal_policy")
#: It brings its own certificate, so that has to say that it is for seals: any document signer's would do otherwise.
_REQUIRED_IN_JSON = (*REQUIRED, "signer_purpose")
_ALGORITHMS = {"ES256": "sha256", "ES384": "sha384", "ES512": "sha512"}


@dataclass(frozen=True, slots=True)
class SealVerdict:
    """What a seal says, and what was found of it. `form` is "VDS" or "VDS-NC".

    `document` is None for a kind of seal that is not known here.
    """

    form: str
    document: str | None
    country: str
    issued_on: date | None
    signed_on: date | None
    features: tuple[Feature, ...]
    mrz: Mrz | None
    signer: SignerName | None
    checks: tuple[Check, ...]
    versions: tuple[Source, ...]
    weak_refused: bool = True

    @property
    def result(self) -> Result:
        found = {check.id: check.result for check in self.checks}
        decisive = (*DECISIVE, "algorithm_policy") if self.weak_refused else DECISIVE
        if any(found.get(each) is Result.FAILED for each in decisive):
            return Result.FAILED
        required = REQUIRED if self.form == VDS else _REQUIRED_IN_JSON
        if all(found[each] is Result.SUCCESSFUL for each in required):
            return Result.SUCCESSFUL
        return Result.UNDETERMINED

    def check(self, id: str) -> Check:
        """The check of that id. Raises `KeyError`."""
        return {check.id: check for check in self.checks}[id]

    def as_dict(self) -> dict[str, Any]:
        return {
            "result": self.result.value,
            "form": self.form,
            "document": self.document,
            "country": self.country,
            "issued_on": self.issued_on.isoformat() if self.issued_on else None,
            "signed_on": self.signed_on.isoformat() if self.signed_on else None,
            "features": {feature.name: feature.value for feature in self.features},
            "mrz": self.mrz.as_dict() if self.mrz else None,
            "signer": self.signer.as_dict() if self.signer else None,
            "checks": [check.as_dict() for check in self.checks],
            "versions": [version.as_dict() for version in self.versions],
        }


def verify_seal(
    seal: VisibleSeal | JsonSeal, *, trust: TrustStore, crls: Sequence[Crl] = (), policy: SealPolicy, on: date
) -> SealVerdict:
    """The verdict on a seal, judged on that day. Whatever is wrong with it is a check's result."""
    by = Judging(trust, (*trust.crls, *crls), policy, on)
    if isinstance(seal, VisibleSeal):
        return _verify_visible(seal, by)
    return _verify_json(seal, by)


def _verify_visible(seal: VisibleSeal, by: Judging) -> SealVerdict:
    header, found = seal.header, contents(seal.header, seal.features)
    zone = _zone(found.mrz, by.on)
    candidates = [each for each in by.trust.signers if is_named(each, header.signer, header.reference)]
    signer, signature, hash_name = visible_signature(seal, candidates)
    problems = "; ".join(found.problems)
    wrong = Check("seal_contents", Result.FAILED, Reason("not as defined: %(problems)s", problems=problems))
    if not problems:
        wrong = Check("seal_contents", *_defined(found.document, found.unknown))
    checks = (
        wrong,
        signature,
        *signer_checks(signer, by, header.signed_on),
        document_type(signer, zone),
        _zone_check(zone, found.mrz),
        _issuer(header.country, signer),
        _accepted(found.document, by.policy),
        *_algorithms(signer, hash_name, by.on),
    )
    return SealVerdict(
        VDS,
        found.document,
        header.country,
        header.issued_on,
        header.signed_on,
        found.features,
        zone,
        SignerName.of(signer) if signer else None,
        checks,
        _versions(signer, by),
        by.policy.weak_refused,
    )


def _verify_json(seal: JsonSeal, by: Judging) -> SealVerdict:
    hash_name = _ALGORITHMS.get(seal.algorithm)
    signer = seal.certificate
    if hash_name is None:
        unknown = Reason("signatures of the kind %(kind)s are not supported", kind=seal.algorithm)
        signature = Check("seal_signature", Result.NOT_SUPPORTED, unknown)
    else:
        signature = signature_check(seal.signed, seal.signature, signer, hash_name)
    checks = (
        signature,
        *signer_checks(signer, by, None),
        _issuer(seal.country, signer),
        _accepted(seal.kind, by.policy),
        *_algorithms(signer, hash_name, by.on),
    )
    features = tuple(Feature(name, value) for name, value in seal.message.items())
    return SealVerdict(
        VDS_NC,
        seal.kind,
        seal.country,
        None,
        None,
        features,
        None,
        SignerName.of(signer),
        checks,
        _versions(signer, by),
        by.policy.weak_refused,
    )


def _zone(text: str | None, on: date) -> Mrz | None:
    try:
        return parse_mrz(text, on=on) if text else None
    except UnreadableError:
        return None


def _zone_check(zone: Mrz | None, text: str | None) -> Check:
    if text is None:
        return Check("seal_zone", Result.NOT_SUPPORTED, Reason("the seal holds no machine readable zone"))
    if zone is None:
        return Check("seal_zone", Result.FAILED, Reason("the zone in the seal cannot be read"))
    if not zone.valid:
        wrong = ", ".join(name for name, right in zone.checks.items() if not right)
        return Check("seal_zone", Result.FAILED, Reason("wrong: %(elements)s", elements=wrong))
    return Check("seal_zone", Result.SUCCESSFUL, Reason("every check digit is right"))


def _issuer(country: str, signer: Certificate | None) -> Check:
    """Any state's CSCA could otherwise sign a seal for another. Who signs for a neighbour is for a person to judge."""
    if signer is None:
        return Check("issuer_state", Result.UNDETERMINED, Reason("the certificate of the signer is not known"))
    parts = {"state": country, "signers": signer.country or "-"}
    if signer.country in (country, certificate_code(country)):
        same = Reason("the seal is of %(state)s, the signer of %(signers)s", **parts)
        return Check("issuer_state", Result.SUCCESSFUL, same)
    other = Reason("the seal is of %(state)s, but the signer of %(signers)s", **parts)
    return Check("issuer_state", Result.UNDETERMINED, other)


def _defined(document: str | None, unknown: tuple[int, ...]) -> tuple[Result, Reason]:
    if document is None:
        return Result.UNDETERMINED, Reason("what seals of this kind hold is not known")
    if unknown:
        tags = ", ".join(f"0x{tag:02x}" for tag in unknown)
        return Result.SUCCESSFUL, Reason("as defined; features that are not known: %(tags)s", tags=tags)
    return Result.SUCCESSFUL, Reason("as defined")


def _accepted(document: str | None, policy: SealPolicy) -> Check:
    if document is None:
        return Check("seal_policy", Result.UNDETERMINED, Reason("what seals of this kind hold is not known"))
    if document in policy.accepted:
        return Check("seal_policy", Result.SUCCESSFUL, Reason("seals of the kind %(kind)s are accepted", kind=document))
    return Check("seal_policy", Result.FAILED, Reason("seals of the kind %(kind)s are not accepted", kind=document))


def _algorithms(signer: Certificate | None, hash_name: str | None, on: date) -> Iterable[Check]:
    try:
        uses = [Use("seal", hash_name or "", signer.key)] if signer is not None else []
    except (UnreadableError, UnsupportedKeyError):
        uses = []
    if not uses:
        return [Check("algorithm_policy", Result.UNDETERMINED, Reason("the certificate of the signer is not known"))]
    return [judge(uses, on)]


def _versions(signer: Certificate | None, by: Judging) -> tuple[Source, ...]:
    csca = issuing(signer, by.trust)[0] if signer is not None else None
    lists = status_of(signer, by.trust, by.crls, by.on).lists
    return (
        *by.trust.sources_of(csca),
        *(crl.source for crl in lists),
        algorithms_version(),
        by.policy.version,
    )
