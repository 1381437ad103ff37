"""Revocation lists of CSCAs (Doc 9303-12 clause 7.2): which document signers are no longer to be trusted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from asn1crypto import core, crl

from gatehouse.documents.ber import Element, children, definite, element, number
from gatehouse.documents.pki.asn1 import moment, reading
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.keys import UnsupportedKeyError
from gatehouse.documents.pki.names import Name
from gatehouse.documents.pki.signatures import is_signed, scheme_of
from gatehouse.documents.pki.trust import pem_blocks
from gatehouse.kernel.errors import UnreadableError

_UTC_TIME = 0x17
#: Those that a list may mark critical without changing what it means for a document signer. All others narrow it.
_HARMLESS = frozenset(("2.5.29.20", "2.5.29.35"))


@dataclass(frozen=True)
class Crl:
    """One list: `revoked` gives the day of revocation by serial number; `next_update` may be absent."""

    issuer: Name
    this_update: datetime
    next_update: datetime | None
    revoked: Mapping[int, date] = field(repr=False)
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
            _refuse_partial(body["crl_extensions"])
            return cls(
                issuer=Name.read(body["issuer"].dump()),
                this_update=moment(body["this_update"].native),
                next_update=moment(following) if following else None,
                revoked=dict(_revoked(body["revoked_certificates"].dump())),
                _signed=body.dump(),
                _signature=bytes(whole["signature"]),
                _algorithm=whole["signature_algorithm"].dump(),
            )

    @classmethod
    def read_file(cls, data: bytes) -> list[Crl]:
        """Read a file that is a list in DER, or holds any number of them in PEM. Raises `UnreadableError`."""
        return [cls.read(block) for block in pem_blocks(data) or [data]]

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


def _refuse_partial(extensions: crl.TBSCertListExtensions) -> None:
    """A list of changes or of some certificates only must not be taken for the whole (RFC 5280 clause 5.2)."""
    for extension in extensions if not isinstance(extensions, core.Void) else ():
        kind = extension["extn_id"].dotted
        if extension["critical"].native and kind not in _HARMLESS:
            raise UnreadableError("the revocation list has a critical extension %(kind)s", kind=kind)


def _revoked(der: bytes) -> Iterator[tuple[int, date]]:
    """Serial number and day of each entry; `der` is the list of them, empty where it is absent."""
    if not der:
        return
    for entry in children(der, element(der)):
        serial, revoked_on, *_ = children(der, entry)
        yield number(der, serial), _day(der, revoked_on)


def _day(der: bytes, time: Element) -> date:
    """The day of a UTCTime or GeneralizedTime (RFC 5280 clause 4.1.2.5). Raises `ValueError`."""
    text = der[time.contents : time.end].decode("ascii")
    if time.tag == _UTC_TIME:
        text = ("20" if text < "50" else "19") + text
    return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
