"""One figure of the book with everything behind it: its evidence, the first of its records, what it was made of."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gatehouse.performance.api import entry_of, plans_of
from gatehouse.web.clock import CLOCK
from gatehouse.web.performance.answering import clearly, reader_of
from gatehouse.web.performance.figures import Figures, shown_as
from gatehouse.web.permissions import permission


@permission("performance.read")
@clearly
def figure(request: HttpRequest, year: int, id: str) -> HttpResponse:
    """A figure's evidence as a page that can be cited; counted anew from the records as they stand."""
    reader = reader_of(request)
    entry = entry_of(year, id, clock=CLOCK, reader=reader)
    figures = Figures(year, {plan.code: plan.terms.name for plan in plans_of(year, reader=reader)})
    shown = shown_as(entry)
    context = {"year": year, "entry": entry, "shown": shown, "evidence": figures.evidence_of(entry, shown)}
    return render(request, "performance/figure.html", context)
