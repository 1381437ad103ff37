"""Handing a shift over and taking it over, on the screen."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from gatehouse.border.api import (
    HandoverView,
    Standing,
    handover_give,
    handover_take,
    handover_view,
    handovers_of,
    shifts_to_hand_over,
    standing_at,
)
from gatehouse.kernel.errors import ConflictError, NotFoundError, RefusedError
from gatehouse.platform.actors import Actor
from gatehouse.platform.permissions import allowed
from gatehouse.web.clock import CLOCK
from gatehouse.web.equipment.words import STATES
from gatehouse.web.permissions import permission
from gatehouse.web.shift.session import shift_of
from gatehouse.web.templatetags.gatehouse import local, said

_LONGEST = 4000


class GiveForm(forms.Form):
    """What no register knows, for the shift that is chosen."""

    began_at = forms.ChoiceField(label=gettext_lazy("Shift"))
    watch = forms.CharField(
        label=gettext_lazy("What to watch"),
        help_text=gettext_lazy("In your own words, without names of travellers. If there is nothing, say so."),
        max_length=_LONGEST,
        widget=forms.Textarea({"rows": 6, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Say what the next shift has to watch, or that there is nothing.")},
    )

    def __init__(self, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        field = self.fields["began_at"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        turns = shifts_to_hand_over(clock=CLOCK)
        field.choices = [
            (each.began_at.isoformat(), f"{local(each.began_at):%Y-%m-%d %H:%M} – {local(each.ends_at):%H:%M}")
            for each in turns
        ]


class TakeForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("What you add (optional)"),
        required=False,
        max_length=_LONGEST,
        widget=forms.Textarea({"rows": 3, "autocomplete": "off"}),
    )


def left_for(request: HttpRequest, port: str) -> bool:
    """Whether an earlier shift left something at this port that this person can take over and nobody did."""
    if not allowed(request.user, "border.hand_over"):
        return False
    reader = _officer(request)
    return any(each.given_by != str(reader) for each in handovers_of(port, reader=reader, is_taken=False))


@permission("border.hand_over")
def handovers(request: HttpRequest) -> HttpResponse:
    """What nobody took over yet, first; then the last that were."""
    shift = shift_of(request)
    if shift is None:
        return redirect("shift")
    found = handovers_of(shift.port, reader=_officer(request))
    context = {
        "waiting": [each for each in found if each.taken is None],
        "taken": [each for each in found if each.taken is not None],
    }
    return render(request, "shift/handovers.html", context)


@permission("border.hand_over")
@require_http_methods(["GET", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """What stands now, to be completed by what to watch."""
    shift, officer = shift_of(request), _officer(request)
    if shift is None:
        return redirect("shift")
    form = GiveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        began_at, watch = datetime.fromisoformat(form.cleaned_data["began_at"]), form.cleaned_data["watch"]
        try:
            given = handover_give(clock=CLOCK, officer=officer, port=shift.port, began_at=began_at, watch=watch)
        except (ConflictError, RefusedError) as error:
            form.add_error("began_at", said(error.reason))
        else:
            messages.success(request, _("Handed over. The next shift sees it until somebody takes it over."))
            return redirect("handover", given)
    standing = standing_at(shift.port, clock=CLOCK, reader=officer)
    context = {"form": form, **_shown(standing)}
    return render(request, "shift/give.html", context, status=400 if form.errors else 200)


@permission("border.hand_over")
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, handover: UUID) -> HttpResponse:
    """One handover, to be read, printed, and taken over by somebody else than who gave it."""
    officer = _officer(request)
    try:
        view = handover_view(handover, reader=officer)
    except NotFoundError as error:
        raise Http404 from error
    form = TakeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            handover_take(clock=CLOCK, officer=officer, handover=handover, note=form.cleaned_data["note"])
        except (ConflictError, RefusedError) as error:
            messages.error(request, said(error.reason))
        else:
            messages.success(request, _("Taken over."))
        return redirect("handover", handover)
    context = {"handover": view, "form": form, "takes": _takes(view, officer), **_shown(view.standing)}
    return render(request, "shift/handover.html", context, status=400 if form.errors else 200)


def _takes(view: HandoverView, officer: Actor) -> bool:
    return view.taken is None and view.given_by != str(officer)


def _shown(standing: Standing) -> dict[str, Any]:
    """What stands, with its words; a hold says what is left of its time as of then."""
    nothing = timedelta()
    return {
        "standing": standing,
        "incidents": [(each, STATES[each.state]) for each in standing.incidents],
        "holds": [
            (each, max(each.hold_ends_at - standing.as_of, nothing)) for each in standing.waiting if each.hold_ends_at
        ],
        "cases": [(each, standing.as_of - each.waiting_since) for each in standing.cases],
        "equipment": [(each, STATES[each.state]) for each in standing.equipment],
    }


def _officer(request: HttpRequest) -> Actor:
    return Actor.of(request.user)  # type: ignore[arg-type]
