"""What stands in an address, read into the words of the house; anything else is no address."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from django.urls import register_converter

from gatehouse.border.api import DecisionKind, Direction

Word = TypeVar("Word", bound=StrEnum)


class _WordConverter(Generic[Word]):
    regex = "[a-z_]+"
    words: type[Word]

    def to_python(self, value: str) -> Word:
        return self.words(value)

    def to_url(self, value: Word) -> str:
        return value.value


class KindConverter(_WordConverter[DecisionKind]):
    words = DecisionKind


class DirectionConverter(_WordConverter[Direction]):
    words = Direction


class DayConverter:
    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


register_converter(KindConverter, "kind")
register_converter(DirectionConverter, "direction")
register_converter(DayConverter, "day")
