"""One card verifiable certificate (BSI TR-03110-3 annex C.1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from gatehouse.documents.chip.cv_certificates.authorization import TEMPLATE, Authorization
from gatehouse.documents.chip.cv_certificates.keys import TAG as PUBLIC_KEY
from gatehouse.documents.chip.cv_certificates.keys import CvPublicKey
from gatehouse.documents.tlv import Tlv, outermost
from gatehouse.kernel.errors import UnreadableError

CERTIFICATE, BODY, SIGNATURE = 0x7F21, 0x7F4E, 0x5F37
PROFILE, AUTHORITY, HOLDER = 0x5F29, 0x42, 0x5F20
EFFECTIVE, EXPIRATION = 0x5F25, 0x5F24
_FIRST_PROFILE = b"\0"
_LONGEST_REFERENCE = 16
_CENTURY = 2000


@dataclass(frozen=True)
class CvCertificate:
    """`authority` and `holder` are references such as "UTCVCAUT00001": country, mnemonic, five of a sequence.

    `body` is what was signed, with its tag. Equal where the bytes are.
    """

    body: bytes = field(repr=False)
    signature: bytes = field(repr=False)
    authority: str = field(compare=False)
    holder: str = field(compare=False)
    key: CvPublicKey = field(compare=False, repr=False)
    authorization: Authorization = field(compare=False)
    effective: date = field(compare=False)
    expires: date = field(compare=False)

    @classmethod
    def read(cls, data: bytes) -> CvCertificate:
        """Read a certificate with its tag 7F21, or its two parts one after another as a chip receives them.

        Raises `UnreadableError`, and `UnsupportedProtocolError` for a key that no chip verifies with.
        """
        whole = data if data[:2] == b"\x7f\x21" else _wrapped(data)
        found = outermost(whole, CERTIFICATE)
        body, signature = found.need(BODY), found.need(SIGNATURE)
        profile = bytes(body.need(PROFILE).value)
        if profile != _FIRST_PROFILE:
            raise UnreadableError("the certificate is of the profile %(profile)s", profile=profile.hex())
        return cls(
            bytes(body.raw),
            bytes(signature.value),
            _reference(body.need(AUTHORITY)),
            _reference(body.need(HOLDER)),
            CvPublicKey.read(body.need(PUBLIC_KEY)),
            Authorization.read(body.need(TEMPLATE)),
            _date(body.need(EFFECTIVE)),
            _date(body.need(EXPIRATION)),
        )

    @property
    def is_self_signed(self) -> bool:
        return self.authority == self.holder

    @property
    def country(self) -> str:
        return self.holder[:2]


def _wrapped(parts: bytes) -> bytes:
    size = len(parts).to_bytes(4, "big")
    return CERTIFICATE.to_bytes(2, "big") + b"\x84" + size + parts


def _reference(found: Tlv) -> str:
    text = bytes(found.value).decode("latin-1")
    if not text or len(text) > _LONGEST_REFERENCE or not text.isprintable():
        raise UnreadableError("a reference of %(size)d characters is none of a certificate", size=len(text))
    return text


def _date(found: Tlv) -> date:
    """Six digits YYMMDD, one an octet."""
    digits = bytes(found.value)
    if len(digits) == 6 and max(digits) <= 9:
        year, month, day = (10 * digits[at] + digits[at + 1] for at in (0, 2, 4))
        try:
            return date(_CENTURY + year, month, day)
        except ValueError:
            pass
    raise UnreadableError("the date %(octets)s of a certificate is none", octets=digits.hex())
