"""Passive authentication (Doc 9303-11 clause 5.1): was the document's data signed by a state, and is it unchanged?"""

from __future__ import annotations

import hmac
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from gatehouse.documents.known import applied, known_of
from gatehouse.documents.lds.dg1 import Dg1
from gatehouse.documents.lds.dg1 import read as read_dg1
from gatehouse.documents.lds.dg12 import read as read_dg12
from gatehouse.documents.lds.sod import DocumentSecurityObject
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.crl import Crl
from gatehouse.documents.pki.keys import UnsupportedKeyError
from gatehouse.documents.pki.policy import Use, judge
from gatehouse.documents.pki.policy import version as policy_version
from gatehouse.documents.pki.revocation import status_of
from gatehouse.documents.pki.signatures import HASHES, digest
from gatehouse.documents.pki.signed_data import Signer
from gatehouse.documents.pki.states import certificate_code
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.documents.proof import Proof, prove
from gatehouse.documents.verdict import SignerName, Signing, Verdict
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Check, Reason, Result
from gatehouse.kernel.timing import timed


def authenticate(
    sod_bytes: bytes,
    *,
    data_groups: Mapping[int, bytes],
    trust: TrustStore,
    crls: Sequence[Crl] = (),
    on: date,
) -> Verdict:
    """The verdict on a document from EF.SOD and those data groups that were read, each as its raw bytes with its tag.

    The signer's validity is judged at the signing time it attests; where it attests none, a signer still valid `on`
    that day was valid before it too, and of one expired since it cannot be told. Raises `UnreadableError` for an EF.SOD
    that cannot be read; whatever else is wrong is a check's result.
    """
    sod = DocumentSecurityObject.read(sod_bytes)
    proof = prove(sod, trust)
    dsc, csca = proof.dsc, proof.csca
    known = known_of(trust, dsc, _zone(data_groups), _issued_on(data_groups))
    begun = time.perf_counter_ns()
    revocation = status_of(dsc, trust, (*trust.crls, *crls), on)
    looked_up = time.perf_counter_ns()
    dg_hash, changed = _dg_hash(sod, data_groups)
    hashed = time.perf_counter_ns()
    uses = tuple(_uses(sod, proof))
    found = (
        proof.signature,
        proof.chain,
        timed(lambda: _dsc_validity(proof, on)),
        Check("revocation", revocation.result, revocation.reason).taking((looked_up - begun) / 1e6),
        dg_hash.taking((hashed - looked_up) / 1e6),
        timed(lambda: _issuer_state(data_groups.get(1), dsc, csca, known.country)),
        timed(lambda: judge(uses, on)),
    )
    checks, excused = applied(found, known, changed)
    versions = (
        *trust.sources_of(csca),
        *(crl.source for crl in revocation.lists),
        *known.lists,
        policy_version(),
    )
    defects = tuple(defect for defect, _ in known.defects)
    signing = Signing.of(dsc, csca, uses) if dsc else None
    return Verdict(SignerName.of(dsc) if dsc else None, checks, versions, defects, excused, signing)


def _zone(data_groups: Mapping[int, bytes]) -> Dg1 | None:
    try:
        return read_dg1(data_groups[1])
    except (KeyError, UnreadableError):
        return None


def _issued_on(data_groups: Mapping[int, bytes]) -> date | None:
    """The day of issue, where DG12 was read and gives a whole one."""
    try:
        return date.fromisoformat(read_dg12(data_groups[12]).issue_date or "")
    except (KeyError, ValueError, UnreadableError):
        return None


def _dsc_validity(proof: Proof, on: date) -> Check:
    dsc, signed = proof.dsc, proof.signer.signing_time
    if dsc is None:
        return Check("dsc_validity", Result.UNDETERMINED, Reason("the certificate of the signer is not known"))
    return Check("dsc_validity", *_validity(dsc.not_before.date(), dsc.not_after.date(), signed and signed.date(), on))


def _validity(first: date, last: date, signed: date | None, on: date) -> tuple[Result, Reason]:
    parts = {"first": str(first), "last": str(last), "signed": str(signed), "on": str(on)}
    now = first <= on <= last
    if signed is None and now:
        return Result.SUCCESSFUL, Reason("valid from %(first)s to %(last)s; when it signed is not said", **parts)
    if signed is None:
        return Result.UNDETERMINED, Reason(
            "valid from %(first)s to %(last)s, not on %(on)s; when it signed is not said", **parts
        )
    if not first <= signed <= last:
        return Result.FAILED, Reason("valid from %(first)s to %(last)s, but signed on %(signed)s", **parts)
    if now:
        return Result.SUCCESSFUL, Reason("valid at signing on %(signed)s, and on %(on)s", **parts)
    return Result.SUCCESSFUL, Reason(
        "valid at signing on %(signed)s; not on %(on)s: valid from %(first)s to %(last)s", **parts
    )


