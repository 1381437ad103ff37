"""What opens a chip: the printed machine readable zone, or the card access number (ICAO 9303-11 clause 9.7)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from gatehouse.documents.mrz import Mrz, check_digit
from gatehouse.documents.mrz.formats import FORMATS
from gatehouse.documents.pki.signatures import digest
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.mrz_names import FILLER

_SHORTEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class MrzKey:
    """Document number, dates of birth and expiry (YYMMDD) as they stand in the machine readable zone."""

    document_number: str = field(repr=False)
    birth_date: str = field(repr=False)
    expiry_date: str = field(repr=False)

    @classmethod
    def from_mrz(cls, zone: Mrz) -> MrzKey:
        """The key that a zone prints. A number that continues in the optional data is taken whole."""
        places = FORMATS[zone.format].places
        number, birth, expiry = (zone.text[places[each]] for each in ("document_number", "birth_date", "expiry_date"))
        return cls(zone.document_number if len(zone.document_number) > _SHORTEST_NUMBER else number, birth, expiry)

    @property
    def checked_number(self) -> bytes:
        """The document number with its check digit, by which a terminal names a chip that BAC opened."""
        return _checked(self.document_number.ljust(_SHORTEST_NUMBER, FILLER))

    @property
    def secret(self) -> bytes:
        """K: SHA-1 over the three elements, each with its check digit; a short number is filled up."""
        return digest("sha1", self.checked_number + _checked(self.birth_date) + _checked(self.expiry_date))


@dataclass(frozen=True, slots=True)
class CanKey:
    """The digits of the card access number. Raises `UnreadableError` for anything but digits."""

    digits: str = field(repr=False)

    def __post_init__(self) -> None:
        if not (self.digits.isascii() and self.digits.isdigit()):
            raise UnreadableError("a card access number has digits alone")

    @property
    def secret(self) -> bytes:
        return self.digits.encode("ascii")


AccessKey: TypeAlias = MrzKey | CanKey


def _checked(element: str) -> bytes:
    return (element + check_digit(element)).encode("ascii")
