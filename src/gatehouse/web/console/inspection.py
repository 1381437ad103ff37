"""One inspection: seen and decided at the desk and at the second line alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gatehouse.audit.api import Purpose
from gatehouse.border.api import DecisionKind, InspectionState, InspectionView, decision_take, inspection_view
from gatehouse.kernel.errors import ConflictError, ForbiddenError, NotFoundError, RefusedError
from gatehouse.platform.actors import Actor
from gatehouse.web import words
from gatehouse.web.clock import CLOCK
from gatehouse.web.console import page
from gatehouse.web.console.biometrics import capture_rows, scales
from gatehouse.web.console.evidence import evidence_of
from gatehouse.web.console.forms import ReasonForm
from gatehouse.web.templatetags.gatehouse import local, said

PURPOSES = {"console": Purpose.BORDER_CHECK, "secondline": Purpose.SECOND_LINE_CHECK}


def officer_of(request: HttpRequest) -> Actor:
    return Actor.of(request.user)  # type: ignore[arg-type]


def look(room: str, request: HttpRequest, inspection: UUID) -> InspectionView:
    """The inspection as this officer may see it; the look leaves its leaf."""
    try:
        return inspection_view(inspection, clock=CLOCK, reader=officer_of(request), purpose=PURPOSES[room].value)
    except (NotFoundError, ForbiddenError) as error:
        raise Http404 from error


def show_in(room: str, request: HttpRequest, inspection: UUID) -> HttpResponse:
    with_log = officer_of(request).may("border.read_log")
    return render(request, "console/inspection.html", _context(room, look(room, request, inspection), with_log))


def decide_in(room: str, request: HttpRequest, inspection: UUID, kind: DecisionKind) -> HttpResponse:
    """Take a decision; where a reason is missing, ask for it on a page of its own."""
    view = look(room, request, inspection)
    form = ReasonForm(request.POST or None)
    if not page.needs_reason(kind, view):
        form.fields["reason"].required = False
    elif not request.POST:
        form = ReasonForm(initial={"reason": proposed_reason(kind, view)})
    if request.method != "POST" or not form.is_valid():
        return ask_reason(request, room, view, form, page.decision_word(kind, view.direction))
    try:
        decision_take(
            clock=CLOCK,
            officer=officer_of(request),
            inspection=inspection,
            kind=kind,
            reason=form.cleaned_data["reason"],
        )
    except ConflictError as error:
        messages.error(request, said(error.reason))
        return redirect(f"{room}_inspection", inspection)
    except (RefusedError, ForbiddenError) as error:
        form.add_error("reason", said(error.reason))
        return ask_reason(request, room, view, form, page.decision_word(kind, view.direction))
    confirm(request, words.TAKEN[kind], view)
    return redirect(room)


def ask_reason(
    request: HttpRequest, room: str, view: InspectionView, form: ReasonForm, title: words.Word
) -> HttpResponse:
    context = {"view": view, "form": form, "title": title, "back": page.room_of(view.id, room)}
    return render(request, "console/reason.html", context, status=400 if form.errors else 200)


def confirm(request: HttpRequest, done: words.Word, view: InspectionView) -> None:
    """The line that says what was decided, about whom, and when."""
    name = f"{view.person.surname} {view.person.given_names}".strip()
    said = _("%(done)s: %(name)s, %(document)s, at %(time)s")
    moment = f"{local(CLOCK.now()):%H:%M:%S}"
    messages.success(request, said % {"done": done, "name": name, "document": view.document.number, "time": moment})


def proposed_reason(kind: DecisionKind, view: InspectionView) -> str:
    """The proposal's reasons, to begin with, where the officer follows it."""
    return _("; ").join(said(reason) for reason in view.proposal.reasons) if kind is view.proposal.kind else ""


def _context(room: str, view: InspectionView, with_log: bool) -> dict[str, Any]:
    choices = page.buttons(view, room)
    return {
        "view": view,
        "room": room,
        "checks": page.arranged(view.document.checks),
        "document_detail": page.worst(view.document.checks, view.document.verdict),
        "signer_line": _("Signed by %(signer)s") % {"signer": view.document.signer} if view.document.signer else "",
        "case_status": page.case_status(view),
        "face": page.picture(view.face_image, view.face_media_type),
        "live": page.picture(view.live_image),
        "captured": page.picture(view.captured.image) if view.captured else "",
        "scales": scales(view),
        "captures": capture_rows(view),
        "capture_url": reverse(f"{room}_capture", args=[view.id]) if view.may_capture else "",
        "judge_url": reverse(f"{room}_judge", args=[view.id]) if view.comparisons else "",
        "demonstration": words.DEMONSTRATION,
        "only_demonstration": next((each.engine for each in view.comparisons if each.demonstration), ""),
        "buttons": choices,
        "accepting": next((button for button in choices if button.proposed), None),
        "dialogs": tuple(_dialogs(view, choices)),
        "evidence": evidence_of(view, with_log=with_log),
        "words_document": _("Document"),
        "words_comparison": _("Faces"),
        "words_lists": _("Lists"),
        "words_confirm": words.CONFIRM,
        "words_decline": words.DECLINE,
        "attention": words.ATTENTION,
        "refusal": view.decisions[-1] if view.state is InspectionState.AWAITING_CONFIRMATION else None,
        "proposal_word": page.decision_word(view.proposal.kind, view.direction),
        "closed": view.state is InspectionState.CLOSED,
        "back": room,
    }


@dataclass(frozen=True)
class Dialog:
    """Asks for the reason of a decision, over the page."""

    id: str
    title: words.Word
    url: str
    form: ReasonForm


def _dialogs(view: InspectionView, choices: tuple[page.Button, ...]) -> Iterator[Dialog]:
    for button in choices:
        if button.needs_reason:
            yield _dialog(button.kind.value, button.word, button.url, proposed_reason(button.kind, view))
    if view.may_confirm:
        yield _dialog("confirm", words.CONFIRM, reverse("secondline_confirm", args=[view.id]))
        yield _dialog("decline", words.DECLINE, reverse("secondline_decline", args=[view.id]))


def _dialog(id: str, title: words.Word, url: str, reason: str = "") -> Dialog:
    return Dialog(id, title, url, ReasonForm(initial={"reason": reason}, auto_id=f"id_%s_{id}"))
