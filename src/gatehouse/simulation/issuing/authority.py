"""A made-up state's certificate authority: two generations of CSCA, the link between them, signers, revocations."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from random import Random

from gatehouse.simulation.issuing.certificates import MASTER_LIST_SIGNING, Certified, certify, named, revocation_list
from gatehouse.simulation.issuing.keys import KeyKind, SigningKey

_KINDS = tuple(KeyKind)
#: Years for which one document signer signs; in this time a real state uses many.
_PERIOD = 3
_YEAR = timedelta(days=366)
_DOCUMENT_LIFE = 10 * _YEAR


class Authority:
    """Keys are random and made when they are first needed; serial numbers and kinds follow from the seed.

    The older CSCA signs for documents issued up to five years before `on`, its successor of the same name for later
    ones; a link certificate says with the older key that the newer one is genuine (9303-12 clause 4.1.5).
    """

    def __init__(self, country: str, *, seed: str, on: date, common_name: str = "Simulated CSCA") -> None:
        self.country, self.on = country, on
        self._name = named(country, common_name)
        self._rng = Random(f"authority {seed}")  # noqa: S311  no secret comes from it
        self._first_kind = self._rng.randrange(len(_KINDS))
        self._signers: dict[int, Certified] = {}
        self.rekeyed = date(on.year - 5, 1, 1)

    @cached_property
    def older(self) -> Certified:
        first = date(self.on.year - 15, 1, 1)
        return self._authority(KeyKind.BRAINPOOL_EXPLICIT, first, self.rekeyed + 2 * _DOCUMENT_LIFE)

    @cached_property
    def newer(self) -> Certified:
        return self._authority(KeyKind.P256, self.rekeyed, self.on + 2 * _DOCUMENT_LIFE)

    @cached_property
    def link(self) -> Certified:
        last = self.rekeyed + 2 * _DOCUMENT_LIFE
        return self._certify(self.newer.key, self.rekeyed, last, issuer=self.older, authority=True)

    @cached_property
    def revoked_signer(self) -> Certified:
        """A document signer whose key was lost: it is on the revocation list."""
        return self._signer("Lost Document Signer", KeyKind.P256, self.rekeyed)

    @cached_property
    def lapsed_signer(self) -> Certified:
        """A document signer whose validity ended years ago, and that signed on regardless."""
        return self._signer("Lapsed Document Signer", KeyKind.RSA, self.rekeyed, last=self.rekeyed + _YEAR)

    @cached_property
    def list_signer(self) -> Certified:
        """A master list signer (9303-12 clause 7.1.4)."""
        return certify(
            named(self.country, "Simulated Master List Signer"),
            SigningKey.new(KeyKind.P256),
            serial=self._serial(),
            first=self.on - _YEAR,
            last=self.on + _YEAR,
            issuer=self.newer,
            purposes=[MASTER_LIST_SIGNING],
        )

    def signer(self, issued: date) -> Certified:
        """The document signer in use on that day."""
        period = issued.year // _PERIOD * _PERIOD
        if period not in self._signers:
            kind = _KINDS[(self._first_kind + period // _PERIOD) % len(_KINDS)]
            self._signers[period] = self._signer(f"Simulated Document Signer {period}", kind, date(period, 1, 1))
        return self._signers[period]

    def revocation_list(self) -> bytes:
        """Made on `on`, for a month; signed by the newer CSCA."""
        revoked = {self.revoked_signer.serial: self.on - timedelta(days=30)}
        number = self.on.toordinal()
        following = self.on + timedelta(days=30)
        return revocation_list(self.newer, number=number, this=self.on, following=following, revoked=revoked)

    def _signer(self, common_name: str, kind: KeyKind, first: date, *, last: date | None = None) -> Certified:
        return certify(
            named(self.country, common_name),
            SigningKey.new(kind),
            serial=self._serial(),
            first=first,
            last=last or first + _PERIOD * _YEAR + _DOCUMENT_LIFE,
            issuer=self.newer if first >= self.rekeyed else self.older,
        )

    def _authority(self, kind: KeyKind, first: date, last: date) -> Certified:
        return self._certify(SigningKey.new(kind), first, last, issuer=None, authority=True)

    def _certify(
        self, key: SigningKey, first: date, last: date, *, issuer: Certified | None, authority: bool
    ) -> Certified:
        serial = self._serial()
        return certify(self._name, key, serial=serial, first=first, last=last, issuer=issuer, authority=authority)

    def _serial(self) -> int:
        return self._rng.getrandbits(63) | 1
