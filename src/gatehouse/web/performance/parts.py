"""The parts of a year's narrative: those that are written, and those that its report still wants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gatehouse.kernel.errors import UnreadableError
from gatehouse.performance.api import narrative_of, plans_of, typed_figures
from gatehouse.platform.actors import Actor
from gatehouse.web.performance.words import PARTS
from gatehouse.web.templatetags.gatehouse import text

#: As much as a part of a report can hold.
LONGEST = 60_000


@dataclass(frozen=True, slots=True)
class Part:
    """`revision` 0: nobody wrote it yet. `typed` are figures that were typed where a reference belongs."""

    code: str
    name: Any
    position: int
    revision: int = 0
    text: str = ""
    written_by: str = ""
    written_at: datetime | None = None
    typed: tuple[str, ...] = ()


class PartForm(forms.Form):
    """A part of the narrative as somebody writes it. `after` is the revision that they had before them."""

    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea({"rows": 14, "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Write the text of this part.")},
    )
    after = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        written: str = self.cleaned_data["text"]
        return written.replace("\r\n", "\n")


def parts_of(year: int, *, reader: Actor) -> list[Part]:
    """Every part in the order of the report: goals, each plan of the year, results, others; further ones at the end."""
    plans = {plan.code: text(plan.terms.name) for plan in plans_of(year, reader=reader)}
    names: dict[str, Any] = {"goals": PARTS["goals"], **plans, "results": PARTS["results"], "others": PARTS["others"]}
    written = {row.part: row for row in narrative_of(year)}
    wanted = {code: position for position, code in enumerate(names, 1)}
    found = [
        Part(
            code,
            names.get(code, code),
            row.position,
            row.revision,
            row.text,
            row.written_by,
            row.written_at,
            _typed(row.text),
        )
        for code, row in written.items()
    ]
    found += [Part(code, names[code], position) for code, position in wanted.items() if code not in written]
    return sorted(found, key=lambda part: (part.position, part.code))


def part_of(parts: list[Part], code: str) -> Part:
    """The part with a code. Raises `UnreadableError` where the report has none."""
    found = next((part for part in parts if part.code == code), None)
    if found is None:
        raise UnreadableError("the report of this year has no part %(part)s", part=code[:48])
    return found


def _typed(written: str) -> tuple[str, ...]:
    try:
        return typed_figures(written)
    except UnreadableError as error:
        return (_("cannot be read: %(cause)s") % {"cause": error},)
