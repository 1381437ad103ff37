"""The files of a report, in the agency's language, calendar and zone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from zoneinfo import ZoneInfo

from django.utils import translation

from gatehouse.kernel.results import Reason
from gatehouse.performance.domain.book import Entry
from gatehouse.performance.domain.report import Report
from gatehouse.performance.rendering import Format, Manner, render
from gatehouse.performance.rendering.evidence import Line, lines_of
from gatehouse.performance.rendering.paper import Paper, paper_of
from gatehouse.performance.selectors.reports import report_form
from gatehouse.platform.profile import profile
from gatehouse.platform.wording import said


def manner() -> Manner:
    """How the agency of the profile writes its reports."""
    agency, form = profile().agency, report_form()
    return Manner(
        code=agency.languages[0],
        tag=form.language,
        roc=agency.calendar == "roc",
        zone=ZoneInfo(agency.time_zone),
        say=said,
        fonts=form.fonts,
        terms=form.terms,
    )


def report_file(report: Report, format: Format) -> bytes:
    """A report, whoever was allowed to read it, as the bytes of a file. Raises as `render`."""
    with translation.override(profile().agency.languages[0]):
        return render(report, format, manner())


def report_paper(report: Report) -> Paper:
    """A report, whoever was allowed to read it, as it stands on paper: what a page of the house shows of it."""
    with translation.override(profile().agency.languages[0]):
        return paper_of(report, manner())


def entry_lines(entry: Entry, *, printed: str, language: str, say: Callable[[Reason], str] = said) -> tuple[Line, ...]:
    """What an entry of the book rests on, line by line, for a reader of one of the agency's languages."""
    agency = profile().agency
    roc = agency.calendar == "roc" and language == agency.languages[0]
    reader = replace(manner(), code=language, tag=language, roc=roc, say=say)
    return lines_of(entry, (printed,) if printed else (), reader)
