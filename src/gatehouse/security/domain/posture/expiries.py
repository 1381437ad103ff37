"""What runs out: licences of equipment and software, subscriptions to signatures, certificates."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from cryptography import x509

from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Reason
from gatehouse.security.domain.posture.findings import Finding, Kind

KINDS = ("licence", "signature", "support", "certificate")
#: How long before the end it is warned of, and how loudly.
WARNINGS = ((timedelta(days=7), "high"), (timedelta(days=30), "medium"), (timedelta(days=90), "low"))
_LAST = datetime.max.replace(tzinfo=UTC)
_COLUMNS = {"kind", "name", "valid_until"}


@dataclass(frozen=True, slots=True)
class Term:
    """`until` is the first moment at which it is no longer valid."""

    kind: str
    name: str
    until: datetime
    evidence: str


def read_terms(content: bytes, name: str) -> list[Term]:
    """From CSV in UTF-8: kind, name, valid_until (the last day, ends in UTC), evidence. Raises `UnreadableError`."""
    try:
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    except (UnicodeDecodeError, csv.Error) as error:
        raise UnreadableError("%(name)s is no CSV in UTF-8", name=name) from error
    if not rows or not rows[0].keys() >= _COLUMNS:
        raise UnreadableError("%(name)s has no rows with kind, name and valid_until", name=name)
    return [_term(row, name, line) for line, row in enumerate(rows, 2)]


def _term(row: dict[str, str | None], file: str, line: int) -> Term:
    kind, name = (row["kind"] or "").strip(), (row["name"] or "").strip()
    if kind not in KINDS or not name:
        raise UnreadableError(
            "%(name)s, row %(row)d: a row has a name and one of the kinds %(kinds)s",
            name=file,
            row=line,
            kinds=", ".join(KINDS),
        )
    try:
        last = date.fromisoformat((row["valid_until"] or "").strip())
        until = _after(datetime(last.year, last.month, last.day, tzinfo=UTC), timedelta(days=1))
    except ValueError as error:
        raise UnreadableError("%(name)s, row %(row)d: valid_until is no date", name=file, row=line) from error
    return Term(kind, name, until, (row.get("evidence") or "").strip() or file)


def read_certificates(content: bytes, name: str) -> list[Term]:
    """The certificates of a file in PEM (one or several) or DER. Raises `UnreadableError`."""
    try:
        if b"-----BEGIN" in content:
            found = x509.load_pem_x509_certificates(content)
        else:
            found = [x509.load_der_x509_certificate(content)]
        return [Term("certificate", each.subject.rfc4514_string(), _end(each), name) for each in found]
    except ValueError as error:
        raise UnreadableError("%(name)s is no certificate in PEM or DER", name=name) from error


def _end(certificate: x509.Certificate) -> datetime:
    """Its last second is still valid (RFC 5280, 4.1.2.5)."""
    return _after(certificate.not_valid_after_utc, timedelta(seconds=1))


def _after(moment: datetime, by: timedelta) -> datetime:
    """The last day of 9999 is how licences and certificates (RFC 5280, 4.1.2.5) say that they have no end."""
    return moment + by if moment < _LAST - by else _LAST


def check_terms(terms: Iterable[Term], now: datetime) -> list[Finding]:
    """What has run out, and what will within 90, 30 and 7 days, the worst first."""
    return sorted((found for each in terms if (found := _check(each, now))), key=lambda each: each.rank)


def _check(term: Term, now: datetime) -> Finding | None:
    left = term.until - now
    if left <= timedelta(0):
        evidence = Reason(
            "%(kind)s ran out %(days)d days ago (%(source)s)",
            kind=term.kind,
            days=-left // timedelta(days=1),
            source=term.evidence,
        )
        return Finding(
            Kind.EXPIRY,
            "critical",
            term.name,
            (),
            evidence,
            Reason("renew it, or take out of service what rests on it"),
            term.until,
        )
    level = next((level for within, level in WARNINGS if left <= within), None)
    if level is None:
        return None
    evidence = Reason(
        "%(kind)s runs out in %(days)d days (%(source)s)", kind=term.kind, days=left.days, source=term.evidence
    )
    return Finding(Kind.EXPIRY, level, term.name, (), evidence, Reason("renew it in time"))
