"""The files of a report, in the agency's language, calendar and zone."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.utils import translation

from gatehouse.performance.domain.report import Report
from gatehouse.performance.rendering import Format, Manner, render
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
    )


def report_file(report: Report, format: Format) -> bytes:
    """A report, whoever was allowed to read it, as the bytes of a file. Raises as `render`."""
    with translation.override(profile().agency.languages[0]):
        return render(report, format, manner())
