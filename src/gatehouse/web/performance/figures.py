"""Figures of a page: each printed as a chip that opens its evidence in the drawer of the same page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gatehouse.kernel.results import Reason
from gatehouse.performance.api import Entry, entry_lines, printed
from gatehouse.platform import wording
from gatehouse.web import words
from gatehouse.web.evidence import Evidence
from gatehouse.web.templatetags.gatehouse import day, text


@dataclass(frozen=True, slots=True)
class Chip:
    """What is printed, whose evidence it opens, and the page of that evidence."""

    text: Any
    evidence: str
    url: str
    missing: Reason | None = None


class Figures:
    """The figures that a page shows, in its order. `plans` are the names of plans by code, for the notes."""

    def __init__(self, year: int, plans: Mapping[str, Mapping[str, str]] | None = None) -> None:
        self.year = year
        self.plans = plans or {}
        self._shown: dict[str, tuple[Entry, str]] = {}

    def chip(self, entry: Entry, printed_as: str | None = None) -> Chip:
        shown = shown_as(entry) if printed_as is None else printed_as
        self._shown.setdefault(entry.id, (entry, shown))
        return Chip(shown, entry.id, reverse("performance_figure", args=(self.year, entry.id)), entry.missing)

    def evidence(self) -> list[Evidence]:
        return [self.evidence_of(entry, shown) for entry, shown in self._shown.values()]

    def evidence_of(self, entry: Entry, shown: str) -> Evidence:
        lines = entry_lines(entry, printed=shown, language=get_language() or "", say=self.said)
        facts = tuple(
            (line.label, format_html('<span class="mono">{}</span>', line.text) if line.code else line.text)
            for line in lines
        )
        status = words.ATTENTION if entry.missing else None
        url = reverse("performance_figure", args=(self.year, entry.id))
        return Evidence(entry.id, text(entry.name), status, facts, url)

    def said(self, reason: Reason) -> str:
        """A reason with the names of plans and the days as the reader has them."""
        return wording.said(reason, self._part)

    def _part(self, name: str, part: Any) -> Any:
        if name == "plan" and part in self.plans:
            return _("“%(name)s”") % {"name": text(self.plans[part])}
        if name == "day" and isinstance(part, str):
            return plain_day(date.fromisoformat(part))
        return part


def shown_as(entry: Entry) -> str:
    """A value as a screen prints it: a percentage with two digits, a day, a count with commas."""
    if entry.figure is None:
        return _("missing")
    value = entry.figure.value
    if isinstance(value, date):
        return plain_day(value)
    return printed(entry, "percent" if entry.figure.unit.startswith("%") else "number")


def plain_day(value: date) -> str:
    """A day in the reader's calendar, without markup."""
    return strip_tags(day(value))