def _dg_hash(sod: DocumentSecurityObject, data_groups: Mapping[int, bytes]) -> tuple[Check, Sequence[int]]:
    """Over the raw bytes as read, with the numbers of those that changed where that is all that is wrong.

    A data group that EF.SOD does not list is not covered by the signature: failed.
    """
    if not data_groups:
        return Check("dg_hash", Result.UNDETERMINED, Reason("no data group was given")), ()
    if sod.hash_name not in HASHES:
        reason = Reason("the hash %(hash)s is not supported", hash=sod.hash_name)
        return Check("dg_hash", Result.NOT_SUPPORTED, reason), ()
    unlisted = [number for number in data_groups if number not in sod.hashes]
    changed = [
        number
        for number, data in data_groups.items()
        if number in sod.hashes and not hmac.compare_digest(digest(sod.hash_name, data), sod.hashes[number])
    ]
    return Check("dg_hash", *_hash_finding(data_groups, changed, unlisted)), () if unlisted else changed


def _hash_finding(given: Mapping[int, bytes], changed: list[int], unlisted: list[int]) -> tuple[Result, Reason]:
    parts = {"changed": _groups(changed), "unlisted": _groups(unlisted), "given": _groups(given)}
    if changed and unlisted:
        reason = Reason("changed: %(changed)s; not listed in EF.SOD, so not signed: %(unlisted)s", **parts)
        return Result.FAILED, reason
    if changed:
        return Result.FAILED, Reason("changed: %(changed)s", **parts)
    if unlisted:
        return Result.FAILED, Reason("not listed in EF.SOD, so not signed: %(unlisted)s", **parts)
    return Result.SUCCESSFUL, Reason("unchanged: %(given)s", **parts)


def _groups(numbers: Mapping[int, bytes] | list[int]) -> str:
    return ", ".join(f"DG{number}" for number in sorted(numbers))


def _issuer_state(dg1: bytes | None, dsc: Certificate | None, csca: Certificate | None, corrected: str | None) -> Check:
    """Whether the state in the MRZ is the signer's: any CSCA could otherwise sign for another state.

    `corrected` is the country that a defect list gives in place of that of the signer's certificate.
    """
    if dg1 is None:
        return Check("issuer_state", Result.UNDETERMINED, Reason("DG1 was not given"))
    try:
        state = read_dg1(dg1).mrz[2:5].rstrip("<")
    except UnreadableError as error:
        return Check("issuer_state", Result.UNDETERMINED, error.reason)
    signers = {each.country for each in (dsc, csca) if each is not None and each.country}
    if corrected is not None:
        signers = {corrected, *({csca.country} if csca and csca.country else ())}
    return Check("issuer_state", *_state_finding(state, signers))


def _state_finding(state: str, signers: set[str]) -> tuple[Result, Reason]:
    expected = certificate_code(state)
    parts = {"state": state, "signers": ", ".join(sorted(signers))}
    if not signers:
        return Result.UNDETERMINED, Reason("the MRZ is of %(state)s; the certificates name no country", **parts)
    if signers <= {expected, state}:
        return Result.SUCCESSFUL, Reason("the MRZ is of %(state)s, the signer of %(signers)s", **parts)
    if expected is None:
        return Result.UNDETERMINED, Reason("the MRZ is of %(state)s, a state without a known country code", **parts)
    return Result.FAILED, Reason("the MRZ is of %(state)s, but the signer of %(signers)s", **parts)


def _uses(sod: DocumentSecurityObject, proof: Proof) -> Iterator[Use]:
    yield Use("data groups", sod.hash_name)
    yield from _use("SOD", proof.signer, proof.dsc)
    if proof.dsc is not None:
        yield from _use("DSC", proof.dsc, proof.csca)


def _use(part: str, signed: Signer | Certificate, by: Certificate | None) -> Iterator[Use]:
    """The hash of a signature and the key it was made with, where they can be read."""
    try:
        hash_name = signed.scheme.hash_name
        yield Use(part, hash_name, by.key if by is not None else None)
    except (UnreadableError, UnsupportedKeyError):
        return
