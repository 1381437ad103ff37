"""What all screens need: reasons in the reader's language, days in their calendar, words for states."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from gatehouse.border.api import DecisionKind, Direction, InspectionState
from gatehouse.kernel.results import Reason, Result
from gatehouse.kernel.roc import gregorian_year, roc_date
from gatehouse.monitoring.api import AssetClass
from gatehouse.platform import wording
from gatehouse.platform.ports import ports
from gatehouse.platform.profile import profile
from gatehouse.web import words
from gatehouse.web.duration import said as duration_said
from gatehouse.web.equipment import words as equipment
from gatehouse.web.places import port_name

register = template.Library()


@register.filter
def said(reason: Reason) -> str:
    """A reason in the reader's language."""
    return wording.said(reason, _part)


@register.filter
def said_or_text(value: Reason | str) -> str:
    """A reason in the reader's language; a text as it is."""
    return said(value) if isinstance(value, Reason) else value


def _part(name: str, part: Any) -> Any:
    """A part of a reason in the reader's words, where the house has words for it."""
    if isinstance(part, InspectionState):
        return words.STATES[part].word
    if isinstance(part, DecisionKind | Direction):
        return word(part)
    if name == "elements":  # of a machine readable zone
        return gettext(", ").join(str(words.ELEMENTS.get(element, element)) for element in part.split(", "))
    if name == "actor":
        return actor(part)
    return words.PERMISSIONS.get(part, part) if name == "permission" else part


@register.filter
def status(state: Result | InspectionState) -> words.Status:
    """Word, shape and colour of a result or of an inspection's state."""
    return words.RESULTS[state] if isinstance(state, Result) else words.STATES[state]


@register.filter
def check_name(check: str) -> Any:
    """What a check looks at, in words."""
    return words.CHECKS.get(check, check)


@register.filter
def word(value: Any) -> Any:
    """The word for a value of the house's enumerations, or of the profile's; one without a word stands for itself."""
    if isinstance(value, DecisionKind):
        return words.DECISIONS[value]
    known: dict[Any, Any] = {**words.DIRECTIONS, **words.CAPACITIES, **words.SEXES, **words.STAYS, **words.LISTS}
    return known.get(value, value)


@register.filter
def day(value: date | datetime) -> SafeString:
    """A day in the reader's calendar; both calendars on hover."""
    plain = local(value).date() if isinstance(value, datetime) else value
    both = f"{plain.isoformat()} · {roc_date(plain, era=True)}" if _roc() else plain.isoformat()
    shown = roc_date(plain) if _roc() and (get_language() or "").startswith("zh") else plain.isoformat()
    return format_html('<time datetime="{}" title="{}">{}</time>', plain.isoformat(), both, shown)


@register.filter
def direction(value: str) -> Direction:
    """A direction from its value, for an address."""
    return Direction(value)


@register.filter
def partial_day(value: str | None) -> SafeString:
    """A day as far as it is known: "1990-05-01", "1990-05", "1990", or not at all."""
    if value is None:
        return format_html("{}", gettext("not known"))
    return day(date.fromisoformat(value)) if len(value) == 10 else format_html("{}", value)


@register.filter
def actor(name: str) -> str:
    """Who did it: a person by the name of their account; devices and the house say what they are."""
    return name.removeprefix("user:")


@register.filter
def moment(value: datetime) -> SafeString:
    """Day and time of the agency's zone."""
    return format_html("{} {}", day(value), clock_time(value))


@register.filter
def clock_time(value: datetime) -> SafeString:
    """The time of day in the agency's zone, to the second on hover."""
    here = local(value)
    iso = here.isoformat(timespec="seconds")
    return format_html('<time datetime="{}" title="{}">{}</time>', iso, iso, f"{here:%H:%M}")


@register.filter
def get(mapping: Mapping[str, Any], key: str) -> Any:
    """What `mapping` holds for a key that is no plain name."""
    return mapping[key]


@register.filter
def found(mapping: Mapping[str, Any], key: str) -> Any:
    """What `mapping` holds for a key; None where it holds nothing."""
    return mapping.get(key)


@register.filter
def equipment_class(value: AssetClass) -> Any:
    """A class of equipment in words."""
    return equipment.CLASSES[value]


@register.filter
def percent(ratio: Fraction | None) -> str:
    """In percent with two digits, cut off; "–" for nothing."""
    return equipment.percent(ratio)


@register.filter
def text(texts: Mapping[str, str]) -> str:
    """A text of the profile or of a record in the reader's language, else in the first that it has."""
    return texts.get(get_language() or "") or next(iter(texts.values()), "")


@register.filter
def port(code: str) -> str:
    """A port by its name and code; a code that the profile does not know stands for itself."""
    return f"{port_name(code)} ({code})" if code in ports() else code


@register.filter
def agency_year(year: int) -> str:
    """A year of the agency's calendar as the reader says it: 112年, 2023 (ROC 112), or the year alone."""
    if not _roc():
        return str(year)
    zh = (get_language() or "").startswith("zh")
    return f"{year}年" if zh else f"{gregorian_year(year)} (ROC {year})"


@register.filter
def month(value: date) -> str:
    """The month of a day as charts and tables of one year name it: 3月, Mar."""
    return date_format(value, "b").capitalize() if not (get_language() or "").startswith("zh") else f"{value.month}月"


@register.filter
def number(value: int | Decimal) -> str:
    """A number with commas, without digits that say nothing."""
    whole = value == int(value)
    return f"{int(value):,}" if whole else f"{value:,.2f}"


@register.filter
def thousands(amount: int) -> str:
    """An amount of money in thousands, as budgets are read; one that is no whole thousand keeps its rest."""
    whole, rest = divmod(amount, 1000)
    return f"{whole:,}" if not rest else f"{amount / 1000:,.3f}"


@register.filter
def duration(value: timedelta) -> str:
    return duration_said(value)


@register.filter
def seconds(milliseconds: float) -> str:
    """A short time in seconds, to the tenth: "1.4 s"."""
    return f"{milliseconds / 1000:.1f} s"


def local(value: datetime) -> datetime:
    return value.astimezone(ZoneInfo(profile().agency.time_zone))


def _roc() -> bool:
    return profile().agency.calendar == "roc"
