"""The numbers of a sentence that a percentage or a total in it may be of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from gatehouse.performance.auditor.model import Document, Sentence
from gatehouse.performance.auditor.quantities import PERCENT, POINTS, Quantity

#: Units of lengths of time and the like: nothing in a report is a share of them.
_NO_PARTS = frozenset(
    {"", PERCENT, POINTS, "年", "個月", "天", "日", "週", "期", "歲", "倍", "度", "點", "秒", "分鐘", "小時"}
)
_PEOPLE = {"名": "人", "位": "人", "案件": "件"}


@dataclass(frozen=True, slots=True)
class Operand:
    """A quantity with the words before it in its clause, and the sentence where it stands."""

    sentence: Sentence
    quantity: Quantity
    words: str

    @property
    def unit(self) -> str:
        return unit_of(self.quantity)

    @property
    def value(self) -> Fraction:
        return self.quantity.value

    @property
    def printed(self) -> str:
        return self.sentence.printed(self.quantity)


def unit_of(quantity: Quantity) -> str:
    return _PEOPLE.get(quantity.unit, quantity.unit)


def operands(sentence: Sentence, *, until: int | None = None, percents: bool = False) -> list[Operand]:
    """What a sentence counts, up to a place in it, in its order."""
    return [
        Operand(sentence, quantity, clause(sentence, quantity.start))
        for quantity in sentence.quantities
        if (until is None or quantity.end <= until)
        and (quantity.unit not in _NO_PARTS or (percents and quantity.unit == PERCENT))
    ]


def clause(sentence: Sentence, place: int, most: int = 40) -> str:
    """The words before a place from the last mark; a mark inside brackets or between two figures' units ends it too."""
    text = re.sub(r"\([^()]*\)", "", sentence.text[max(0, place - most) : place])
    return re.split(r"[，；。：、()「」]", text)[-1]


def with_previous(document: Document) -> Iterator[tuple[Sentence | None, Sentence]]:
    """Each sentence with the one before it in the same paragraph, if any."""
    before: Sentence | None = None
    for sentence in document.sentences:
        yield (before if before and before.paragraph == sentence.paragraph else None), sentence
        before = sentence
