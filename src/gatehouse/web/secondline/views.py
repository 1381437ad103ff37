from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from gatehouse.border.api import DecisionKind, refusal_confirm, refusal_decline, second_line_queue
from gatehouse.kernel.errors import ConflictError, ForbiddenError, RefusedError
from gatehouse.web import words
from gatehouse.web.clock import CLOCK
from gatehouse.web.console.capture import capture_in, judge_in
from gatehouse.web.console.forms import ReasonForm
from gatehouse.web.console.inspection import ask_reason, confirm, decide_in, look, officer_of, show_in
from gatehouse.web.permissions import permission
from gatehouse.web.shift.session import shift_of
from gatehouse.web.templatetags.gatehouse import said

ROOM = "secondline"


@permission("border.second_line")
def queue(request: HttpRequest) -> HttpResponse:
    """Who waits at this port, by statutory time and waiting time."""
    shift = shift_of(request)
    if shift is None:
        return redirect("shift")
    rows = second_line_queue(shift.port, clock=CLOCK, reader=officer_of(request))
    return render(request, "secondline/queue.html", {"queue": rows, "overdue": words.OVERDUE})


@permission("border.second_line")
def inspect(request: HttpRequest, inspection: UUID) -> HttpResponse:
    return show_in(ROOM, request, inspection)


@permission("border.second_line")
def decide(request: HttpRequest, inspection: UUID, kind: DecisionKind) -> HttpResponse:
    return decide_in(ROOM, request, inspection, kind)


@permission("border.second_line")
def capture(request: HttpRequest, inspection: UUID) -> HttpResponse:
    return capture_in(ROOM, request, inspection)


@permission("border.second_line")
@require_POST
def judge(request: HttpRequest, inspection: UUID) -> HttpResponse:
    return judge_in(ROOM, request, inspection)


@permission("border.confirm_refusal")
def confirm_refusal(request: HttpRequest, inspection: UUID) -> HttpResponse:
    """The second officer's yes; a reason may be added."""
    return _answer(request, inspection, refusal_confirm, words.CONFIRM, words.CONFIRMED, required=False)


@permission("border.confirm_refusal")
def decline_refusal(request: HttpRequest, inspection: UUID) -> HttpResponse:
    """The second officer's no, with the reason: the traveller goes back to the second line."""
    return _answer(request, inspection, refusal_decline, words.DECLINE, words.DECLINED, required=True)


def _answer(
    request: HttpRequest,
    inspection: UUID,
    service: Callable[..., Any],
    title: words.Word,
    done: words.Word,
    *,
    required: bool,
) -> HttpResponse:
    view = look(ROOM, request, inspection)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    form.fields["reason"].required = required
    if request.method != "POST" or not form.is_valid():
        return ask_reason(request, ROOM, view, form, title)
    try:
        service(clock=CLOCK, officer=officer_of(request), inspection=inspection, reason=form.cleaned_data["reason"])
    except ConflictError as error:
        messages.error(request, said(error.reason))
        return redirect("secondline_inspection", inspection)
    except (RefusedError, ForbiddenError) as error:
        form.add_error("reason", said(error.reason))
        return ask_reason(request, ROOM, view, form, title)
    confirm(request, done, view)
    return redirect(ROOM)
