"""Reading a machine readable zone."""

from __future__ import annotations

import re
from datetime import date

from gatehouse.documents.mrz.check_digits import check_digit
from gatehouse.documents.mrz.dates import latest, read_date
from gatehouse.documents.mrz.formats import MRV_A, MRV_B, TD1, TD2, TD3, Elements, Format
from gatehouse.documents.mrz.record import Mrz
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.mrz_names import FILLER, decompose_name

#: The lengths of the lines to the formats they may have: a visa, whose code begins with V, and any other document.
_SHAPES = {
    **dict.fromkeys(((30, 30, 30), (90,)), (TD1, TD1)),
    **dict.fromkeys(((36, 36), (72,)), (MRV_B, TD2)),
    **dict.fromkeys(((44, 44), (88,)), (MRV_A, TD3)),
}
_MOST_LINES = 3
_FOREIGN = re.compile("[^A-Z0-9<]")


def parse_mrz(text: str, *, on: date) -> Mrz:
    """What a machine readable zone says, and which of its check digits are right.

    `text` is its lines, separated by line ends or not at all; blanks around them do not matter, but letters must be
    capitals as they are printed. `on` is the reference date by which the century of a year is decided, see
    `gatehouse.documents.mrz.dates`.

    What a check digit covers is judged by its check: a letter within a date, a month 13 or a check digit that is none
    make that check fail, and everything else is still read. Raises `UnreadableError` where the lines have the length
    of no format, a character is not A-Z, 0-9 or the filler <, or an element that no check digit covers has what cannot
    stand there: a document code without a letter, a digit in a name or State, a sex other than F, M, < (or X).
    """
    lines = text.split(maxsplit=_MOST_LINES)
    whole = "".join(lines)
    lengths = tuple(map(len, lines))
    kinds = _SHAPES.get(lengths)
    if kinds is None:
        raise UnreadableError(
            "lines of %(found)s characters are no machine readable zone, which has 3 of 30, 2 of 36 or 2 of 44",
            found=", ".join(map(str, lengths)) or 0,
        )
    kind = kinds[whole[0] != "V"]
    if not kind.is_written_in(whole):
        raise _not_written_in(kind, whole)
    return _read(kind, whole, on)


def _read(kind: Format, whole: str, on: date) -> Mrz:
    elements = kind.split(whole)
    birth_latest, expiry_latest = latest(on)
    birth_date, birth_possible = read_date(elements.birth_date, birth_latest)
    expiry_date, expiry_possible = read_date(elements.expiry_date, expiry_latest)
    number, optional_data, number_right = _number(elements, kind)
    checks = {
        "document_number": number_right,
        "birth_date": birth_possible and check_digit(elements.birth_date) == elements.birth_date_check,
        "expiry_date": expiry_possible and check_digit(elements.expiry_date) == elements.expiry_date_check,
    }
    if elements.optional_data_check:
        checks["optional_data"] = _optional_data_right(elements)
    if elements.composite_check:
        checks["composite"] = check_digit(kind.under_composite(whole)) == elements.composite_check
    return Mrz(
        kind.name,
        elements.document_code.rstrip(FILLER),
        elements.issuer.rstrip(FILLER),
        number.strip(FILLER),
        *decompose_name(elements.name),
        elements.nationality.rstrip(FILLER),
        birth_date,
        "X" if elements.sex == FILLER else elements.sex,
        expiry_date,
        optional_data.strip(FILLER),
        elements.optional_data_2.strip(FILLER) if elements.optional_data_2 else None,
        checks,
        whole,
    )


def _number(elements: Elements, kind: Format) -> tuple[str, str, bool]:
    """Document number, optional data, and whether the number's check digit is right.

    Of a number longer than its field the rest and the check digit stand in the optional data, ended by a filler, and
    a filler stands where the check digit would be (9303-5 4.2.2 note j, 9303-6 4.2.2 note j).
    """
    number, optional_data = elements.document_number, elements.optional_data
    if elements.document_number_check == FILLER and kind.long_numbers and not number.endswith(FILLER):
        rest, _, others = optional_data.partition(FILLER)
        if len(rest) > 1:
            number += rest[:-1]
            return number, others, check_digit(number) == rest[-1]
    return number, optional_data, check_digit(number) == elements.document_number_check


def _optional_data_right(elements: Elements) -> bool:
    """Where the optional data is not used its check digit may be a filler (9303-4 4.2.2.2, position 43)."""
    data, check = elements.optional_data, elements.optional_data_check
    return check_digit(data) == check or (check == FILLER and not data.strip(FILLER))


def _not_written_in(kind: Format, whole: str) -> UnreadableError:
    """What keeps a text of the right length from being a machine readable zone."""
    foreign = _FOREIGN.search(whole)
    if foreign:
        return UnreadableError(
            "character %(position)d of the machine readable zone is %(character)s; only A-Z, 0-9 and < stand there",
            position=foreign.start() + 1,
            character=ascii(foreign.group()),
        )
    wrong = next(e for e in kind.elements if not re.fullmatch(e.pattern, whole[kind.places[e.name]]))
    return UnreadableError(
        "%(element)s of a %(format)s cannot be %(text)s",
        element=wrong.name,
        format=kind.name,
        text=whole[kind.places[wrong.name]],
    )
