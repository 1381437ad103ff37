"""The numerals that Word sets before paragraphs by itself, as 壹、 or (一): they stand in no text of the document.

Office Open XML (ECMA-376, part 1), 17.9: a paragraph names a list and a level; the level has a format and a pattern.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

#: An element of lxml, which has no types.
Element = Any
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HAN, _LEGAL = "一二三四五六七八九十", "壹貳參肆伍陸柒捌玖拾"
_COUNTING = ("taiwaneseCounting", "taiwaneseCountingThousand", "chineseCounting", "chineseCountingThousand")
_DIGITS = {**dict.fromkeys(_COUNTING, _HAN), "ideographLegalTraditional": _LEGAL}
_DECIMAL = frozenset({"decimal", "decimalFullWidth", "decimalHalfWidth", "decimalZero"})
_PLACE = re.compile(r"%([1-9])")
_MOST = 99


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    pattern: str
    start: int


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each was counted. Without parts nothing is numbered."""

    lists: dict[str, str] = field(default_factory=dict)
    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counted: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(cls, numbering: Element | None, styles: Element | None) -> Numbering:
        """From the parts `word/numbering.xml` and `word/styles.xml`."""
        found = cls()
        for abstract in numbering.iter(WORD + "abstractNum") if numbering is not None else ():
            levels = {_whole(level.get(WORD + "ilvl")): _level(level) for level in abstract.iter(WORD + "lvl")}
            found.levels[abstract.get(WORD + "abstractNumId", "")] = levels
        for num in numbering.iter(WORD + "num") if numbering is not None else ():
            found.lists[num.get(WORD + "numId", "")] = _value(num, "abstractNumId")
        for style in styles.iter(WORD + "style") if styles is not None else ():
            if (named := _named(style)) is not None:
                found.styles[style.get(WORD + "styleId", "")] = named
        return found

    def before(self, paragraph: Element) -> str:
        """The numeral that stands before a paragraph; empty where there is none. It counts: call it once for each."""
        named = _named(paragraph) or self.styles.get(_value(paragraph, "pPr", "pStyle"))
        if named is None or named[0] not in self.lists:
            return ""
        key, place = self.lists[named[0]], named[1]
        levels, counted = self.levels.get(key, {}), self.counted[key]
        if place not in levels:
            return ""
        counted[place] = counted.get(place, levels[place].start - 1) + 1
        for deeper in [level for level in counted if level > place]:
            del counted[deeper]

        def numeral(found: re.Match[str]) -> str:
            level = int(found[1]) - 1
            known = levels.get(level)
            return _numeral(counted.get(level, known.start), known.format) if known else ""

        written = _PLACE.sub(numeral, levels[place].pattern)
        return written if _PLACE.search(levels[place].pattern) else ""


def _level(element: Element) -> _Level:
    start = _value(element, "start")
    return _Level(_value(element, "numFmt"), _value(element, "lvlText"), _whole(start) if start else 1)


def _named(element: Element) -> tuple[str, int] | None:
    """The list and the level that a paragraph or a style names."""
    found = element.find(f"{WORD}pPr/{WORD}numPr")
    if found is None or not _value(found, "numId"):
        return None
    return _value(found, "numId"), _whole(_value(found, "ilvl"))


def _value(element: Element, *path: str) -> str:
    found = element.find("/".join(WORD + name for name in path))
    return found.get(WORD + "val", "") if found is not None else ""


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 5 else 0


def _numeral(number: int, format: str) -> str:
    """A number in a format; empty in one that no report numbers its sections by."""
    if format in _DECIMAL:
        return str(number)
    digits = _DIGITS.get(format)
    if digits is None or not 1 <= number <= _MOST:
        return ""
    tens, ones = divmod(number, 10)
    ten = digits[9] if tens else ""
    return (digits[tens - 1] if tens > 1 else "") + ten + (digits[ones - 1] if ones else "")
