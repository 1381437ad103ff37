"""A run of text as it was printed, with the line each character stood on and a plain form that rules read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: Characters that are written in more than one way, as the plain form has them. Simplified forms of the words that
#: rules look for are among them.
_SAME = str.maketrans(
    "万亿个项处实际执达标预编经费计划总减较长类种员车台佔约绩审请数户"
    "馀余环节关设备务统应级组别减场两产并从为发东业产动与号间认证额",
    "萬億個項處實際執達標預編經費計劃總減較長類種員車臺占約績審請數戶"
    "餘餘環節關設備務統應級組別減場兩產並從為發東業產動與號間認證額",
)
#: Marks that mean a clause ends, in their half-width forms.
_MARKS = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？"}
_WIDE_MARKS = frozenset("，；：！？。、")


def _plain(character: str) -> str:
    if character in _WIDE_MARKS:
        return character
    folded = unicodedata.normalize("NFKC", character)
    return (folded if len(folded) == 1 else character).translate(_SAME)


@dataclass(frozen=True, slots=True)
class Passage:
    """`printed` as it stood, its lines joined; `lines` the line of each of its characters.

    `plain` has half-width digits and signs, full-width clause marks and no blanks beside Chinese; `at` gives for each
    of its characters the place in `printed`.
    """

    printed: str
    lines: Sequence[int]
    plain: str
    at: Sequence[int]

    @classmethod
    def of(cls, parts: Iterable[tuple[int, str]]) -> Passage:
        """Lines with their numbers, joined: a blank is put only between two words of letters."""
        printed: list[str] = []
        lines: list[int] = []
        for number, text in parts:
            stripped = " ".join(text.split())
            if printed and stripped and _latin(printed[-1]) and _latin(stripped[0]):
                printed.append(" ")
                lines.append(number)
            printed.extend(stripped)
            lines.extend([number] * len(stripped))
        return cls._read("".join(printed), lines)

    @classmethod
    def _read(cls, printed: str, lines: Sequence[int]) -> Passage:
        plain: list[str] = []
        at: list[int] = []
        for place, character in enumerate(printed):
            before = printed[place - 1] if place else ""
            after = printed[place + 1] if place + 1 < len(printed) else ""
            if character.isspace() and not (_word(before) and _word(after)):
                continue
            folded = _plain(character)
            if folded in _MARKS and not (_digit(before) and _digit(after)):
                folded = _MARKS[folded]
            if character == "，" and _grouping(printed, place):
                folded = ","
            plain.append(folded)
            at.append(place)
        return cls(printed, lines, "".join(plain), at)

    def quote(self, start: int, end: int) -> str:
        """What was printed for this part of the plain form."""
        return self.printed[self.at[start] : self.at[end - 1] + 1] if start < end else ""

    def line(self, start: int = 0) -> int:
        """The line on which a character of the plain form stood."""
        return self.lines[self.at[min(start, len(self.at) - 1)]] if self.at else 0

    def part(self, start: int, end: int) -> Passage:
        """A part of the plain form as a passage of its own."""
        if start >= end:
            return Passage("", [], "", [])
        first, last = self.at[start], self.at[end - 1] + 1
        return Passage(
            self.printed[first:last],
            self.lines[first:last],
            self.plain[start:end],
            [place - first for place in self.at[start:end]],
        )


def _latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _word(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _digit(character: str) -> bool:
    return character.isdigit()


def _grouping(printed: str, place: int) -> bool:
    """Whether a full-width comma groups full-width digits by three: １２，３４５."""
    before = printed[max(0, place - 1) : place]
    after = printed[place + 1 : place + 5]
    wide = "０１２３４５６７８９"
    return (
        before in wide
        and before != ""
        and len(after) >= 3
        and all(c in wide for c in after[:3])
        and after[3:4] not in wide
    )
