"""Who signed a list (master, defect or deviation list), and whether that signer chains to a pinned root."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.chains import path_to_root
from gatehouse.documents.pki.keys import UnsupportedKeyError
from gatehouse.documents.pki.signed_data import SignedData, Signer
from gatehouse.kernel.results import Check, Reason, Result


@dataclass(frozen=True, slots=True)
class ListKind:
    """What kind of list it is, and the extended key usage that its signer's certificate must have.

    A signer of documents must not issue lists. Where the `purpose` is only recommended, a certificate that names no
    purpose at all may sign too.
    """

    check: str
    purpose: str
    not_a_signer: Reason
    recommended: bool = False


def verify_signer(
    signed: SignedData, kind: ListKind, roots: Sequence[Certificate]
) -> tuple[Certificate | None, Certificate | None, Check]:
    """The list's signer and the root it chains to, each None where not found, and what was found of the signature."""
    signer = signed.signers[0]
    named = signed.certificates_of(signer, roots)
    if not named:
        reason = Reason("the list holds no certificate of its signer, %(signer)s", signer=signer.name)
        return None, None, Check(kind.check, Result.FAILED, reason)
    found, root = None, None
    for root in roots:
        found = _verified(signed, signer, named[0], kind, root)
        if found[0] is Result.SUCCESSFUL:
            return named[0], root, Check(kind.check, *found)
    if found is None:
        found = Result.UNDETERMINED, Reason("no root is pinned for the signers of lists")
    return named[0], None, Check(kind.check, *found)


def _verified(
    signed: SignedData, signer: Signer, certificate: Certificate, kind: ListKind, root: Certificate
) -> tuple[Result, Reason]:
    result, reason = signed.verify(signer, certificate)
    if result is not Result.SUCCESSFUL:
        return result, reason
    subject = certificate.subject.text
    if certificate != root and not _may_sign(certificate, kind):
        return Result.FAILED, Reason(kind.not_a_signer.text, signer=subject)
    try:
        path = path_to_root(certificate, root, signed.certificates)
    except UnsupportedKeyError as error:
        return Result.NOT_SUPPORTED, error.reason
    if path is None:
        parts = {"signer": subject, "root": root.subject.text, "serial": root.serial_hex}
        return Result.FAILED, Reason("%(signer)s does not chain to %(root)s, serial %(serial)s", **parts)
    return Result.SUCCESSFUL, Reason("%(signer)s chains to %(root)s", signer=subject, root=root.subject.text)


def _may_sign(certificate: Certificate, kind: ListKind) -> bool:
    if kind.purpose in certificate.purposes:
        return True
    return kind.recommended and not certificate.purposes and not certificate.is_ca
