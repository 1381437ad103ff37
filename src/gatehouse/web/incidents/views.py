from __future__ import annotations

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from gatehouse.kernel.errors import ConflictError, NotFoundError, RefusedError
from gatehouse.monitoring.api import (
    BY_PEOPLE,
    StepKind,
    incident,
    incident_step_add,
    incidents_of,
    notices_of,
    repair_times,
)
from gatehouse.platform.actors import Actor
from gatehouse.platform.permissions import allowed
from gatehouse.web.clock import CLOCK
from gatehouse.web.equipment.words import CHANNELS, OCCASIONS, STATES, STEPS
from gatehouse.web.permissions import permission
from gatehouse.web.templatetags.gatehouse import said

#: Resolved incidents that are shown, and over how many days repairs are averaged.
_RESOLVED, _DAYS = 30, 30
#: What a person may add on a page, in the order of a repair.
_OFFERED = tuple(kind for kind in StepKind if kind in BY_PEOPLE and kind is not StepKind.ACKNOWLEDGED)


class StepForm(forms.Form):
    """What was found or done."""

    kind = forms.ChoiceField(label=gettext_lazy("Step"))
    note = forms.CharField(
        label=gettext_lazy("What was found or done"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Say what was found or done.")},
    )

    def __init__(self, data: object = None, *, resolved: bool) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        offered = [kind for kind in _OFFERED if resolved or kind is not StepKind.REVIEWED]
        field.choices = [(kind.value, STEPS[kind]) for kind in offered]


@permission("monitoring.read")
def incidents(request: HttpRequest) -> HttpResponse:
    """The open ones, the last resolved, and how long repairs took."""
    reader, now = _reader(request), CLOCK.now()
    found = incidents_of(reader=reader)
    context = {
        "open": [(each, STATES[each.state]) for each in found if each.resolved_at is None],
        "resolved": [(each, STATES[each.state]) for each in found if each.resolved_at is not None][:_RESOLVED],
        "times": repair_times(reader=reader, since=now - timedelta(days=_DAYS), until=now),
        "days": _DAYS,
    }
    return render(request, "incidents/incidents.html", context)


@permission("monitoring.read")
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One incident with its devices and steps; who may handle it acknowledges it, or adds what was done."""
    reader = _reader(request)
    try:
        view = incident(reader=reader, number=number)
    except NotFoundError as error:
        raise Http404 from error
    resolved = view.resolved_at is not None
    handles = allowed(request.user, "monitoring.handle")
    acknowledges = "acknowledge" in request.POST
    form = StepForm(request.POST if request.method == "POST" and not acknowledges else None, resolved=resolved)
    if request.method == "POST" and (acknowledges or form.is_valid()):
        kind = StepKind.ACKNOWLEDGED if acknowledges else StepKind(form.cleaned_data["kind"])
        note = "" if acknowledges else form.cleaned_data["note"]
        try:
            incident_step_add(clock=CLOCK, actor=reader, incident=number, kind=kind, note=note)
        except (ConflictError, RefusedError) as error:
            messages.error(request, said(error.reason))
        else:
            messages.success(request, _("Recorded."))
        return redirect("incident", number=number)
    context = {
        "incident": view,
        "status": STATES[view.state],
        "steps": [(step, STEPS[step.kind]) for step in view.steps],
        "told": [
            (each, OCCASIONS[each.occasion], CHANNELS[each.channel])
            for each in notices_of(reader=reader, incident=number)
        ],
        "handles": handles,
        "form": form,
    }
    return render(request, "incidents/incident.html", context, status=400 if form.errors else 200)


def _reader(request: HttpRequest) -> Actor:
    return Actor.of(request.user)  # type: ignore[arg-type]
