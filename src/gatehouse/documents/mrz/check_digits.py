"""Check digits of the machine readable zone (ICAO Doc 9303-3 4.9): weights 7, 3, 1, modulus 10."""

from __future__ import annotations

#: Values 0 to 35 of the characters 0-9 and A-Z, by their ASCII code; the filler and all others count as 0.
_VALUES = bytes(int(chr(code), 36) if chr(code).isalnum() and code < 128 else 0 for code in range(256))


def check_digit(text: str) -> str:
    """The check digit of a data element.

    >>> check_digit("520727"), check_digit("AB2134<<<")
    ('3', '5')
    """
    values = text.encode("ascii").translate(_VALUES)
    return _DIGITS[(7 * sum(values[::3]) + 3 * sum(values[1::3]) + sum(values[2::3])) % 10]


_DIGITS = "0123456789"
