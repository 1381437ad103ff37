"""A made-up state's authority, verifiers and terminals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cryptography.hazmat.primitives.asymmetric import ec, rsa

from gatehouse.documents.chip.cv_certificates import Authorization, CvCertificate, CvPublicKey, PrivateKey, Role, issue
from gatehouse.documents.pki.signatures import ECDSA

TA = "0.4.0.127.0.7.2.2.2"
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


@dataclass(frozen=True)
class Holder:
    certificate: CvCertificate
    key: PrivateKey


def key_for(oid: str) -> PrivateKey:
    if oid.startswith(f"{TA}.1."):
        return rsa.generate_private_key(65537, 2048)
    return ec.generate_private_key(ec.BrainpoolP256R1())


def holder(
    name: str,
    role: Role,
    *,
    by: Holder | None = None,
    oid: str = f"{TA}.2.3",
    rights: int = 0b11,
    effective: date = FIRST,
    expires: date = LAST,
    signer: PrivateKey | None = None,
) -> Holder:
    """Issued by itself where no issuer is given; signed by `signer` where that is not the issuer's own key."""
    key = key_for(oid)
    public = CvPublicKey.of(key, oid)
    certificate = issue(
        name,
        public,
        authority=by.certificate.holder if by else name,
        signer=signer or (by.key if by else key),
        scheme=by.certificate.key.scheme if by else public.scheme,
        authorization=Authorization(role, rights),
        effective=effective,
        expires=expires,
    )
    return Holder(certificate, key)


def is_elliptic(certificate: CvCertificate) -> bool:
    return certificate.key.scheme.kind == ECDSA
