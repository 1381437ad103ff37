"""Numbers as they stand in Chinese prose: 91,378, 3億3,999萬, 1.5億, 二十一, １２．５."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

SCALES = {"兆": 10**12, "億": 10**8, "萬": 10**4, "千": 1000, "百": 100}
_DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "兩": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_UNITS = {"十": 10, "百": 100, "千": 1000}
CHINESE = "〇零一二兩三四五六七八九十百千萬億"
_FIGURES = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?")
#: No figure of a report has more digits; a longer run is a serial number.
_LONGEST = 18


@dataclass(frozen=True, slots=True)
class Number:
    """`step` is what the last printed digit counts, 0.1億 in 1.5億; `bare` is the number without its scale."""

    value: Fraction
    step: Fraction
    bare: Fraction
    scale: str
    end: int


def arabic(text: str, start: int) -> Number | None:
    """The number that begins at `start`, with the scales that follow it; None where no figure stands there."""
    total = step = bare = Fraction(0)
    scale = ""
    place, last = start, 10**16
    while found := _FIGURES.match(text, place):
        digits = found[0].replace(",", "")
        if len(digits) > _LONGEST:
            return None
        factor, name, after = _scale(text, found.end())
        if factor >= last:
            break
        place = after
        total += Fraction(digits) * factor
        step = Fraction(factor, 10 ** (len(digits.partition(".")[2])))
        bare, scale, last = Fraction(digits), scale + name, factor
        if factor == 1:
            break
    return Number(total, step, bare, scale, place) if place > start else None


def _scale(text: str, place: int) -> tuple[int, str, int]:
    """The scales at a place: 千, 萬, 百萬. A scale is never read out of a measure word such as 百分點."""
    factor, name = 1, ""
    while place < len(text) and text[place] in SCALES and not text.startswith(("百分", "千禧", "萬分"), place):
        factor *= SCALES[text[place]]
        name += text[place]
        place += 1
    return factor, name, place


def chinese(text: str) -> int | None:
    """A whole number in Chinese numerals: 十二 is 12, 一百十二 is 112, 一一二 is 112. None for another text."""
    if not text or any(character not in CHINESE for character in text):
        return None
    if all(character in _DIGITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text)) if len(text) < _LONGEST else None
    total = section = digit = 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _UNITS:
            section += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            total = (total + section + digit) * SCALES[character]
            section = digit = 0
    return total + section + digit
