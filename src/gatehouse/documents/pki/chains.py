"""From a signer to a certificate that is trusted: which issuer's key made each signature on the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.keys import UnsupportedKeyError
from gatehouse.kernel.errors import UnreadableError

#: A signer, and at most three link certificates between it and what is trusted.
_LONGEST = 4


def is_issued_by(certificate: Certificate, issuer: Certificate) -> bool:
    """Whether `issuer` is a certificate authority whose key signed `certificate`.

    Raises `UnsupportedKeyError` where that cannot be computed.
    """
    try:
        return issuer.is_ca and certificate.is_signed_by(issuer)
    except UnreadableError:
        return False


def issuer_among(certificate: Certificate, candidates: Iterable[Certificate]) -> Certificate | None:
    """The first candidate that issued the certificate. A candidate that cannot be computed with stands back.

    Raises `UnsupportedKeyError` where none did and one could not be computed with.
    """
    unsupported: UnsupportedKeyError | None = None
    for candidate in candidates:
        try:
            if is_issued_by(certificate, candidate):
                return candidate
        except UnsupportedKeyError as error:
            unsupported = error
    if unsupported is not None:
        raise unsupported
    return None


def path_to_root(
    certificate: Certificate, root: Certificate, between: Sequence[Certificate]
) -> tuple[Certificate, ...] | None:
    """The certificates from `certificate` up to `root`, or None: by way of link certificates among `between`.

    Raises `UnsupportedKeyError` where the signature of the certificate itself cannot be computed.
    """
    return _path(certificate, root, between, (certificate,))


def _path(
    certificate: Certificate, root: Certificate, between: Sequence[Certificate], so_far: tuple[Certificate, ...]
) -> tuple[Certificate, ...] | None:
    if certificate == root:
        return so_far
    if is_issued_by(certificate, root):
        return (*so_far, root)
    if len(so_far) >= _LONGEST:
        return None
    for link in between:
        if link in so_far or link.subject.key != certificate.issuer.key or not is_issued_by(certificate, link):
            continue
        path = _path(link, root, between, (*so_far, link))
        if path is not None:
            return path
    return None
