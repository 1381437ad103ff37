"""Chains of card verifiable certificates, as a chip checks them and a terminal chooses them (ICAO 9303-11 7.1.4.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from gatehouse.documents.chip.cv_certificates.authorization import Role
from gatehouse.documents.chip.cv_certificates.certificate import CvCertificate
from gatehouse.documents.chip.cv_certificates.keys import CvPublicKey
from gatehouse.documents.chip.errors import AuthenticationError

#: Link certificates, a verifier and a terminal.
_LONGEST = 8


def require_valid(certificate: CvCertificate, key: CvPublicKey, *, issuer: CvCertificate, today: date) -> None:
    """What a chip requires of a certificate that it is given: `key` is the issuer's with its curve, `today` the chip's.

    Raises `AuthenticationError` where its issuer may not issue it, its signature is wrong, or it has expired; an
    expired link certificate is taken all the same, since it is the only way to the next trust point.
    """
    if certificate.authority != issuer.holder:
        raise AuthenticationError("the certificate names another authority than %(issuer)s", issuer=issuer.holder)
    if not _may_issue(issuer, certificate):
        raise AuthenticationError("%(issuer)s may not issue such a certificate", issuer=issuer.holder)
    if not key.verifies(certificate.body, certificate.signature):
        raise AuthenticationError("the signature of the certificate of %(holder)s is wrong", holder=certificate.holder)
    if certificate.authorization.role is not Role.AUTHORITY and certificate.expires < today:
        raise AuthenticationError(
            "the certificate of %(holder)s expired on %(day)s", holder=certificate.holder, day=str(certificate.expires)
        )


def _may_issue(issuer: CvCertificate, certificate: CvCertificate) -> bool:
    """An authority its successor and verifiers, a verifier terminals, all for one type of terminal."""
    by, given = issuer.authorization, certificate.authorization
    if by.terminal_type != given.terminal_type:
        return False
    if by.role is Role.AUTHORITY:
        return given.role is not Role.TERMINAL
    return by.role.is_verifier and given.role is Role.TERMINAL


def advanced(today: date, certificate: CvCertificate, *, issuer: CvCertificate) -> date:
    """The chip's date after it accepted a certificate: no terminal's of a foreign verifier moves it."""
    by = issuer.authorization.role
    accurate = certificate.authorization.role is not Role.TERMINAL or by is Role.DOMESTIC_VERIFIER
    return max(today, certificate.effective) if accurate else today


def effective_rights(chain: Iterable[CvCertificate]) -> int:
    """What every certificate from the trust point to the terminal allows."""
    rights = -1
    for certificate in chain:
        rights &= certificate.authorization.rights
    return max(rights, 0)


def chain_from(authority: str, held: Sequence[CvCertificate]) -> tuple[CvCertificate, ...]:
    """The certificates to send to a chip that trusts `authority`, down to a terminal's; empty where none leads there.

    Of several terminals the one whose certificate is valid longest is taken.
    """
    paths = list(_paths(authority, held, ()))
    return max(paths, key=lambda path: path[-1].expires, default=())


def _paths(
    authority: str, held: Sequence[CvCertificate], so_far: tuple[CvCertificate, ...]
) -> Iterable[tuple[CvCertificate, ...]]:
    if len(so_far) >= _LONGEST:
        return
    for each in held:
        if each.authority != authority or each.is_self_signed or each in so_far:
            continue
        if each.authorization.role is Role.TERMINAL:
            yield (*so_far, each)
        else:
            yield from _paths(each.holder, held, (*so_far, each))
