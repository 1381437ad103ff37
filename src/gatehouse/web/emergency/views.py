"""Taking a permission in an emergency, giving it back, and judging what others took."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from gatehouse.audit.api import leaf_append
from gatehouse.kernel.errors import ConflictError, ForbiddenError, NotFoundError, RefusedError
from gatehouse.platform.emergencies import (
    MINUTES,
    MOST_WORDS,
    REVIEWED_WITHIN,
    breakable,
    emergencies_lasting,
    emergencies_reviewed,
    emergencies_to_review,
    emergency_begin,
    emergency_end,
    emergency_review,
)
from gatehouse.platform.models import Emergency, User
from gatehouse.web import words
from gatehouse.web.clock import CLOCK
from gatehouse.web.passkeys.confirming import fresh
from gatehouse.web.permissions import permission
from gatehouse.web.templatetags.gatehouse import said


class BeginForm(forms.Form):
    permission = forms.ChoiceField(label=gettext_lazy("What you need"))
    minutes = forms.TypedChoiceField(label=gettext_lazy("For how many minutes"), coerce=int)
    reason = forms.CharField(
        label=gettext_lazy("Why nobody else can do it, and what would happen"),
        max_length=MOST_WORDS,
        widget=forms.Textarea({"rows": 3, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Say why, in words: somebody else will read it.")},
    )

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data)
        for name, offered in (
            ("permission", [(name, words.PERMISSIONS[name]) for name in breakable(user)]),
            ("minutes", [(minutes, str(minutes)) for minutes in MINUTES]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
            field.choices = offered


class ReviewForm(forms.Form):
    emergency = forms.UUIDField(widget=forms.HiddenInput)
    justified = forms.TypedChoiceField(
        label=gettext_lazy("Judgement"),
        choices=[("yes", gettext_lazy("justified")), ("no", gettext_lazy("not justified"))],
        coerce=lambda given: given == "yes",
    )
    finding = forms.CharField(
        label=gettext_lazy("What you found"),
        max_length=MOST_WORDS,
        widget=forms.Textarea({"rows": 2, "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Say what you found, in words.")},
    )


@permission("platform.break_glass")
@require_http_methods(["GET", "POST"])
@fresh
def emergency(request: HttpRequest) -> HttpResponse:
    """Take what is needed, or give it back."""
    user = cast("User", request.user)
    if request.method == "POST" and "end" in request.POST:
        return _end(request, user)
    form = BeginForm(request.POST if "permission" in request.POST else None, user=user)
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data
        try:
            _begin(user, asked)
        except (RefusedError, ConflictError, ForbiddenError) as error:
            form.add_error("reason", said(error.reason))
        else:
            messages.success(request, _("You have it now. Everything you do with it is recorded and will be reviewed."))
            return redirect("home")
    context = {
        "form": form,
        "lasting": [(each, words.PERMISSIONS[each.permission]) for each in emergencies_lasting(clock=CLOCK, user=user)],
        "offered": breakable(user),
    }
    return render(request, "emergency/emergency.html", context, status=400 if form.errors else 200)


@transaction.atomic
def _begin(user: User, asked: dict[str, Any]) -> None:
    begun = emergency_begin(
        clock=CLOCK, user=user, permission=asked["permission"], minutes=asked["minutes"], reason=asked["reason"]
    )
    detail = {"permission": begun.permission, "until": begun.ends_at.isoformat(), "reason": begun.reason}
    leaf_append(clock=CLOCK, actor=user.actor, action="platform.break_glass", site=user.port or None, detail=detail)


def _end(request: HttpRequest, user: User) -> HttpResponse:
    form = forms.Form(request.POST)
    form.fields["end"] = forms.UUIDField()
    if form.is_valid():
        try:
            with transaction.atomic():
                ended = emergency_end(clock=CLOCK, user=user, emergency=form.cleaned_data["end"])
                detail = {"permission": ended.permission}
                leaf_append(clock=CLOCK, actor=user.actor, action="platform.break_glass_end", detail=detail)
        except NotFoundError as error:
            messages.error(request, said(error.reason))
        else:
            messages.success(request, _("You have given it back."))
    return redirect("emergency")


@permission("platform.review_emergencies")
@require_http_methods(["GET", "POST"])
@fresh
def reviews(request: HttpRequest) -> HttpResponse:
    """What others took and nobody has judged, and what was judged."""
    reviewer, now = cast("User", request.user), CLOCK.now()
    form = ReviewForm(request.POST if "emergency" in request.POST else None)
    if form.is_bound and form.is_valid():
        try:
            _review(reviewer, form.cleaned_data)
        except (RefusedError, ConflictError, ForbiddenError, NotFoundError) as error:
            form.add_error("finding", said(error.reason))
        else:
            messages.success(request, _("Recorded."))
            return redirect("emergency_reviews")
    context = {
        "form": form,
        "waiting": [
            (each, *_shown(each, now), _form_of(each, form))
            for each in emergencies_to_review(clock=CLOCK, reviewer=reviewer)
        ],
        "reviewed": [(each, words.PERMISSIONS[each.permission]) for each in emergencies_reviewed()],
        "days": REVIEWED_WITHIN.days,
    }
    return render(request, "emergency/reviews.html", context, status=400 if form.errors else 200)


def _shown(each: Emergency, now: datetime) -> tuple[words.Word, bool]:
    """Its word, and whether it has waited for too long."""
    return words.PERMISSIONS[each.permission], now - each.began_at > REVIEWED_WITHIN


def _form_of(each: Emergency, sent: ReviewForm) -> ReviewForm:
    """The form as it was sent where it was this one's, with its faults."""
    if sent.is_bound and sent.data.get("emergency") == str(each.pk):
        return sent
    own = ReviewForm()
    own.initial = {"emergency": each.pk}
    own.auto_id = f"id_{each.pk}_%s"
    return own


@transaction.atomic
def _review(reviewer: User, asked: dict[str, Any]) -> None:
    review = emergency_review(
        clock=CLOCK,
        reviewer=reviewer,
        emergency=asked["emergency"],
        justified=asked["justified"],
        finding=asked["finding"],
    )
    detail = {"emergency": str(asked["emergency"]), "justified": review.justified, "finding": review.finding}
    leaf_append(clock=CLOCK, actor=reviewer.actor, action="platform.break_glass_review", detail=detail)
