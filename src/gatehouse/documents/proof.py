"""Who signed EF.SOD, and which trusted CSCA stands behind: the two signatures that passive authentication rests on."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gatehouse.documents.lds.sod import DocumentSecurityObject
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.chains import issuer_among
from gatehouse.documents.pki.defects import CERT_REPLACED, KnownDefect
from gatehouse.documents.pki.keys import UnsupportedKeyError
from gatehouse.documents.pki.signed_data import Signer
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Check, Reason, Result

#: Extended key usages of the same authorities for other signed objects begin so: master and deviation lists, seals.
_OTHER_PURPOSES = "2.23.136.1.1."


@dataclass(frozen=True)
class Proof:
    """One signer of EF.SOD with its certificate, the CSCA that issued that, and what was found of both signatures."""

    signer: Signer
    dsc: Certificate | None
    csca: Certificate | None
    signature: Check
    chain: Check

    @property
    def is_complete(self) -> bool:
        return self.signature.result is Result.SUCCESSFUL and self.chain.result is Result.SUCCESSFUL


def prove(sod: DocumentSecurityObject, trust: TrustStore) -> Proof:
    """What the first signer that proves the document shows, else the first one: all sign the same content."""
    proofs = []
    for proof in _proofs(sod, trust):
        if proof.is_complete:
            return proof
        proofs.append(proof)
    return proofs[0]


def _proofs(sod: DocumentSecurityObject, trust: TrustStore) -> Iterator[Proof]:
    for signer in sod.signed.signers:
        candidates = sod.signed.certificates_of(signer)
        replaced = list(_replaced(sod, signer, candidates, trust))
        yield from replaced
        if not candidates and not replaced:
            yield _unproved(signer)
        for dsc in candidates:
            begun = time.perf_counter_ns()
            result, reason = sod.signed.verify(signer, dsc)
            if result is Result.SUCCESSFUL:
                reason = _signed_by(sod, signer, dsc)
            verified = time.perf_counter_ns()
            csca, chain = _dsc_chain(dsc, sod.signed.certificates, trust)
            chained = time.perf_counter_ns()
            signature = Check("sod_signature", result, reason).taking((verified - begun) / 1e6)
            yield Proof(signer, dsc, csca, signature, chain.taking((chained - verified) / 1e6))


def _replaced(
    sod: DocumentSecurityObject, signer: Signer, candidates: Sequence[Certificate], trust: TrustStore
) -> Iterator[Proof]:
    """By the certificate that a defect list gives in place of a malformed one: the list itself vouches for it."""
    for listed in trust.defects:
        for entry in listed.defects:
            if not entry.signer.is_named_by(signer) and not any(map(entry.signer.is_of, candidates)):
                continue
            for known in entry.known:
                if (dsc := _replacement(known)) is None:
                    continue
                result, reason = sod.signed.verify(signer, dsc)
                parts = {
                    "list": listed.source.name,
                    "day": str(listed.source.issued or "-"),
                    "signer": dsc.subject.text,
                }
                given = Reason(
                    "the defect list %(list)s of %(day)s gives the certificate of %(signer)s for a malformed one",
                    **parts,
                )
                chain = Check("dsc_chain", Result.SUCCESSFUL, given)
                yield Proof(signer, dsc, None, Check("sod_signature", result, reason), chain)


def _replacement(known: KnownDefect) -> Certificate | None:
    try:
        return Certificate.read(known.replacement) if known.kind == CERT_REPLACED else None
    except UnreadableError:
        return None


def _unproved(signer: Signer) -> Proof:
    missing = Reason("EF.SOD holds no certificate of its signer: %(signer)s", signer=signer.name)
    return Proof(
        signer,
        None,
        None,
        Check("sod_signature", Result.UNDETERMINED, missing),
        Check("dsc_chain", Result.UNDETERMINED, missing),
    )


def _signed_by(sod: DocumentSecurityObject, signer: Signer, dsc: Certificate) -> Reason:
    parts = {"signer": dsc.subject.text, "serial": dsc.serial_hex, "count": len(sod.signed.signers)}
    if not signer.is_named(dsc):
        return Reason(
            "signed by the certificate that EF.SOD holds, %(signer)s, though EF.SOD names it as %(named)s",
            signer=dsc.subject.text,
            named=signer.name,
        )
    if len(sod.signed.signers) > 1:
        return Reason("signed by %(signer)s, serial %(serial)s, one of %(count)d signers", **parts)
    return Reason("signed by %(signer)s, serial %(serial)s", **parts)


def _dsc_chain(
    dsc: Certificate, embedded: Sequence[Certificate], trust: TrustStore
) -> tuple[Certificate | None, Check]:
    """The certificate whose key signed the signer's. All CSCAs of one name are tried: states rekey under it."""
    if not may_sign(dsc):
        reason = Reason("%(signer)s is certified to sign something other than documents", signer=dsc.subject.text)
        return None, Check("dsc_chain", Result.FAILED, reason)
    named = trust.named(dsc)
    try:
        csca = issuer_among(dsc, (*named, *trust.with_key_id(dsc), *_embedded_links(embedded, trust)))
    except UnsupportedKeyError as error:
        return None, Check("dsc_chain", Result.NOT_SUPPORTED, error.reason)
    if csca is not None:
        return csca, Check("dsc_chain", Result.SUCCESSFUL, _issued_by(csca))
    return None, Check("dsc_chain", *_no_issuer(dsc, len(named)))


def may_sign(dsc: Certificate) -> bool:
    """Whether it was not certified to sign something other than documents."""
    return not any(purpose.startswith(_OTHER_PURPOSES) for purpose in dsc.purposes)


def _embedded_links(embedded: Sequence[Certificate], trust: TrustStore) -> list[Certificate]:
    """Link certificates that EF.SOD brings along: the new key of a trusted CSCA under its own name, by its old key.

    Under other names a state could make the CSCA of another, and a document signer others that no list revokes.
    """
    return [each for each in embedded if each.is_ca and each.is_self_issued and _is_trusted(each, trust)]


def _is_trusted(certificate: Certificate, trust: TrustStore) -> bool:
    try:
        return issuer_among(certificate, trust.named(certificate)) is not None
    except UnsupportedKeyError:
        return False


def _issued_by(csca: Certificate) -> Reason:
    parts = {"csca": csca.subject.text, "serial": csca.serial_hex}
    if csca.is_self_issued:
        return Reason("issued by the CSCA %(csca)s, serial %(serial)s", **parts)
    return Reason(
        "issued by the CSCA %(csca)s, link certificate with serial %(serial)s from %(issuer)s",
        issuer=csca.issuer.text,
        **parts,
    )


def _no_issuer(dsc: Certificate, named: int) -> tuple[Result, Reason]:
    issuer = dsc.issuer.text
    if not named:
        return Result.UNDETERMINED, Reason("no CSCA named %(issuer)s is trusted", issuer=issuer)
    parts = {"count": named, "issuer": issuer}
    return Result.FAILED, Reason("of %(count)d trusted CSCAs named %(issuer)s none issued the signer", **parts)
