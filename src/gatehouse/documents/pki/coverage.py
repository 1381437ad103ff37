"""Whose documents can be proved with what is trusted: by country, what there is, what expires and what is weak."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.keys import UnsupportedKeyError
from gatehouse.documents.pki.policy import Use, weaknesses
from gatehouse.documents.pki.sources import Source
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.kernel.errors import UnreadableError

#: A month is as long as the longest: a warning rather comes a day too early.
_MONTH = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Authority:
    """One CSCA certificate: when its validity ends, what is weak about it, and which lists hold it."""

    certificate: Certificate
    expired: bool
    expiring: bool
    weak: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Country:
    """A country by the code of its certificates, "" for those that name none."""

    code: str
    authorities: tuple[Authority, ...]

    @property
    def links(self) -> int:
        """Link certificates among them."""
        return sum(not each.certificate.is_self_issued for each in self.authorities)

    @property
    def expired(self) -> int:
        return sum(each.expired for each in self.authorities)

    @property
    def expiring(self) -> int:
        return sum(each.expiring for each in self.authorities)

    @property
    def weak(self) -> tuple[str, ...]:
        """What is weak in certificates that have not expired."""
        return tuple(sorted({name for each in self.authorities if not each.expired for name in each.weak}))

    @property
    def last_list(self) -> Source | None:
        """The newest of the sources that hold one of them; None where none says its date."""
        dated = {each for authority in self.authorities for each in authority.sources if each.issued}
        return max(dated, key=lambda each: (each.issued or date.min, each.name), default=None)

    @property
    def valid_until(self) -> date:
        """The last day of the certificate that is valid longest."""
        return max(each.certificate.not_after.date() for each in self.authorities)

    def as_dict(self) -> dict[str, Any]:
        last = self.last_list
        return {
            "country": self.code,
            "certificates": len(self.authorities),
            "links": self.links,
            "expired": self.expired,
            "expiring": self.expiring,
            "weak": list(self.weak),
            "valid_until": self.valid_until.isoformat(),
            "last_list": last.as_dict() if last else None,
        }


def coverage(trust: TrustStore, *, on: date, months: int = 6) -> tuple[Country, ...]:
    """Every country with a CSCA in the store, by code; expiring: valid `on` that day, but not `months` later."""
    found: defaultdict[str, list[Authority]] = defaultdict(list)
    for certificate in trust.certificates:
        found[certificate.country or ""].append(_authority(certificate, trust, on, on + months * _MONTH))
    return tuple(Country(code, tuple(_sorted(each))) for code, each in sorted(found.items()))


def _sorted(authorities: Iterable[Authority]) -> list[Authority]:
    return sorted(authorities, key=lambda each: each.certificate.not_after, reverse=True)


def _authority(certificate: Certificate, trust: TrustStore, on: date, until: date) -> Authority:
    last = certificate.not_after.date()
    return Authority(
        certificate,
        expired=last < on,
        expiring=on <= last < until,
        weak=tuple(_weak(certificate, on)),
        sources=trust.sources_of(certificate),
    )


def _weak(certificate: Certificate, on: date) -> list[str]:
    """Of the key, and of the hash where anything rests on it: a root's own signature proves nothing."""
    try:
        hash_name = "" if certificate.is_self_issued else certificate.scheme.hash_name
    except (UnreadableError, UnsupportedKeyError):
        hash_name = ""
    return weaknesses(Use("CSCA", hash_name, certificate.key), on)
