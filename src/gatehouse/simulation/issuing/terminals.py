"""Who may read the fingerprints of a made-up state's passports: its authority, a verifier, a terminal."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from gatehouse.documents.chip.cv_certificates import Authorization, CvCertificate, CvPublicKey, PrivateKey, Role, issue
from gatehouse.documents.chip.cv_certificates.certificate import CERTIFICATE, SIGNATURE
from gatehouse.documents.tlv import compose

_ECDSA_SHA_256 = "0.4.0.127.0.7.2.2.2.2.3"
_BOTH = 0b11
_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Certified:
    """A certificate and the private key that goes with it."""

    certificate: CvCertificate
    key: PrivateKey = field(repr=False)

    @property
    def encoded(self) -> bytes:
        """The certificate with its tag."""
        return compose(CERTIFICATE, self.certificate.body, compose(SIGNATURE, self.certificate.signature))

    @property
    def private(self) -> bytes:
        """The key as PKCS#8 in DER."""
        return self.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


class TerminalAuthority:
    """`country` is the state's code in certificates. Keys are random and made when they are first needed."""

    def __init__(self, country: str, *, on: date) -> None:
        self._country, self._on = country, on

    @cached_property
    def authority(self) -> Certified:
        """Ten years old: the trust point of all passports."""
        return self._certified("SIMCVCA", Role.AUTHORITY, self._on - 10 * _YEAR, self._on + 3 * _YEAR)

    @cached_property
    def verifier(self) -> Certified:
        first = self._on - timedelta(days=30)
        return self._certified("SIMDV", Role.DOMESTIC_VERIFIER, first, self._on + _YEAR, by=self.authority)

    @cached_property
    def terminal(self) -> Certified:
        return self._certified("SIMIS", Role.TERMINAL, self._on, self._on + timedelta(days=30), by=self.verifier)

    def _certified(
        self, mnemonic: str, role: Role, effective: date, expires: date, *, by: Certified | None = None
    ) -> Certified:
        key = ec.generate_private_key(ec.BrainpoolP256R1())
        holder = f"{self._country}{mnemonic}00001"
        public = CvPublicKey.of(key, _ECDSA_SHA_256)
        certificate = issue(
            holder,
            public,
            authority=by.certificate.holder if by else holder,
            signer=by.key if by else key,
            scheme=public.scheme,
            authorization=Authorization(role, _BOTH),
            effective=effective,
            expires=expires,
        )
        return Certified(certificate, key)
