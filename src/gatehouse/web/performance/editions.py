"""Published editions as they were, their errata, and the files of every format."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gatehouse.kernel.errors import NotFoundError, RefusedError
from gatehouse.performance.api import (
    MEDIA_TYPES,
    Format,
    Report,
    State,
    edition_of,
    editions_of,
    plans_of,
    report_file,
    report_of,
)
from gatehouse.web.clock import CLOCK
from gatehouse.web.performance.answering import clearly, reader_of
from gatehouse.web.performance.figures import Figures
from gatehouse.web.performance.sheet import sheet_of
from gatehouse.web.performance.years import years_for
from gatehouse.web.permissions import permission


@permission("performance.read")
@clearly
def edition(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """An edition as it was frozen."""
    reader = reader_of(request)
    report = _edition(year, number)
    figures = Figures(year, {plan.code: plan.terms.name for plan in plans_of(year, reader=reader)})
    sheet = sheet_of(report, figures)
    editions = editions_of(year)
    context = {
        "year": year,
        "years": years_for(year, reader=reader),
        "edition": next(each for each in editions if each.number == number),
        "editions": editions,
        "report": report,
        "sheet": sheet,
        "formats": list(Format),
        "evidence": sheet.evidence,
    }
    return render(request, "performance/edition.html", context)


@permission("performance.read")
@clearly
def edition_file(request: HttpRequest, year: int, number: int, format: Format) -> HttpResponse:
    """A published edition as a file."""
    return _file(request, _edition(year, number), format, f"report-{year}-{number}")


@permission("performance.read")
@clearly
def draft_file(request: HttpRequest, year: int, format: Format) -> HttpResponse:
    """The report as it stands now as a file that says on every page that it is a draft."""
    report = report_of(year, clock=CLOCK, reader=reader_of(request), state=State.DRAFT)
    return _file(request, report, format, f"report-{year}-draft")


def _edition(year: int, number: int) -> Report:
    found = edition_of(year, number)
    if found is None or not number:
        raise NotFoundError("there is no edition %(number)s of %(year)s", number=number, year=year)
    return found


def _file(request: HttpRequest, report: Report, format: Format, name: str) -> HttpResponse:
    try:
        data = report_file(report, format)
    except RefusedError as error:
        messages.error(request, Figures(report.year).said(error.reason))
        return redirect("performance_desk", report.year)
    answer = HttpResponse(data, content_type=MEDIA_TYPES[format])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{format.value}"'
    return answer
