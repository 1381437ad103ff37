from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gatehouse.audit.api import Purpose
from gatehouse.border.api import Direction, crossings_behind, crossings_per_day
from gatehouse.kernel.figure import Figure
from gatehouse.platform.actors import Actor
from gatehouse.platform.permissions import allowed
from gatehouse.web import words
from gatehouse.web.clock import CLOCK
from gatehouse.web.figures.chart import chart
from gatehouse.web.permissions import permission
from gatehouse.web.places import port_choices
from gatehouse.web.purpose import PurposeForm

LONGEST = timedelta(days=92)
PAGE = 50


class PeriodForm(forms.Form):
    """What the page is about; it stands in the address, so that a view can be cited."""

    port = forms.ChoiceField(label=gettext_lazy("Port"), required=False)
    begin = forms.DateField(label=gettext_lazy("From"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    end = forms.DateField(label=gettext_lazy("To"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["port"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [("", _("All ports")), *port_choices()]

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        begin, end = found.get("begin"), found.get("end")
        if begin and end and not timedelta() <= end - begin <= LONGEST:
            self.add_error("end", _("Choose a period of 1 to 93 days."))
        return found


class RecordsPurposeForm(PurposeForm):
    offered = (Purpose.QUALITY_CONTROL, Purpose.CASE, Purpose.CORRECTION, Purpose.LAW_ENFORCEMENT)


@permission("figures.read")
def crossings(request: HttpRequest) -> HttpResponse:
    """Crossings per day and port: the chart, and the table beneath it."""
    today = timezone.localdate()
    asked = request.GET if "begin" in request.GET else {"begin": today - timedelta(days=6), "end": today}
    form = PeriodForm(asked)
    if not form.is_valid():
        return render(request, "figures/crossings.html", {"form": form}, status=400)
    chosen = form.cleaned_data
    period = (chosen["begin"], chosen["end"])
    figures = crossings_per_day(chosen["port"] or None, period, clock=CLOCK, reader=_reader(request))
    days = [period[0] + timedelta(days=n) for n in range((period[1] - period[0]).days + 1)]
    context = {
        "form": form,
        "chart": chart(days, _by_day(figures)) if figures else None,
        "rows": _rows(figures),
        "directions": list(Direction),
        "total": sum(figure.count for figure in figures),
    }
    return render(request, "figures/crossings.html", context)


@permission("figures.read")
def evidence(request: HttpRequest, day: date, port: str, direction: Direction) -> HttpResponse:
    """What a figure is, from what, when, by which version; counted anew."""
    figure = _figure(request, day, port, direction)
    may_open = allowed(request.user, "border.read_crossings")
    definition = words.DEFINITIONS.get(figure.id, figure.evidence.definition)  # type: ignore[union-attr]
    context = {
        "figure": figure,
        "definition": definition,
        "day": day,
        "port": port,
        "direction": direction,
        "may_open": may_open,
    }
    return render(request, "figures/evidence.html", context)


@permission("border.read_crossings")
def records(request: HttpRequest, day: date, port: str, direction: Direction) -> HttpResponse:
    """The records that were counted, a page of them, after the purpose was said."""
    form = RecordsPurposeForm(request.POST if request.method == "POST" else None, reader=_reader(request))
    context: dict[str, Any] = {"form": form, "day": day, "port": port, "direction": direction}
    if request.method == "POST" and form.is_valid():
        asked = request.POST.get("page", "0")
        page = int(asked) if asked.isdecimal() and len(asked) < 7 else 0
        found = crossings_behind(
            day,
            port,
            direction,
            clock=CLOCK,
            reader=_reader(request),
            offset=page * PAGE,
            limit=PAGE,
            **form.cleaned_data,
        )
        context |= {"records": found, "page": page, "first": page * PAGE + 1, "more": len(found) == PAGE}
    status = 400 if form.errors else 200
    return render(request, "figures/records.html", context, status=status)


def _reader(request: HttpRequest) -> Actor:
    return Actor.of(request.user)  # type: ignore[arg-type]


def _figure(request: HttpRequest, day: date, port: str, direction: Direction) -> Figure:
    figures = crossings_per_day(port, (day, day), clock=CLOCK, reader=_reader(request))
    for figure in figures:
        if figure.labels["direction"] == direction.value:
            return figure
    raise Http404


def _by_day(figures: list[Figure]) -> dict[tuple[date, Direction], int]:
    """What was counted by day and direction, over all ports shown."""
    counted: defaultdict[tuple[date, Direction], int] = defaultdict(int)
    for figure in figures:
        key = date.fromisoformat(figure.labels["day"]), Direction(figure.labels["direction"])
        counted[key] += figure.count
    return dict(counted)


def _rows(figures: list[Figure]) -> list[tuple[date, str, list[Figure | None]]]:
    """A row for each day and port, the latest first, with a figure or nothing for each direction."""
    table: defaultdict[tuple[str, str], dict[str, Figure]] = defaultdict(dict)
    for figure in figures:
        table[figure.labels["day"], figure.labels["port"]][figure.labels["direction"]] = figure
    return [
        (date.fromisoformat(day), port, [cells.get(direction.value) for direction in Direction])
        for (day, port), cells in sorted(table.items(), key=lambda row: (row[0][0], row[0][1]), reverse=True)
    ]
