"""The visible digital seal (Doc 9303-13 section 2): header, message zone and signature zone of one barcode.

The versions of its header are named 3 and 4; the byte that says so holds 2 and 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gatehouse.documents.seals.c40 import decode
from gatehouse.kernel.errors import UnreadableError

MAGIC = 0xDC
_SIGNATURE = 0xFF
_VERSIONS = {2: 3, 3: 4}
_DER_LENGTHS = 4
#: BSI TR-03171: this signer gives the length of its certificate's reference in decimal digits.
_DECIMAL_SIGNERS = frozenset(("DEZV",))
_REFERENCE_LENGTH = 5
#: A barcode holds less: DataMatrix 1556 bytes, QR 2953.
LARGEST = 8192


@dataclass(frozen=True, slots=True)
class Header:
    """`signer` are four characters, its country's two first; `reference` the certificate, in hexadecimal digits."""

    version: int
    country: str
    signer: str
    reference: str
    issued_on: date
    signed_on: date
    #: Feature definition and document category, which together say what is in the message zone.
    definition: int
    category: int


@dataclass(frozen=True, slots=True)
class VisibleSeal:
    """A seal as it stands: `features` are tag and value, in the order of the seal; `signed` is what was signed."""

    header: Header
    features: tuple[tuple[int, bytes], ...]
    signed: bytes
    signature: bytes


def read(data: bytes) -> VisibleSeal:
    """Read a seal; its signature is not verified by this. Raises `UnreadableError`."""
    if len(data) > LARGEST:
        raise UnreadableError("a seal of %(length)d bytes fits in no barcode", length=len(data))
    source = _Bytes(data)
    header = _header(source)
    features: list[tuple[int, bytes]] = []
    while True:
        end = source.at
        tag = source.take(1)[0]
        if tag == _SIGNATURE:
            signature = source.take(source.length(der=True))
            # What follows fills the barcode (clause 2.5).
            return VisibleSeal(header, tuple(features), data[:end], signature)
        features.append((tag, source.take(source.length(der=header.version >= _DER_LENGTHS))))


class _Bytes:
    """Reads on from where it stands."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.at = 0

    def take(self, count: int) -> bytes:
        if self.at + count > len(self._data):
            raise UnreadableError("the seal is cut off")
        self.at += count
        return self._data[self.at - count : self.at]

    def length(self, *, der: bool) -> int:
        first = self.take(1)[0]
        if not der or first < 0x80:
            return first
        if not 0x81 <= first <= 0x84:
            raise UnreadableError("the seal has a length that is none")
        return int.from_bytes(self.take(first & 0x7F), "big")

    def date(self) -> date:
        """Month, day and year as one number (clause 2.3.1)."""
        digits = f"{int.from_bytes(self.take(3), 'big'):08d}"
        try:
            return date(int(digits[4:]), int(digits[:2]), int(digits[2:4]))
        except ValueError:
            raise UnreadableError("%(digits)s is no date (month, day, year)", digits=digits) from None


def _header(source: _Bytes) -> Header:
    magic, raw_version = source.take(2)
    if magic != MAGIC:
        raise UnreadableError("this is not a visible digital seal")
    version = _VERSIONS.get(raw_version)
    if version is None:
        raise UnreadableError("visible digital seals of the version %(version)d are not known", version=raw_version + 1)
    country = decode(source.take(2)).replace(" ", "<").rstrip("<")
    signer, reference = _signer(source, version)
    return Header(version, country, signer, reference, source.date(), source.date(), *source.take(2))


def _signer(source: _Bytes, version: int) -> tuple[str, str]:
    """Signer identifier and certificate reference (clause 2.2.1): of five characters, or of a length that is given."""
    if version < _DER_LENGTHS:
        text = decode(source.take(6))
        return text[:4], text[4 : 4 + _REFERENCE_LENGTH]
    text = decode(source.take(4))
    signer, digits = text[:4], text[4:6]
    try:
        length = int(digits, 10 if signer in _DECIMAL_SIGNERS else 16)
    except ValueError:
        raise UnreadableError("the length of the certificate's reference, %(digits)s, is none", digits=digits) from None
    # The text goes on in whole triples; one character that remains takes two bytes too.
    rest = decode(source.take(2 * -(-length // 3)))
    if len(rest) < length:
        raise UnreadableError("the reference of the certificate is cut off")
    return signer, rest[:length]
