"""Writing a machine readable zone."""

from __future__ import annotations

import re

from gatehouse.documents.mrz.check_digits import check_digit
from gatehouse.documents.mrz.dates import write_date
from gatehouse.documents.mrz.formats import FORMATS, Elements, Format
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.mrz_names import FILLER, compose_name

_NUMBER_WIDTH = 9


def compose_mrz(
    format: str,
    *,
    document_code: str,
    issuer: str,
    document_number: str,
    surname: str,
    given_names: str,
    nationality: str,
    birth_date: str | None,
    sex: str,
    expiry_date: str | None,
    optional_data: str = "",
    optional_data_2: str = "",
    language: str | None = None,
) -> str:
    """The lines of a machine readable zone, separated by line ends, with their check digits.

    `format` is TD1, TD2, TD3, MRV-A or MRV-B. Names are given as the visual zone prints them and are transliterated
    (of `language`, see `gatehouse.kernel.transliteration`) and truncated; dates as "YYYY-MM-DD", "YYYY-MM", "YYYY" or
    None; `sex` as F, M or X. Blanks and special characters in numbers and codes become fillers. A document number of
    more than nine characters continues in the optional data of TD1 and TD2; the other formats have no room for it.
    Raises `UnreadableError` for what does not fit or cannot be written.
    """
    kind = FORMATS.get(format)
    if kind is None:
        raise UnreadableError("%(format)s is no format of a machine readable zone", format=format)
    widths = kind.widths()
    number, number_check, optional_data = _number(kind, _written(document_number), _written(optional_data))
    birth, expiry = write_date(birth_date), write_date(expiry_date)
    optional_data = _filled("optional_data", optional_data, widths["optional_data"])
    elements = Elements(
        document_code=_filled("document_code", _written(document_code), widths["document_code"]),
        issuer=_filled("issuer", _written(issuer), widths["issuer"]),
        name=compose_name(surname, given_names, width=widths["name"], language=language),
        document_number=_filled("document_number", number, widths["document_number"]),
        document_number_check=number_check,
        nationality=_filled("nationality", _written(nationality), widths["nationality"]),
        birth_date=birth,
        birth_date_check=check_digit(birth),
        sex=FILLER if sex == "X" else sex,
        expiry_date=expiry,
        expiry_date_check=check_digit(expiry),
        optional_data=optional_data,
        optional_data_check=check_digit(optional_data),
        optional_data_2=_filled("optional_data_2", _written(optional_data_2), widths.get("optional_data_2", 0)),
        composite_check="0",
    )
    return _lines(kind, elements)


def _number(kind: Format, number: str, optional_data: str) -> tuple[str, str, str]:
    """What stands in the document number's field, as its check digit, and in the optional data."""
    if len(number) <= _NUMBER_WIDTH or not kind.long_numbers:
        return number, check_digit(number), optional_data
    rest = number[_NUMBER_WIDTH:] + check_digit(number) + FILLER
    return number[:_NUMBER_WIDTH], FILLER, rest + optional_data


def _written(text: str) -> str:
    if not text.isascii():
        raise UnreadableError("%(text)s cannot be written in A-Z and 0-9", text=ascii(text))
    return re.sub("[^A-Z0-9]", FILLER, text.upper())


def _filled(element: str, text: str, width: int) -> str:
    if len(text) > width:
        raise UnreadableError(
            "%(element)s has %(length)d characters, and there is room for %(width)d",
            element=element,
            length=len(text),
            width=width,
        )
    return text.ljust(width, FILLER)


def _lines(kind: Format, elements: Elements) -> str:
    """The lines with the composite check digit in its place."""
    text = _joined(kind, elements)
    text = _joined(kind, elements._replace(composite_check=check_digit(kind.under_composite(text))))
    if not kind.is_written_in(text):
        raise UnreadableError("this cannot be written as a %(format)s: %(text)s", format=kind.name, text=text)
    return "\n".join(text[start : start + kind.width] for start in range(0, len(text), kind.width))


def _joined(kind: Format, elements: Elements) -> str:
    return "".join(getattr(elements, element.name) for element in kind.elements)
