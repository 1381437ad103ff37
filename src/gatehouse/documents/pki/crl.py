"""Revocation lists of CSCAs (Doc 9303-12 clause 7.2): which document signers are no longer to be trusted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from asn1crypto import core, crl

from gatehouse.documents.ber import Element, children, definite, element, encoded, number
from gatehouse.documents.pki.asn1 import moment, reading
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.keys import UnsupportedKeyError
from gatehouse.documents.pki.names import Name
from gatehouse.documents.pki.pem import pem_blocks
from gatehouse.documents.pki.signatures import is_signed, scheme_of
from gatehouse.documents.pki.sources import Kind, Source
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Reason

_UTC_TIME = 0x17
_NUMBER = "2.5.29.20"
_DELTA = "2.5.29.27"
#: Those that a list may mark critical and that are understood here. All others narrow what the list speaks of.
_UNDERSTOOD = frozenset((_NUMBER, _DELTA, "2.5.29.35"))
#: CRLReason of an entry (RFC 5280 clause 5.3.1): the contents of the extension 2.5.29.21, an ENUMERATED.
_ENTRY_REASON = bytes.fromhex("0603551d15")
_CAUSES = {
    1: Reason("the key is compromised"),
    2: Reason("the key of the authority is compromised"),
    3: Reason("the affiliation changed"),
    4: Reason("it was superseded"),
    5: Reason("it is no longer in operation"),
    6: Reason("it is on hold"),
    9: Reason("a privilege was withdrawn"),
    10: Reason("the key of the attribute authority is compromised"),
}
ON_HOLD, REMOVED = 6, 8


@dataclass(frozen=True, slots=True)
class Revoked:
    """One entry: since when, and the CRLReason where one is given."""

    day: date
    code: int | None = None

    @property
    def reason(self) -> Reason:
        cause = _CAUSES.get(self.code) if self.code is not None else None
        if cause is not None:
            return Reason("revoked on %(day)s: %(cause)s", day=str(self.day), cause=cause)
        return Reason("revoked on %(day)s", day=str(self.day))


@dataclass(frozen=True)
class Crl:
    """One list: `entries` by serial number; `next_update` may be absent.

    `base_number` is there for a list of changes alone (delta), and names the oldest whole list that it amends;
    `number` is its own, None where it has none.
    """

    issuer: Name
    this_update: datetime
    next_update: datetime | None
    number: int | None
    base_number: int | None
    entries: Mapping[int, Revoked] = field(repr=False)
    sha256: str
    _signed: bytes = field(repr=False)
    _signature: bytes = field(repr=False)
    _algorithm: bytes = field(repr=False)

    @classmethod
    def read(cls, data: bytes) -> Crl:
        """Read a list in DER; its signature is not verified by this. Raises `UnreadableError`."""
        der = definite(data)
        with reading("the revocation list"):
            whole = crl.CertificateList.load(der)
            body = whole["tbs_cert_list"]
            following = body["next_update"].native
            extensions = _extensions(body["crl_extensions"])
            return cls(
                issuer=Name.read(body["issuer"].dump()),
                this_update=moment(body["this_update"].native),
                next_update=moment(following) if following else None,
                number=extensions.get(_NUMBER),
                base_number=extensions.get(_DELTA),
                entries=dict(_entries(body["revoked_certificates"].dump())),
                sha256=hashlib.sha256(der).hexdigest(),
                _signed=body.dump(),
                _signature=bytes(whole["signature"]),
                _algorithm=whole["signature_algorithm"].dump(),
            )

    @classmethod
    def read_file(cls, data: bytes) -> list[Crl]:
        """Read a file that is a list in DER, or holds any number of them in PEM. Raises `UnreadableError`."""
        return [cls.read(block) for block in pem_blocks(data) or [data]]

    @property
    def revoked(self) -> Mapping[int, date]:
        """The day of revocation by serial number."""
        return {serial: entry.day for serial, entry in self.entries.items() if entry.code != REMOVED}

    @property
    def source(self) -> Source:
        return Source(Kind.REVOCATION_LIST, self.issuer.text, self.this_update.date(), self.sha256)

    def amends(self, base: Crl) -> bool:
        """Whether this is a list of changes that may be applied to that whole list (RFC 5280 clause 5.2.4)."""
        if self.base_number is None or base.base_number is not None or base.number is None:
            return False
        return base.number >= self.base_number and (self.number is None or base.number < self.number)

    def is_current(self, on: date) -> bool:
        """Whether the list was issued by, and not to be replaced before, that day."""
        return self.this_update.date() <= on and (self.next_update is None or on <= self.next_update.date())

    def is_signed_by(self, issuers: Iterable[Certificate]) -> bool:
        """Whether one of the issuers' keys made the list's signature. One that cannot be computed with does not."""
        return any(self._is_signed_by(issuer) for issuer in issuers)

    def _is_signed_by(self, issuer: Certificate) -> bool:
        try:
            with reading("the signature algorithm"):
                scheme = scheme_of(self._algorithm)
            return is_signed(self._signed, self._signature, scheme, issuer.key)
        except (UnsupportedKeyError, UnreadableError):
            return False


def _extensions(extensions: crl.TBSCertListExtensions) -> dict[str, int]:
    """The numbers a list bears. One of some certificates only must not be taken for the whole (RFC 5280 clause 5.2)."""
    numbers = {}
    for extension in extensions if not isinstance(extensions, core.Void) else ():
        kind = extension["extn_id"].dotted
        if kind in (_NUMBER, _DELTA):
            numbers[kind] = int(extension["extn_value"].parsed.native)
        elif extension["critical"].native and kind not in _UNDERSTOOD:
            raise UnreadableError("the revocation list has a critical extension %(kind)s", kind=kind)
    return numbers


def _entries(der: bytes) -> Iterator[tuple[int, Revoked]]:
    """Serial number and entry of each; `der` is the list of them, empty where it is absent."""
    if not der:
        return
    for entry in children(der, element(der)):
        serial, revoked_on, *more = children(der, entry)
        code = _code(der[more[0].start : more[0].end]) if more else None
        yield number(der, serial), Revoked(_day(der, revoked_on), code)


def _code(extensions: bytes) -> int | None:
    """The reason among an entry's extensions; None where none is given."""
    for extension in children(extensions, element(extensions)):
        kind, *_, value = children(extensions, extension)
        if encoded(extensions, kind) == _ENTRY_REASON:
            (code,) = children(extensions, value)
            return number(extensions, code)
    return None


def _day(der: bytes, time: Element) -> date:
    """The day of a UTCTime or GeneralizedTime (RFC 5280 clause 4.1.2.5). Raises `ValueError`."""
    text = der[time.contents : time.end].decode("ascii")
    if time.tag == _UTC_TIME:
        text = ("20" if text < "50" else "19") + text
    return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
