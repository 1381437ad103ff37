"""Publishing: what will be frozen is shown first, and somebody else than the writer freezes it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gatehouse.kernel.errors import ConflictError, RefusedError
from gatehouse.kernel.results import Reason
from gatehouse.performance.api import (
    Report,
    State,
    edition_of,
    edition_publish,
    editions_of,
    plans_of,
    report_of,
    report_paper,
    text_digest,
    writers_of,
)
from gatehouse.web.clock import CLOCK
from gatehouse.web.passkeys.confirming import fresh
from gatehouse.web.performance.answering import clearly, reader_of
from gatehouse.web.performance.figures import Figures
from gatehouse.web.performance.sheet import sheet_of
from gatehouse.web.performance.years import years_for
from gatehouse.web.permissions import permission


class PublishForm(forms.Form):
    """`seen` is the digest of what the publisher was shown."""

    reason = forms.CharField(
        label=gettext_lazy("Why the edition before was not right any more"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    seen = forms.CharField(max_length=64, min_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, later: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if later:
            self.fields["reason"].required = True
            self.fields["reason"].error_messages["required"] = _("Say why the edition before was not right any more.")
        else:
            self.fields["reason"].widget = forms.HiddenInput()


@permission("performance.publish")
@fresh
@clearly
def publish(request: HttpRequest, year: int) -> HttpResponse:
    """The proof of the next edition, and freezing it."""
    reader = reader_of(request)
    editions = editions_of(year)
    refused: Reason | None = None
    form = PublishForm(request.POST if request.method == "POST" else None, later=bool(editions))
    if request.method == "POST" and form.is_valid():
        try:
            number = edition_publish(clock=CLOCK, actor=reader, year=year, **form.cleaned_data)
        except (RefusedError, ConflictError) as error:
            refused = error.reason
        else:
            messages.success(request, _("Edition %(number)s is published and frozen.") % {"number": number})
            return redirect("performance_edition", year, number)
    proof: Report | None = None
    try:
        proof = report_of(year, clock=CLOCK, reader=reader, state=State.PROOF)
    except RefusedError as error:
        refused = error.reason
    writers = writers_of(year)
    context: dict[str, Any] = {
        "year": year,
        "years": years_for(year, reader=reader),
        "own": str(reader) in writers,
        "unchanged": False,
        "writer": writers[-1],
        "form": form,
        "proof": proof,
        "editions": editions,
    }
    if proof:
        digest = text_digest(proof)
        before = edition_of(year)
        if before and text_digest(before) == digest:
            refused = refused or Reason("nothing changed since edition %(number)s", number=before.edition)
            context["unchanged"] = True
        context["form"] = form if form.errors else PublishForm(initial={"seen": digest}, later=bool(editions))
        figures = Figures(year, {plan.code: plan.terms.name for plan in plans_of(year, reader=reader)})
        sheet = sheet_of(proof, figures, report_paper(proof))
        context |= {"digest": digest, "sheet": sheet, "evidence": sheet.evidence}
    context["refused"] = refused
    status = 409 if refused and request.method == "POST" else 400 if form.errors else 200
    return render(request, "performance/publish.html", context, status=status)
