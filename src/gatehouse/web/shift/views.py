from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from gatehouse.border.api import Direction
from gatehouse.platform.permissions import SIGNED_IN
from gatehouse.web import words
from gatehouse.web.permissions import permission
from gatehouse.web.places import port_choices
from gatehouse.web.shift.handovers import left_for
from gatehouse.web.shift.session import Shift, shift_keep, shift_of


class ShiftForm(forms.Form):
    port = forms.ChoiceField(label=_("Port"), error_messages={"required": _("Choose the port where you work.")})
    lane = forms.RegexField(
        r"\A[A-Z0-9][A-Z0-9-]{0,11}\Z",
        label=_("Desk or lane"),
        help_text=_("As on the sign above it: A12, for example."),
        error_messages={
            "required": _("Enter your desk or lane."),
            "invalid": _("A desk or lane is up to 12 letters A to Z, digits and hyphens: A12, for example."),
        },
    )
    direction = forms.ChoiceField(
        label=_("Direction"),
        choices=[(kind.value, words.DIRECTIONS[kind]) for kind in Direction],
        widget=forms.RadioSelect,
        initial=Direction.ENTRY.value,
    )

    def __init__(self, *args: Any, own_port: str, **kwargs: Any) -> None:
        """Whoever is on duty at one port chooses no other."""
        super().__init__(*args, **kwargs)
        field = self.fields["port"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        offered = [choice for choice in port_choices() if own_port in ("", choice[0])]
        field.choices = [("", _("Choose a port")), *offered]


@permission(SIGNED_IN)
def shift(request: HttpRequest) -> HttpResponse:
    """Choose where one works, at the start of a shift or when one moves."""
    present, own_port = shift_of(request), getattr(request.user, "port", "")
    if request.method == "POST":
        given = {**request.POST.dict(), "lane": request.POST.get("lane", "").strip().upper()}
        form = ShiftForm(given, own_port=own_port)
        if form.is_valid():
            chosen = form.cleaned_data
            shift_keep(request, Shift(chosen["port"], chosen["lane"], Direction(chosen["direction"])))
            return redirect("handovers" if left_for(request, chosen["port"]) else "home")
    else:
        form = ShiftForm(initial=_initial(request, present), own_port=own_port)
    return render(request, "shift/shift.html", {"form": form})


def _initial(request: HttpRequest, present: Shift | None) -> dict[str, str]:
    if present:
        return {"port": present.port, "lane": present.lane, "direction": present.direction.value}
    return {"port": getattr(request.user, "port", "")}
