"""Who signed a seal: its certificate among those that are given, the signature, and whether the signer is trusted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from gatehouse.documents.mrz import Mrz
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.chains import issuer_among
from gatehouse.documents.pki.crl import Crl
from gatehouse.documents.pki.curves import known_curves
from gatehouse.documents.pki.keys import UnsupportedKeyError
from gatehouse.documents.pki.revocation import status_of
from gatehouse.documents.pki.signatures import ECDSA, Scheme, is_signed
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.documents.seals.policy import SealPolicy
from gatehouse.documents.seals.vds import VisibleSeal
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Check, Reason, Result

_SHA1_DIGITS = 40


def is_named(certificate: Certificate, signer: str, reference: str) -> bool:
    """By country and common name, and the serial number (clause 2.2.1), or the SHA-1 digest (BSI TR-03171)."""
    if len(reference) == _SHA1_DIGITS:
        return hashlib.sha1(certificate.der).hexdigest().upper() == reference.upper()  # noqa: S324 (a reference only)
    named = f"{certificate.subject.country or ''}{certificate.subject.common or ''}".upper()
    try:
        return named == signer.upper() and certificate.serial == int(reference, 16)
    except ValueError:
        return False


def visible_signature(
    seal: VisibleSeal, candidates: Iterable[Certificate]
) -> tuple[Certificate | None, Check, str | None]:
    """By the first certificate that made it, else by the first of that name."""
    signer, check, hash_name = None, None, None
    for each in candidates:
        hashed = _hash_for(each)
        found = signature_check(seal.signed, seal.signature, each, hashed)
        if check is None or found.result is Result.SUCCESSFUL:
            signer, check, hash_name = each, found, hashed
        if found.result is Result.SUCCESSFUL:
            break
    if check is None:
        name = {"signer": seal.header.signer, "reference": seal.header.reference}
        missing = Reason("no certificate of the signer %(signer)s with the reference %(reference)s is given", **name)
        return None, Check("seal_signature", Result.UNDETERMINED, missing), None
    return signer, check, hash_name


def _hash_for(certificate: Certificate) -> str:
    """By the bit length of the order of the curve (clause 2.4)."""
    try:
        curve = known_curves().get(certificate.key.kind.lower())
    except (UnreadableError, UnsupportedKeyError):
        return "sha256"
    bits = curve.n.bit_length() if curve else 0
    return next((f"sha{size}" for size in (224, 256, 384) if bits <= size), "sha512")


def signature_check(signed: bytes, signature: bytes, signer: Certificate, hash_name: str) -> Check:
    half = len(signature) // 2
    if not signature or len(signature) % 2:
        return Check("seal_signature", Result.FAILED, Reason("the signature is not a pair of numbers of one length"))
    r, s = (int.from_bytes(each, "big") for each in (signature[:half], signature[half:]))
    name = signer.subject.text
    try:
        good = is_signed(signed, encode_dss_signature(r, s), Scheme(ECDSA, hash_name), signer.key)
    except UnsupportedKeyError as error:
        return Check("seal_signature", Result.NOT_SUPPORTED, error.reason)
    except UnreadableError as error:
        return Check("seal_signature", Result.FAILED, error.reason)
    if good:
        return Check("seal_signature", Result.SUCCESSFUL, Reason("the signature is by %(signer)s", signer=name))
    return Check(
        "seal_signature", Result.FAILED, Reason("the signature does not match the key of %(signer)s", signer=name)
    )


@dataclass(frozen=True, slots=True)
class Judging:
    """By what, and on which day, a seal is judged."""

    trust: TrustStore
    crls: Sequence[Crl]
    policy: SealPolicy
    on: date


def signer_checks(signer: Certificate | None, by: Judging, signed_on: date | None) -> tuple[Check, ...]:
    """Whether a CSCA issued the certificate, and whether it was valid, for seals, and not revoked."""
    revocation = status_of(signer, by.trust, by.crls, by.on)
    revoked = Check("signer_revocation", revocation.result, revocation.reason)
    if signer is None:
        missing = Reason("the certificate of the signer is not known")
        ids = ("signer_chain", "signer_validity", "signer_purpose")
        return (*(Check(each, Result.UNDETERMINED, missing) for each in ids), revoked)
    _, chain = issuing(signer, by.trust)
    return (chain, _validity(signer, signed_on, by.on), _purpose(signer, by.policy), revoked)


def issuing(signer: Certificate, trust: TrustStore) -> tuple[Certificate | None, Check]:
    named = trust.named(signer)
    try:
        csca = issuer_among(signer, (*named, *trust.with_key_id(signer)))
    except UnsupportedKeyError as error:
        return None, Check("signer_chain", Result.NOT_SUPPORTED, error.reason)
    issuer = signer.issuer.text
    if csca is not None:
        parts = {"csca": csca.subject.text, "serial": csca.serial_hex}
        reason = Reason("issued by the CSCA %(csca)s, serial %(serial)s", **parts)
        return csca, Check("signer_chain", Result.SUCCESSFUL, reason)
    if not named:
        missing = Reason("no CSCA named %(issuer)s is trusted", issuer=issuer)
        return None, Check("signer_chain", Result.UNDETERMINED, missing)
    wrong = Reason(
        "of %(count)d trusted CSCAs named %(issuer)s none issued the signer", count=len(named), issuer=issuer
    )
    return None, Check("signer_chain", Result.FAILED, wrong)


def _validity(signer: Certificate, signed_on: date | None, on: date) -> Check:
    """A certificate is valid for as long as its documents are (Doc 9303-12 clause 4.1.3.1)."""
    first, last = signer.not_before.date(), signer.not_after.date()
    parts = {"first": str(first), "last": str(last), "on": str(on), "signed": str(signed_on)}
    if signed_on is not None and not first <= signed_on <= last:
        reason = Reason("valid from %(first)s to %(last)s, but signed on %(signed)s", **parts)
        return Check("signer_validity", Result.FAILED, reason)
    if first <= on <= last:
        return Check("signer_validity", Result.SUCCESSFUL, Reason("valid from %(first)s to %(last)s", **parts))
    return Check("signer_validity", Result.FAILED, Reason("valid from %(first)s to %(last)s, not on %(on)s", **parts))


def _purpose(signer: Certificate, policy: SealPolicy) -> Check:
    if signer.is_ca or (signer.purposes and signer.purposes.isdisjoint(policy.purposes)):
        reason = Reason("%(signer)s is certified for something other than seals", signer=signer.subject.text)
        return Check("signer_purpose", Result.FAILED, reason)
    if signer.purposes:
        return Check("signer_purpose", Result.SUCCESSFUL, Reason("certified to sign seals"))
    return Check("signer_purpose", Result.UNDETERMINED, Reason("what it is certified to sign is not said"))


def document_type(signer: Certificate | None, zone: Mrz | None) -> Check:
    if signer is None or signer.document_types is None or zone is None:
        reason = Reason("which documents the signer may seal is not said")
        return Check("document_type", Result.UNDETERMINED, reason)
    types, code = ", ".join(sorted(signer.document_types)), zone.document_code
    parts = {"code": code, "types": types}
    if any(code.startswith(each.rstrip("<")) for each in signer.document_types):
        return Check("document_type", Result.SUCCESSFUL, Reason("%(code)s is among %(types)s", **parts))
    return Check("document_type", Result.FAILED, Reason("%(code)s is not among %(types)s", **parts))
