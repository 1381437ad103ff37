"""Issuing card verifiable certificates: for a made-up nation's authorities, and for tests."""

from __future__ import annotations

from datetime import date

from gatehouse.documents.chip.cv_certificates import certificate as layout
from gatehouse.documents.chip.cv_certificates.authorization import Authorization, Role
from gatehouse.documents.chip.cv_certificates.certificate import CvCertificate
from gatehouse.documents.chip.cv_certificates.keys import CvPublicKey, PrivateKey, sign
from gatehouse.documents.pki.signatures import Scheme
from gatehouse.documents.tlv import compose


def issue(
    holder: str,
    key: CvPublicKey,
    *,
    authority: str,
    signer: PrivateKey,
    scheme: Scheme,
    authorization: Authorization,
    effective: date,
    expires: date,
) -> CvCertificate:
    """A certificate of `key`, signed by the authority's private key in the scheme of the authority's certificate."""
    body = compose(
        layout.BODY,
        compose(layout.PROFILE, b"\0"),
        compose(layout.AUTHORITY, authority.encode("latin-1")),
        key.encode(with_curve=authorization.role is Role.AUTHORITY),
        compose(layout.HOLDER, holder.encode("latin-1")),
        authorization.encode(),
        compose(layout.EFFECTIVE, _digits(effective)),
        compose(layout.EXPIRATION, _digits(expires)),
    )
    signature = compose(layout.SIGNATURE, sign(signer, scheme, body))
    return CvCertificate.read(compose(layout.CERTIFICATE, body, signature))


def _digits(day: date) -> bytes:
    return bytes(int(digit) for digit in f"{day:%y%m%d}")
