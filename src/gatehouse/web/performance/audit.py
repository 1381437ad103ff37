"""The audit of a report that somebody hands in. Nothing of it is kept: the answer is the page, and that is all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from gatehouse.kernel.errors import UnreadableError
from gatehouse.performance.api import file_audited
from gatehouse.web.performance.answering import reader_of
from gatehouse.web.performance.figures import Figures
from gatehouse.web.performance.marking import marked_text
from gatehouse.web.performance.uploads import MOST_BYTES, ReportUploadHandler
from gatehouse.web.performance.words import CHECKED, CONFIDENCES, RULES, SEVERITIES
from gatehouse.web.performance.years import years_for
from gatehouse.web.permissions import permission

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

_ACCEPT = ".pdf,.odt,.docx,.html,.htm,.txt,.md"


class AuditForm(forms.Form):
    report = forms.FileField(
        label=gettext_lazy("Report"),
        help_text=gettext_lazy("PDF, ODT, DOCX, HTML or text; both files together at most 16 MB."),
        allow_empty_file=False,
        widget=forms.FileInput({"accept": _ACCEPT}),
        error_messages={
            "required": gettext_lazy("Choose the file of the report."),
            "empty": gettext_lazy("The file is empty."),
        },
    )
    previous = forms.FileField(
        label=gettext_lazy("Report of the year before, if there is one"),
        help_text=gettext_lazy("Targets are held against what it says was reached."),
        required=False,
        widget=forms.FileInput({"accept": _ACCEPT}),
        error_messages={"empty": gettext_lazy("The file is empty.")},
    )


@permission("performance.read")
@csrf_exempt  # checked below, once it is said where the upload goes
def audit(request: HttpRequest) -> HttpResponse:
    """The form, and the findings of what was sent with it."""
    request.upload_handlers = [ReportUploadHandler(request)]
    return _audit(request)


@csrf_protect
def _audit(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    years = years_for(0, reader=reader)
    context: dict[str, Any] = {"year": years.latest or years.now, "form": AuditForm()}
    if request.method != "POST":
        return render(request, "performance/audit.html", context)
    form = AuditForm(request.POST, request.FILES)
    context["form"] = form
    if _too_large(request):
        form.add_error(None, _("The files are larger than %(limit)s MB together.") % {"limit": MOST_BYTES >> 20})
        form.errors.pop("report", None)
    if form.is_valid():
        try:
            context |= _answer(form.cleaned_data["report"], form.cleaned_data["previous"], request)
        except UnreadableError as error:
            form.add_error("report", Figures(0).said(error.reason))
    return render(request, "performance/audit.html", context, status=400 if form.errors else 200)


def _answer(report: UploadedFile[Any], previous: UploadedFile[Any] | None, request: HttpRequest) -> dict[str, Any]:
    found = file_audited(report.read(), previous=previous.read() if previous else None, reader=reader_of(request))
    findings = found.audit.findings
    return {
        "name": report.name,
        "findings": [(number, each) for number, each in enumerate(findings, 1)],
        "passages": marked_text(found.document, findings),
        "checked": [(CHECKED.get(kind, kind), count) for kind, count in found.audit.checked.items() if count],
        "rules": RULES,
        "severities": SEVERITIES,
        "confidences": CONFIDENCES,
        "audited": True,
    }


def _too_large(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return length.isdecimal() and int(length) > MOST_BYTES
