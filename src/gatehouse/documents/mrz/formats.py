"""The five formats of the machine readable zone as tables: which data element stands where.

Sources: TD1 9303-5 4.2.2 and 4.2.4; TD2 9303-6 4.2.2 and 4.2.4; TD3 9303-4 4.2.2 and 4.2.4; MRV-A 9303-7 4.2.2;
MRV-B 9303-7 7.2.2.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from operator import itemgetter
from typing import NamedTuple


class Element(NamedTuple):
    """A data element: its name, how many characters it has, and which may stand there."""

    name: str
    width: int
    pattern: str


class Elements(NamedTuple):
    """The data elements of a machine readable zone as printed, with their fillers; "" for one the format lacks."""

    document_code: str
    issuer: str
    name: str
    document_number: str
    document_number_check: str
    nationality: str
    birth_date: str
    birth_date_check: str
    sex: str
    expiry_date: str
    expiry_date_check: str
    optional_data: str
    optional_data_check: str
    optional_data_2: str
    composite_check: str


class Format:
    """One format: `lines` lines of `width` characters, filled by `elements` one after the other.

    `composite` lists what the composite check digit covers as the standard does, (line, first, last position) from 1;
    visas have none. With `long_numbers` a document number of more than nine characters continues in the optional data.

    `is_written_in(text)` is true where the lines joined to one text have this format.
    """

    def __init__(
        self,
        name: str,
        *,
        lines: int,
        width: int,
        elements: tuple[Element, ...],
        composite: tuple[tuple[int, int, int], ...] = (),
        long_numbers: bool = False,
    ) -> None:
        self.name = name
        self.lines = lines
        self.width = width
        self.elements = elements
        self.long_numbers = long_numbers
        self.places = _places(elements)
        self.is_written_in: Callable[[str], object] = re.compile("".join(e.pattern for e in elements)).fullmatch
        self._elements = itemgetter(*(self.places.get(name, slice(0)) for name in Elements._fields))
        ranges = [slice(width * (line - 1) + first - 1, width * (line - 1) + last) for line, first, last in composite]
        self._composite = itemgetter(*ranges) if ranges else None

    def split(self, text: str) -> Elements:
        return Elements._make(self._elements(text))

    def under_composite(self, text: str) -> str:
        """The characters that the composite check digit covers; "" where the format has none."""
        return "".join(self._composite(text)) if self._composite else ""

    def widths(self) -> dict[str, int]:
        return {element.name: element.width for element in self.elements}


def _places(elements: tuple[Element, ...]) -> dict[str, slice]:
    """Where each element stands in the lines joined to one text."""
    places, start = {}, 0
    for element in elements:
        places[element.name] = slice(start, start + element.width)
        start += element.width
    return places


def _any(name: str, width: int) -> Element:
    return Element(name, width, f"[A-Z0-9<]{{{width}}}")


def _name(width: int) -> Element:
    return Element("name", width, f"[A-Z<]{{{width}}}")


def _state(name: str) -> Element:
    return Element(name, 3, "(?:[A-Z]{3}|[A-Z]{2}<|[A-Z]<<|<<<)")


_DOCUMENT = (Element("document_code", 2, "[A-Z][A-Z0-9<]"), _state("issuer"))
_VISA = (Element("document_code", 2, "V[A-Z0-9<]"), _state("issuer"))
_NUMBER = (_any("document_number", 9), _any("document_number_check", 1))
_BIRTH = (_any("birth_date", 6), _any("birth_date_check", 1))
_SEX = Element("sex", 1, "[FMX<]")  # 9303 has the filler for unspecified; some issuers print the X of the visual zone
_EXPIRY = (_any("expiry_date", 6), _any("expiry_date_check", 1))
_COMPOSITE = _any("composite_check", 1)
#: All two-line formats begin their lower line so, positions 1 to 28.
_LOWER = (*_NUMBER, _state("nationality"), *_BIRTH, _SEX, *_EXPIRY)

TD1 = Format(
    "TD1",
    lines=3,
    width=30,
    elements=(
        *(*_DOCUMENT, *_NUMBER, _any("optional_data", 15)),
        *(*_BIRTH, _SEX, *_EXPIRY, _state("nationality"), _any("optional_data_2", 11), _COMPOSITE),
        _name(30),
    ),
    composite=((1, 6, 30), (2, 1, 7), (2, 9, 15), (2, 19, 29)),
    long_numbers=True,
)
TD2 = Format(
    "TD2",
    lines=2,
    width=36,
    elements=(*_DOCUMENT, _name(31), *_LOWER, _any("optional_data", 7), _COMPOSITE),
    composite=((2, 1, 10), (2, 14, 20), (2, 22, 35)),
    long_numbers=True,
)
TD3 = Format(
    "TD3",
    lines=2,
    width=44,
    elements=(*_DOCUMENT, _name(39), *_LOWER, _any("optional_data", 14), _any("optional_data_check", 1), _COMPOSITE),
    composite=((2, 1, 10), (2, 14, 20), (2, 22, 43)),
)
MRV_A = Format("MRV-A", lines=2, width=44, elements=(*_VISA, _name(39), *_LOWER, _any("optional_data", 16)))
MRV_B = Format("MRV-B", lines=2, width=36, elements=(*_VISA, _name(31), *_LOWER, _any("optional_data", 8)))

FORMATS = {known.name: known for known in (TD1, TD2, TD3, MRV_A, MRV_B)}
