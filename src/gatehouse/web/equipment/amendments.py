"""Amending the ledger: one asks, another confirms or declines."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from gatehouse.kernel.errors import ConflictError, NotFoundError, RefusedError
from gatehouse.monitoring.api import (
    State,
    amendment_confirm,
    amendment_decline,
    amendment_request,
    amendments_of,
)
from gatehouse.monitoring.domain.amendments import AMENDABLE
from gatehouse.platform.permissions import allowed
from gatehouse.platform.profile import profile
from gatehouse.web.clock import CLOCK
from gatehouse.web.equipment.views import reader_of
from gatehouse.web.equipment.words import STATES
from gatehouse.web.passkeys.confirming import fresh
from gatehouse.web.permissions import permission
from gatehouse.web.templatetags.gatehouse import said


class AmendmentForm(forms.Form):
    """A stretch of a device's past, what it is to count as, and why. Moments are of the agency's clock."""

    device = forms.CharField(label=gettext_lazy("Device"), max_length=64)
    start = forms.DateTimeField(label=gettext_lazy("From"), widget=forms.DateTimeInput({"type": "datetime-local"}))
    end = forms.DateTimeField(label=gettext_lazy("To"), widget=forms.DateTimeInput({"type": "datetime-local"}))
    state = forms.ChoiceField(label=gettext_lazy("Counts as"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Say why: who confirms it decides by this.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["state"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [(state.value, STATES[state].word) for state in AMENDABLE]


@permission("monitoring.read")
@require_http_methods(["GET", "POST"])
def amendments(request: HttpRequest) -> HttpResponse:
    """Those that wait for an answer first; who may amend asks for another."""
    reader = reader_of(request)
    may = allowed(request.user, "monitoring.amend")
    form = AmendmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given, zone = form.cleaned_data, ZoneInfo(profile().agency.time_zone)
        try:
            amendment_request(
                clock=CLOCK,
                actor=reader,
                tag=given["device"].strip(),
                start=given["start"].replace(tzinfo=zone),
                end=given["end"].replace(tzinfo=zone),
                state=State(given["state"]),
                reason=given["reason"],
            )
        except (NotFoundError, RefusedError) as error:
            form.add_error(None, said(error.reason))
        else:
            messages.success(request, _("Asked: it counts once somebody else has confirmed it."))
            return redirect("amendments")
    found = [(each, STATES[each.state], each.requested_by == str(reader)) for each in amendments_of(reader=reader)]
    context = {
        "form": form,
        "may": may,
        "waiting": [each for each in found if each[0].confirmed is None],
        "answered": [each for each in reversed(found) if each[0].confirmed is not None],
    }
    return render(request, "equipment/amendments.html", context, status=400 if form.errors else 200)


@permission("monitoring.amend")
@require_POST
@fresh
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Confirm or decline what somebody else asked for."""
    actor, reason = reader_of(request), request.POST.get("reason", "")[:2000]
    try:
        if "confirm" in request.POST:
            amendment_confirm(clock=CLOCK, actor=actor, amendment=number)
        else:
            amendment_decline(clock=CLOCK, actor=actor, amendment=number, reason=reason)
    except (ConflictError, NotFoundError, RefusedError) as error:
        messages.error(request, said(error.reason))
    else:
        messages.success(request, _("Recorded."))
    return redirect("amendments")
