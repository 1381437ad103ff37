"""What opens a chip: the printed zone or the card access number (ICAO 9303-11 clauses 9.7.2 and 9.7.3)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from gatehouse.documents.mrz import check_digit
from gatehouse.documents.pki.signatures import digest
from gatehouse.kernel.mrz_names import FILLER

_SHORTEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class MrzKey:
    """Document number, dates of birth and expiry (YYMMDD) as they stand in the machine readable zone."""

    document_number: str = field(repr=False)
    birth_date: str = field(repr=False)
    expiry_date: str = field(repr=False)

    @property
    def secret(self) -> bytes:
        """K: SHA-1 over the three elements, each with its check digit; a short number is filled up."""
        number = self.document_number.ljust(_SHORTEST_NUMBER, FILLER)
        elements = (number, self.birth_date, self.expiry_date)
        information = "".join(element + check_digit(element) for element in elements)
        return digest("sha1", information.encode("ascii"))


@dataclass(frozen=True, slots=True)
class CanKey:
    """The digits of the card access number."""

    digits: str = field(repr=False)

    @property
    def secret(self) -> bytes:
        return self.digits.encode("ascii")


AccessKey: TypeAlias = MrzKey | CanKey
