from __future__ import annotations

from itertools import islice
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from gatehouse.audit.api import Look, Purpose, look_record, looks_at, tree_state
from gatehouse.platform.actors import Actor
from gatehouse.web import words
from gatehouse.web.clock import CLOCK
from gatehouse.web.permissions import permission
from gatehouse.web.purpose import PurposeForm

#: More are asked for on request of the person concerned, with a period.
MOST = 500


class LooksForm(PurposeForm):
    offered = (Purpose.PERSON_REQUEST, Purpose.DATA_PROTECTION_AUDIT)
    traveller = forms.UUIDField(
        label=_("Traveller"),
        help_text=_("The identifier of the person's record, as evidence and extracts print it."),
        error_messages={
            "required": _("Enter the identifier of the person's record."),
            "invalid": _("That is no identifier: 32 digits and letters a to f, with hyphens."),
        },
    )
    field_order = ("traveller", "purpose", "reason")


@permission("audit.read")
def access_log(request: HttpRequest) -> HttpResponse:
    """The looks at one person's record. Asking for them is a look itself, and leaves its leaf."""
    reader = Actor.of(request.user)  # type: ignore[arg-type]
    form = LooksForm(request.POST if request.method == "POST" else None, reader=reader)
    tree = tree_state(CLOCK)
    context: dict[str, Any] = {"form": form, "tree": tree, "tree_status": words.LATE if tree.alarm else words.WELL}
    if request.method == "POST" and form.is_valid():
        found = _looks(reader, form)
        context |= {"looks": found, "cut": len(found) == MOST}
    return render(request, "accesslog/access_log.html", context, status=400 if form.errors else 200)


@transaction.atomic
def _looks(reader: Actor, form: LooksForm) -> list[tuple[Look, words.Word]]:
    asked = form.cleaned_data
    subject = str(asked["traveller"])
    look_record(
        clock=CLOCK,
        reader=reader,
        subject=subject,
        purpose=asked["purpose"],
        shown=("looks",),
        searched_by=("traveller",),
        reason=asked["reason"],
    )
    looks = islice(looks_at(subject), MOST)
    return [(look, words.PURPOSES[Purpose(look.purpose)]) for look in looks]
