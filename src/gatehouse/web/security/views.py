"""What rules found in the log, and triage with reasons."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from gatehouse.kernel.errors import ForbiddenError, NotFoundError, RefusedError
from gatehouse.platform.actors import Actor
from gatehouse.security.kept import LEVELS, Finding, alert, alert_find, alerts_of, watched_at
from gatehouse.web.clock import CLOCK
from gatehouse.web.permissions import permission
from gatehouse.web.templatetags.gatehouse import said
from gatehouse.web.words import Status

FINDINGS = {
    None: Status(pgettext_lazy("alert", "new"), "!", "red"),
    Finding.IN_WORK: Status(pgettext_lazy("alert", "in work"), "◐", "amber"),
    Finding.TRUE_POSITIVE: Status(pgettext_lazy("alert", "it happened"), "✕", "red"),
    Finding.BENIGN: Status(pgettext_lazy("alert", "it was meant to"), "✓", "green"),
    Finding.FALSE_POSITIVE: Status(pgettext_lazy("alert", "the rule was wrong"), "–", "grey"),
}
GRAVITY = {
    "critical": Status(pgettext_lazy("level", "critical"), "▲", "red"),
    "high": Status(pgettext_lazy("level", "high"), "▲", "red"),
    "medium": Status(pgettext_lazy("level", "medium"), "△", "amber"),
    "low": Status(pgettext_lazy("level", "low"), "·", "slate"),
    "informational": Status(pgettext_lazy("level", "informational"), "·", "grey"),
    "": Status(pgettext_lazy("level", "none given"), "·", "grey"),
}


class FindingForm(forms.Form):
    finding = forms.ChoiceField(
        label=gettext_lazy("What it is"), choices=[(each.value, FINDINGS[each].word) for each in Finding]
    )
    reason = forms.CharField(
        label=pgettext_lazy("alert", "Why"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Say why: the next one reads it.")},
    )


@permission("security.read_alerts")
def alerts(request: HttpRequest) -> HttpResponse:
    """Those that nobody is done with, or all; of one level, or of every."""
    reader = _reader(request)
    shown, level = request.GET.get("shown", "open"), request.GET.get("level", "")
    found = alerts_of(
        reader=reader,
        is_open=None if shown == "all" else True,
        level=level if level in LEVELS and level else None,
    )
    context = {
        "alerts": [(each, FINDINGS[each.finding], GRAVITY.get(each.level, GRAVITY[""])) for each in found],
        "shown": shown,
        "level": level,
        "levels": [(name, GRAVITY[name].word) for name in LEVELS if name],
        "watched_at": watched_at(reader=reader),
    }
    return render(request, "security/alerts.html", context)


@permission("security.read_alerts")
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, alert_id: UUID) -> HttpResponse:
    """One alert with its events, and what was found of it."""
    reader = _reader(request)
    try:
        view = alert(reader=reader, id=alert_id)
    except NotFoundError as error:
        raise Http404 from error
    form = FindingForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data
        try:
            alert_find(
                clock=CLOCK, actor=reader, alert=alert_id, finding=Finding(asked["finding"]), reason=asked["reason"]
            )
        except (ForbiddenError, RefusedError) as error:
            form.add_error("reason", said(error.reason))
        else:
            messages.success(request, _("Recorded."))
            return redirect("alert", alert_id)
    context = {
        "alert": view,
        "status": FINDINGS[view.finding],
        "gravity": GRAVITY.get(view.level, GRAVITY[""]),
        "events": [(each, datetime.fromisoformat(each["time"])) for each in view.events],
        "findings": [(each, FINDINGS[each.finding].word) for each in view.findings],
        "form": form,
        "is_own": view.actor == str(reader),
    }
    return render(request, "security/alert.html", context, status=400 if form.errors else 200)


def _reader(request: HttpRequest) -> Actor:
    return Actor.of(request.user)  # type: ignore[arg-type]
