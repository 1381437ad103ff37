"""Recording what was captured of a traveller, that they declined or are exempt, and what an officer saw by eye."""

from __future__ import annotations

from enum import StrEnum
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gatehouse.biometrics.fingerprints import Finger
from gatehouse.border.api import InspectionView, capture_decline, capture_exempt, capture_take, faces_judge
from gatehouse.kernel.errors import ConflictError, GatehouseError, NotFoundError
from gatehouse.web.clock import CLOCK
from gatehouse.web.console.biometrics import capture_rows, in_language
from gatehouse.web.console.desk import agent_address, desk_of, let_agent
from gatehouse.web.console.forms import LARGEST_FILE, LONGEST_REASON
from gatehouse.web.console.inspection import look, officer_of
from gatehouse.web.console.page import room_of
from gatehouse.web.shift.session import shift_of
from gatehouse.web.templatetags.gatehouse import said as in_words


class Outcome(StrEnum):
    TAKEN = "taken"
    DECLINED = "declined"
    EXEMPT = "exempt"


class PictureField(forms.FileField):
    """One picture, as bytes; no larger than one of a chip."""

    widget = forms.FileInput({"accept": "image/jpeg,image/jp2,.wsq"})

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if not file:
            return None
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(
                _("%(name)s is larger than a picture of a face or a finger."), params={"name": file.name}
            )
        return file.read()


class CaptureForm(forms.Form):
    outcome = forms.ChoiceField(
        label=gettext_lazy("What happened"),
        choices=(
            (Outcome.TAKEN.value, gettext_lazy("taken")),
            (Outcome.DECLINED.value, gettext_lazy("the person declines")),
            (Outcome.EXEMPT.value, gettext_lazy("the person is exempt")),
        ),
        widget=forms.RadioSelect,
        initial=Outcome.TAKEN.value,
    )
    face = PictureField(label=gettext_lazy("Face (JPEG)"), required=False)
    right_index = PictureField(label=gettext_lazy("Right index finger"), required=False)
    left_index = PictureField(label=gettext_lazy("Left index finger"), required=False)
    ground = forms.ChoiceField(label=gettext_lazy("Exempt because"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("What the person said, or what was shown; needed where they decline."),
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 3, "autocomplete": "off"}),
    )

    def __init__(self, view: InspectionView, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not view.exemptions:
            del self.fields["ground"]
        if not view.captures:  # at exit: recognised by what was captured, nothing is declined
            for name in ("outcome", "reason"):
                del self.fields[name]
        ground = self.fields.get("ground")
        if isinstance(ground, forms.ChoiceField):
            grounds = [(each.ground, f"{in_language(each.about)} ({each.article})") for each in view.exemptions]
            ground.choices = [("", "–"), *grounds]

    def record(self, inspection: UUID, **by: Any) -> None:
        """Raises as the services do."""
        given = self.cleaned_data
        match given.get("outcome", Outcome.TAKEN.value):
            case Outcome.DECLINED.value:
                capture_decline(inspection=inspection, reason=given["reason"], **by)
            case Outcome.EXEMPT.value:
                capture_exempt(inspection=inspection, ground=given.get("ground", ""), note=given["reason"], **by)
            case _:
                fingers = {finger: given[finger.value] for finger in _FINGERS if given[finger.value]}
                capture_take(inspection=inspection, face=given["face"], fingerprints=fingers, **by)


_FINGERS = (Finger.RIGHT_INDEX, Finger.LEFT_INDEX)


def capture_in(room: str, request: HttpRequest, inspection: UUID) -> HttpResponse:
    """A page of its own: with the desk's agent its devices fill the form, without it files do."""
    view = look(room, request, inspection)
    if not view.may_capture:
        messages.error(request, _("Nothing can be captured of this person now."))
        return redirect(f"{room}_inspection", inspection)
    form = CaptureForm(view, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            form.record(inspection, clock=CLOCK, officer=officer_of(request))
        except ConflictError as error:
            messages.error(request, in_words(error.reason))
            return redirect(f"{room}_inspection", inspection)
        except GatehouseError as error:
            form.add_error(None, in_words(error.reason))
        else:
            messages.success(request, _("Recorded; the proposal was made anew."))
            return redirect(f"{room}_inspection", inspection)
    return _page(request, room, view, form)


def judge_in(room: str, request: HttpRequest, inspection: UUID) -> HttpResponse:
    same = {"yes": True, "no": False}.get(request.POST.get("same", ""))
    if same is None:
        raise Http404
    try:
        faces_judge(clock=CLOCK, officer=officer_of(request), inspection=inspection, same=same)
    except NotFoundError as error:
        raise Http404 from error
    except ConflictError as error:
        messages.error(request, in_words(error.reason))
    return redirect(f"{room}_inspection", inspection)


def _page(request: HttpRequest, room: str, view: InspectionView, form: CaptureForm) -> HttpResponse:
    shift = shift_of(request)
    desk = desk_of(shift) if shift else None
    context = {
        "view": view,
        "form": form,
        "back": room_of(view.id, room),
        "captures": capture_rows(view),
        "pictures": [form["face"], *(form[finger.value] for finger in _FINGERS)],
        "desk": desk,
        "agent_address": agent_address(),
    }
    response = render(request, "console/capture.html", context, status=400 if form.errors else 200)
    return let_agent(response) if desk else response
