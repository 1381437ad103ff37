"""Whether a signer is revoked (Doc 9303-12 clause 7.2, RFC 5280 clause 6.3): what the lists of its issuer say of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.crl import ON_HOLD, REMOVED, Crl, Revoked
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.kernel.results import Reason, Result


@dataclass(frozen=True, slots=True)
class Status:
    """What was found of one certificate, and the lists that were rightly signed by its issuer."""

    result: Result
    reason: Reason
    lists: tuple[Crl, ...] = ()


def status_of(certificate: Certificate | None, trust: TrustStore, crls: Sequence[Crl], on: date) -> Status:
    """Of all lists of the certificate's issuer that are rightly signed: one that names it decides, whatever its date.

    A list of changes is used only beside a whole list that it amends; it may lift what that one has on hold, and
    nothing else.
    """
    if not crls or certificate is None:
        known = Reason("the certificate of the signer is not known")
        return Status(Result.UNDETERMINED, known if crls else Reason("no revocation list was given"))
    of_issuer = [crl for crl in crls if crl.issuer.key == certificate.issuer.key]
    signed = [crl for crl in of_issuer if crl.is_signed_by(trust.of_name(crl.issuer.key))]
    whole = [crl for crl in signed if crl.base_number is None]
    changes = [crl for crl in signed if any(crl.amends(base) for base in whole)]
    if not whole:
        return Status(Result.UNDETERMINED, _no_list(certificate, len(of_issuer), len(signed)))
    used = (*whole, *changes)
    revoked = _revoked(certificate.serial, whole, changes)
    if revoked is not None:
        return Status(Result.FAILED, revoked.reason, used)
    newest = max(used, key=lambda crl: crl.this_update)
    return Status(*_not_listed(newest, on), used)


def _revoked(serial: int, whole: Iterable[Crl], changes: Sequence[Crl]) -> Revoked | None:
    found = [crl.entries[serial] for crl in (*whole, *changes) if serial in crl.entries]
    standing = [entry for entry in found if entry.code != REMOVED]
    lifted = any(entry.code == REMOVED for crl in changes if (entry := crl.entries.get(serial)))
    if lifted:
        standing = [entry for entry in standing if entry.code != ON_HOLD]
    return min(standing, key=lambda entry: entry.day, default=None)


def _no_list(certificate: Certificate, of_issuer: int, signed: int) -> Reason:
    issuer = certificate.issuer.text
    if signed:
        return Reason("of %(issuer)s only changes are given, not the revocation list that they amend", issuer=issuer)
    if of_issuer:
        return Reason("no revocation list of %(issuer)s is signed by a trusted CSCA of that name", issuer=issuer)
    return Reason("no revocation list is of %(issuer)s", issuer=issuer)


def _not_listed(crl: Crl, on: date) -> tuple[Result, Reason]:
    following = str(crl.next_update.date()) if crl.next_update else "-"
    parts = {"day": str(crl.this_update.date()), "next": following, "on": str(on)}
    if crl.is_current(on):
        return Result.SUCCESSFUL, Reason("not on the revocation list of %(day)s", **parts)
    if crl.this_update.date() > on:
        return Result.UNDETERMINED, Reason("the revocation list of %(day)s is not valid yet on %(on)s", **parts)
    return Result.UNDETERMINED, Reason(
        "not on the revocation list of %(day)s, which is not current on %(on)s (next update: %(next)s)", **parts
    )
