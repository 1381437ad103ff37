"""The console between two travellers, and the inspection of one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gatehouse.border.api import Capacity, DecisionKind, DocumentReading, inspection_log, inspection_open
from gatehouse.documents.inspectionlog.files import LogFormat, one_written
from gatehouse.kernel.errors import GatehouseError, NotFoundError
from gatehouse.platform.actors import Actor
from gatehouse.platform.trust import trusted
from gatehouse.web.clock import CLOCK
from gatehouse.web.console.capture import capture_in, judge_in
from gatehouse.web.console.desk import agent_address, desk_of, let_agent
from gatehouse.web.console.forms import DocumentForm
from gatehouse.web.console.inspection import decide_in, show_in
from gatehouse.web.console.readers import reader
from gatehouse.web.permissions import permission
from gatehouse.web.shift.session import Shift, shift_keep, shift_of
from gatehouse.web.templatetags.gatehouse import said

#: The inspection before this one, for the adult with whom a minor travels.
_LAST = "last_inspection"


@permission("border.inspect")
def idle(request: HttpRequest) -> HttpResponse:
    """Nobody at the desk: take the next traveller, or type a document in."""
    shift = shift_of(request)
    if shift is None:
        return redirect("shift")
    if request.method != "POST":
        return _idle(request, DocumentForm(initial={"conveyance": shift.conveyance}))
    sent = {"chip": request.FILES.getlist("chip"), "live": request.FILES.get("live")}
    form = DocumentForm(request.POST, sent)  # type: ignore[arg-type]
    if int(request.META.get("CONTENT_LENGTH") or 0) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
        form.add_error("chip", _("These files are larger than those of a chip can be; none of them was taken."))
    if not form.is_valid():
        return _idle(request, form)
    typed = form.cleaned_data
    post = Shift(shift.port, shift.lane, shift.direction, typed["conveyance"])
    try:
        opened = _open(
            request,
            post,
            form.reading(),
            capacity=Capacity(typed["capacity"]),
            permit_number=typed["permit_number"] or None,
            guardian=_guardian(request) if typed["accompanied"] else None,
        )
    except GatehouseError as error:
        form.add_error(None, said(error.reason))
        return _idle(request, form)
    shift_keep(request, post)
    return redirect("console_inspection", opened)


@permission("border.inspect")
@require_POST
def next_traveller(request: HttpRequest) -> HttpResponse:
    """Take what the reader has; say so where nobody waits."""
    shift, source = shift_of(request), reader()
    if shift is None:
        return redirect("shift")
    reading = source.next(shift) if source else None
    if reading is None:
        messages.info(request, _("Nobody waits at this post."))
        return redirect("console")
    try:
        return redirect("console_inspection", _open(request, shift, reading))
    except GatehouseError as error:
        messages.error(request, said(error.reason))
        return redirect("console")


@permission("border.inspect")
def inspect(request: HttpRequest, inspection: UUID) -> HttpResponse:
    return show_in("console", request, inspection)


@permission("border.inspect")
def decide(request: HttpRequest, inspection: UUID, kind: DecisionKind) -> HttpResponse:
    return decide_in("console", request, inspection, kind)


@permission("border.inspect")
def capture(request: HttpRequest, inspection: UUID) -> HttpResponse:
    return capture_in("console", request, inspection)


@permission("border.inspect")
@require_POST
def judge(request: HttpRequest, inspection: UUID) -> HttpResponse:
    return judge_in("console", request, inspection)


@permission("border.read_log")
def log(request: HttpRequest, inspection: UUID, form: LogFormat) -> HttpResponse:
    """The inspection log by BSI TR-03135 in its standard profile, which names no person: a file to keep."""
    try:
        found = inspection_log(inspection, clock=CLOCK, reader=Actor.of(request.user))  # type: ignore[arg-type]
    except NotFoundError as error:
        raise Http404 from error
    response = HttpResponse(one_written(found, form), content_type=f"application/{form.value}")
    response["Content-Disposition"] = f'attachment; filename="inspection-{inspection}.{form.value}"'
    return response


def _open(request: HttpRequest, shift: Shift, reading: DocumentReading, **more: Any) -> UUID:
    trust = trusted()
    opened = inspection_open(
        clock=CLOCK,
        officer=Actor.of(request.user),  # type: ignore[arg-type]
        port=shift.port,
        lane=shift.lane,
        direction=shift.direction,
        conveyance=shift.conveyance,
        reading=reading,
        trust=trust.anchors,
        crls=trust.crls,
        **more,
    )
    request.session[_LAST] = str(opened)
    return opened


def _guardian(request: HttpRequest) -> UUID | None:
    last = request.session.get(_LAST)
    return UUID(last) if last else None


def _idle(request: HttpRequest, form: DocumentForm) -> HttpResponse:
    shift = shift_of(request)
    desk = desk_of(shift) if shift else None
    context = {
        "form": form,
        "has_reader": reader() is not None,
        "has_last": _LAST in request.session,
        "desk": desk,
        "agent_address": agent_address(),
    }
    response = render(request, "console/idle.html", context)
    return let_agent(response) if desk else response
