"""Terminal authentication, the chip's side (ICAO 9303-11 clause 7.1, BSI TR-03110-1 clause 3.5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from gatehouse.documents.chip.cv_certificates import (
    Authorization,
    CvCertificate,
    CvPublicKey,
    Role,
    advanced,
    effective_rights,
    require_valid,
)
from gatehouse.documents.chip.errors import AuthenticationError, UnsupportedProtocolError
from gatehouse.documents.chip.simulator.refusal import Refusal
from gatehouse.documents.chip.status import Status
from gatehouse.kernel.errors import UnreadableError

_MOST_TRUST_POINTS = 2


@dataclass(frozen=True)
class _Imported:
    """A certificate that the chip has accepted: its key with the curve, and the way from the trust point to it."""

    key: CvPublicKey
    way: tuple[CvCertificate, ...]

    @property
    def certificate(self) -> CvCertificate:
        return self.way[-1]


class TrustPoints:
    """What a chip keeps for good: at most two authorities, the most recent first, and the date it believes in."""

    def __init__(self, certificates: Iterable[CvCertificate], today: date) -> None:
        self._points = [_Imported(each.key, (each,)) for each in certificates]
        self.today = today

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(point.certificate.holder for point in self._points)

    def named(self, reference: str) -> _Imported | None:
        return next((point for point in self._points if point.certificate.holder == reference), None)

    def accept(self, certificate: CvCertificate, key: CvPublicKey, issuer: CvCertificate) -> None:
        """Clause 7.1.4.3.4: the date moves on, and a link certificate's key is the newest trust point."""
        self.today = advanced(self.today, certificate, issuer=issuer)
        if certificate.authorization.role is Role.AUTHORITY:
            self._points.insert(0, _Imported(key, (certificate,)))
            del self._points[_MOST_TRUST_POINTS:]


class TerminalAuthentication:
    """One session's: which certificates were shown, and what the terminal may read. Commands raise `Refusal`."""

    def __init__(self, points: TrustPoints) -> None:
        self._points = points
        self._imported: dict[str, _Imported] = {}
        self._issuer: _Imported | None = None
        self._terminal: _Imported | None = None
        self._done = False
        self._rights = Authorization(Role.TERMINAL, 0)

    @property
    def is_chosen(self) -> bool:
        """Whether the next EXTERNAL AUTHENTICATE is a terminal's."""
        return self._terminal is not None

    def may_read(self, file: str) -> bool:
        return self._rights.may_read(file)

    def choose_issuer(self, reference: bytes) -> None:
        """MSE:Set DST: the key that the next certificate is verified with."""
        name = reference.decode("latin-1")
        self._issuer = self._points.named(name) or self._imported.get(name)
        if self._issuer is None:
            raise Refusal(Status.REFERENCE_NOT_FOUND)

    def verify(self, data: bytes) -> None:
        """PSO:Verify Certificate."""
        issuer = self._issuer
        if issuer is None:
            raise Refusal(Status.CONDITIONS_NOT_SATISFIED)
        try:
            certificate = CvCertificate.read(data)
            self._require_current(issuer.certificate, certificate)
            require_valid(certificate, issuer.key, issuer=issuer.certificate, today=self._points.today)
        except (UnreadableError, UnsupportedProtocolError) as error:
            raise Refusal(Status.WRONG_DATA) from error
        except AuthenticationError as error:
            raise Refusal(Status.AUTHENTICATION_FAILED) from error
        key = certificate.key.on_curve_of(issuer.key)
        self._points.accept(certificate, key, issuer.certificate)
        self._imported[certificate.holder] = _Imported(key, (*issuer.way, certificate))

    def choose_terminal(self, reference: bytes) -> None:
        """MSE:Set AT: the key that the terminal's signature is verified with."""
        found = self._imported.get(reference.decode("latin-1"))
        if found is None or found.certificate.authorization.role is not Role.TERMINAL:
            raise Refusal(Status.REFERENCE_NOT_FOUND)
        self._terminal = found

    def authenticate(self, message: bytes, signature: bytes) -> None:
        """EXTERNAL AUTHENTICATE: `message` is what the terminal has to sign. Once in a session (clause 7.1.3)."""
        terminal, self._terminal = self._terminal, None
        if terminal is None or self._done:
            raise Refusal(Status.CONDITIONS_NOT_SATISFIED)
        if not terminal.key.verifies(message, signature):
            raise Refusal(Status.AUTHENTICATION_FAILED)
        self._done = True
        self._rights = replace(terminal.certificate.authorization, rights=effective_rights(terminal.way))

    def _require_current(self, issuer: CvCertificate, certificate: CvCertificate) -> None:
        """An expired trust point verifies its successor alone (clause 7.1.4.3.4)."""
        is_link = certificate.authorization.role is Role.AUTHORITY
        if issuer.authorization.role is Role.AUTHORITY and not is_link and issuer.expires < self._points.today:
            raise AuthenticationError("the trust point %(name)s has expired", name=issuer.holder)
