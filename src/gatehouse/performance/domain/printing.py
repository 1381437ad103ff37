"""How figures are printed in the agency's reports: 千元 with commas, 億 and 萬 in prose, percentages, ROC dates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.roc import roc_date, roc_year
from gatehouse.performance.domain.book import Entry

_WAN, _YI = 10_000, 100_000_000


def percentage(value: Decimal, places: int, *, target: Decimal | None = None, less_is_better: bool = False) -> str:
    """A percentage with at most `places` digits, half up, but never rounded to a target or past it: 99.949% of a target
    of 99.95 stays 99.94%. Whole numbers are printed without digits: 20%, 100%.
    """
    step = Decimal(1).scaleb(-places)
    rounded = value.quantize(step, ROUND_HALF_UP)
    if target is not None and not less_is_better and value < target <= rounded:
        rounded = value.quantize(step, ROUND_FLOOR)
    if target is not None and less_is_better and rounded <= target < value:
        rounded = value.quantize(step, ROUND_CEILING)
    whole = rounded == rounded.to_integral_value() and value == rounded
    return f"{rounded.quantize(Decimal(1)) if whole else rounded}%"


def in_thousands(value: int) -> str:
    """Money as 千元 with commas: 91378000 is 91,378. Raises `UnreadableError` for a broken thousand."""
    if value % 1000:
        raise UnreadableError("%(value)s is not a whole number of thousands", value=str(value))
    return f"{value // 1000:,}"


def in_prose(value: int) -> str:
    """A number as in Chinese prose: 339990000 is 3億3,999萬, 21932 is 2萬1,932, 9454 is 9,454."""
    if value < 0:
        return f"-{in_prose(-value)}"
    yi, rest = divmod(value, _YI)
    wan, ones = divmod(rest, _WAN)
    parts = [f"{yi:,}億" if yi else "", f"{wan:,}萬" if wan else "", f"{ones:,}" if ones or not (yi or wan) else ""]
    return "".join(parts)


def in_months(value: int) -> str:
    """A number of months as in Chinese prose: 15 is 1年3個月, 12 is 1年, 3 is 3個月."""
    years, months = divmod(value, 12)
    return "".join((f"{years:,}年" if years else "", f"{months}個月" if months or not years else ""))


def _percent(places: int) -> Callable[[Entry, Decimal], str]:
    return lambda entry, value: percentage(value, places, target=entry.target, less_is_better=entry.less_is_better)


#: Styles by the name that a reference gives after the colon: `{southern-building.budget.spent:thousands}`.
STYLES: Mapping[str, Callable[[Entry, Decimal], str]] = {
    "percent": _percent(2),
    "percent0": _percent(0),
    "thousands": lambda _, value: in_thousands(int(value)),
    "prose": lambda _, value: in_prose(int(value)),
    "number": lambda _, value: f"{value:,}",
    "months": lambda _, value: in_months(int(value)),
}
#: Styles of a day: 112年6月30日; 6月30日 after a day of the same year; 112年6月底.
DATE_STYLES: Mapping[str, Callable[[date], str]] = {
    "date": roc_date,
    "monthday": lambda day: f"{day.month}月{day.day}日",
    "monthend": lambda day: f"{roc_year(day.year)}年{day.month}月底",
}


def printed(entry: Entry, style: str) -> str:
    """The value of an entry in a style: one of `STYLES`, or of `DATE_STYLES` for a day.

    Raises `UnreadableError` for a style that does not exist or does not fit the value.
    """
    if entry.figure is None:
        raise UnreadableError("%(id)s has no value", id=entry.id)
    value = entry.figure.value
    if isinstance(value, date):
        if style not in DATE_STYLES:
            raise UnreadableError("%(id)s is a date and cannot be printed as %(style)s", id=entry.id, style=style)
        return DATE_STYLES[style](value)
    if style not in STYLES:
        raise UnreadableError("%(id)s: there is no style %(style)s for a number", id=entry.id, style=style)
    return STYLES[style](entry, Decimal(value))
