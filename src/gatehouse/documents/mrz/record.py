"""What a machine readable zone says."""

from __future__ import annotations

from typing import Any, NamedTuple

from gatehouse.documents.mrz.formats import FORMATS
from gatehouse.kernel.mrz_names import may_be_truncated


class Mrz(NamedTuple):
    """The data elements of a machine readable zone, without fillers, and its checks.

    `format` is TD1, TD2, TD3, MRV-A or MRV-B. Dates are ISO 8601, "YYYY-MM" or "YYYY" where partly unknown, None where
    unknown or impossible; `sex` is F, M or X (unspecified). `optional_data_2` is None but in TD1. `checks` holds for
    each check digit of the format whether it is right; that of a date also says that the date is possible. `text` is
    the zone as read, its lines joined.
    """

    format: str
    document_code: str
    issuer: str
    document_number: str
    surname: str
    given_names: str
    nationality: str
    birth_date: str | None
    sex: str
    expiry_date: str | None
    optional_data: str
    optional_data_2: str | None
    checks: dict[str, bool]
    text: str

    @property
    def valid(self) -> bool:
        """Whether every check passed."""
        return False not in self.checks.values()

    @property
    def lines(self) -> tuple[str, ...]:
        """The two or three lines as printed."""
        width = FORMATS[self.format].width
        return tuple(self.text[start : start + width] for start in range(0, len(self.text), width))

    @property
    def name_may_be_truncated(self) -> bool:
        """Whether the name fills its field, so that more of it may have been cut off (9303-4 4.2.3 note)."""
        return may_be_truncated(self.text[FORMATS[self.format].places["name"]])

    def as_dict(self) -> dict[str, Any]:
        """For machines: everything but the text, with "optional_data_2" only where the format has it."""
        second = {} if self.optional_data_2 is None else {"optional_data_2": self.optional_data_2}
        return {
            "format": self.format,
            "document_code": self.document_code,
            "issuer": self.issuer,
            "document_number": self.document_number,
            "surname": self.surname,
            "given_names": self.given_names,
            "nationality": self.nationality,
            "birth_date": self.birth_date,
            "sex": self.sex,
            "expiry_date": self.expiry_date,
            "optional_data": self.optional_data,
            **second,
            "checks": dict(self.checks),
            "valid": self.valid,
        }
