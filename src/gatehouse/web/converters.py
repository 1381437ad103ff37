"""What stands in an address, read into the words of the house; anything else is no address."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from django.urls import register_converter

from gatehouse.border.api import DecisionKind, Direction
from gatehouse.monitoring.api import AssetClass
from gatehouse.performance.api import Format

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


class AssetClassConverter(_WordConverter[AssetClass]):
    words = AssetClass


class DirectionConverter(_WordConverter[Direction]):
    words = Direction


class DayConverter:
    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


class FigureConverter:
    """The id of a figure or of an indicator: `southern-building.budget.spent`, `law.D0080132.74-1.in-force`."""

    regex = r"[A-Za-z0-9][A-Za-z0-9.-]{0,127}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class FormatConverter(_WordConverter[Format]):
    words = Format


register_converter(KindConverter, "kind")
register_converter(FigureConverter, "figure")
register_converter(FormatConverter, "format")
register_converter(DirectionConverter, "direction")
register_converter(AssetClassConverter, "assetclass")
register_converter(DayConverter, "day")
