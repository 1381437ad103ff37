"""What changed between two sets of CSCA certificates: each that came or went, by country, with the likely reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from gatehouse.documents.pki.certificates import Certificate
from gatehouse.kernel.results import Reason


@dataclass(frozen=True, slots=True)
class Change:
    """One certificate that was `added`, or else removed; `country` is "" where it names none."""

    country: str
    certificate: Certificate
    added: bool
    reason: Reason

    def as_dict(self) -> dict[str, Any]:
        certificate = self.certificate
        return {
            "country": self.country,
            "change": "added" if self.added else "removed",
            "subject": certificate.subject.text,
            "serial": certificate.serial_hex,
            "sha256": certificate.sha256,
            "reason": str(self.reason),
        }


def difference(older: Collection[Certificate], newer: Collection[Certificate], on: date) -> tuple[Change, ...]:
    """Removals and additions from `older` to `newer`, by country; `on` is the day a certificate counts as expired."""
    before, after = _Set(older), _Set(newer)
    changes = [*_removed(before, after, on), *_added(before, after)]
    return tuple(sorted(changes, key=lambda each: (each.country, each.added, each.certificate.subject.text)))


def by_country(changes: Collection[Change]) -> dict[str, dict[str, int]]:
    """How many were added and removed, by country."""
    added = Counter(each.country for each in changes if each.added)
    removed = Counter(each.country for each in changes if not each.added)
    countries = sorted({*added, *removed})
    return {country: {"added": added[country], "removed": removed[country]} for country in countries}


class _Set:
    """Certificates with what they are looked up by."""

    def __init__(self, certificates: Collection[Certificate]) -> None:
        self.certificates = {each.sha256: each for each in certificates}
        self.names = {each.subject.key for each in certificates}
        self.keys = {each.key_id for each in certificates if each.key_id is not None}
        self.countries = {each.country for each in certificates}


def _added(before: _Set, after: _Set) -> Iterator[Change]:
    for sha256, each in after.certificates.items():
        if sha256 not in before.certificates:
            yield Change(each.country or "", each, True, _why_added(each, before))


def _why_added(each: Certificate, before: _Set) -> Reason:
    if each.country not in before.countries:
        return Reason("the first of its country")
    if not each.is_self_issued:
        return Reason("a link certificate from %(issuer)s", issuer=each.issuer.text)
    if each.key_id in before.keys:
        return Reason("another certificate of a key that was listed")
    if each.subject.key in before.names:
        return Reason("a new key of an authority that was listed")
    return Reason("an authority that was not listed")


def _removed(before: _Set, after: _Set, on: date) -> Iterator[Change]:
    for sha256, each in before.certificates.items():
        if sha256 not in after.certificates:
            yield Change(each.country or "", each, False, _why_removed(each, after, on))


def _why_removed(each: Certificate, after: _Set, on: date) -> Reason:
    last = each.not_after.date()
    if last < on:
        return Reason("expired on %(day)s", day=str(last))
    if each.key_id in after.keys:
        return Reason("another certificate of its key is listed")
    if each.subject.key in after.names:
        return Reason("its authority has other keys; it would be valid until %(day)s", day=str(last))
    if each.country not in after.countries:
        return Reason("its country is no longer listed; it would be valid until %(day)s", day=str(last))
    return Reason("its authority is no longer listed; it would be valid until %(day)s", day=str(last))
