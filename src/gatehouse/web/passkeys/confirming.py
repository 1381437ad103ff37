"""Proving again who sits there, before what must not happen at a desk that was left open.

A view says `@fresh`; whoever signed in or proved themselves within `GATEHOUSE_FRESH_MINUTES` notices nothing. Whoever
did not is asked on a page that holds what they had sent, so that nothing of it is lost.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from gatehouse.audit.api import leaf_append
from gatehouse.kernel.errors import RefusedError
from gatehouse.platform.config import config
from gatehouse.platform.models import User
from gatehouse.platform.passkeys import passkey_ask, passkey_named
from gatehouse.platform.permissions import SIGNED_IN
from gatehouse.platform.sign_in import sign_in_try, sign_in_unlock
from gatehouse.web.clock import CLOCK
from gatehouse.web.passkeys.asking import keep, prove, site_of
from gatehouse.web.permissions import permission
from gatehouse.web.signin.entering import leave_refusal
from gatehouse.web.templatetags.gatehouse import said

View = TypeVar("View", bound=Callable[..., HttpResponse])

#: The fields of the question itself; all others are what the person had sent to the page.
OWN_FIELDS = ("csrfmiddlewaretoken", "confirm", "confirm_of", "passkey", "password")


def fresh(view: View) -> View:
    """Run this view only for who proved within the last minutes who they are; others are asked first."""

    @wraps(view)
    def proved(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = None if is_fresh(request) else ask(request)
        return view(request, *args, **kwargs) if asked is None else asked

    return cast("View", proved)


def is_fresh(request: HttpRequest) -> bool:
    """Whether this session began, or its person proved themselves, within the minutes that the settings say."""
    proved_at = max(request.session.get("begun_at", 0), request.session.get("confirmed_at", 0))
    return int(time.time()) - int(proved_at) <= config().fresh_minutes * 60


def ask(request: HttpRequest, *, each_session: bool = False) -> HttpResponse | None:
    """The page that asks, or None where its answer came with this request and was right. It says why it asks: of each
    session of this person's role, or before what comes next.
    """
    user = request.user
    assert isinstance(user, User)  # noqa: S101 (only views of signed-in people say `fresh`)
    fault = ""
    if request.method == "POST" and "confirm" in request.POST:
        try:
            _prove(request, user)
        except RefusedError as error:
            detail = {"page": request.path, "why": str(error)}
            leave_refusal(request, user, "platform.confirm_refuse", detail)
            fault = said(error.reason)
        else:
            return redirect(request.get_full_path()) if request.POST.get("confirm_of") == "GET" else None
    was = request.POST.get("confirm_of") or request.method
    kept = [(name, value) for name in request.POST for value in request.POST.getlist(name) if name not in OWN_FIELDS]
    context = {
        "kept": kept,
        "confirm_of": was,
        "fault": fault,
        "each_session": each_session,
        "has_passkey": user.passkeys.exists(),
        "by_sign_on": config().oidc_issuer is not None and hasattr(user, "sign_on") and not needs_passkey(user),
        "page": request.get_full_path(),
        "by_password": user.has_usable_password() and not needs_passkey(user),
    }
    return render(request, "passkeys/confirm.html", context)


def needs_passkey(user: User) -> bool:
    """Whether a role of this person is one of those that work with a passkey or not at all, and they have one."""
    return not user.role_set.isdisjoint(config().roles_with_passkeys) and user.passkeys.exists()


@permission(SIGNED_IN)
@require_POST
def options(request: HttpRequest) -> JsonResponse:
    """What the browser is asked with: a passkey of the person who is signed in."""
    return JsonResponse(keep(request, passkey_ask(site=site_of(request), user=cast("User", request.user))))


def _prove(request: HttpRequest, user: User) -> None:
    answer = request.POST.get("passkey", "")
    if answer:
        prove(request, passkey_named(answer), answer, user=user)
        request.session["passkey_at"] = int(time.time())
    else:
        if needs_passkey(user):
            raise RefusedError("Your role works with a passkey: confirm with it.")
        sign_in_try(clock=CLOCK, username=user.get_username())
        if not user.check_password(request.POST.get("password", "")):
            raise RefusedError("This is not your password.")
        sign_in_unlock(username=user.get_username())
    request.session["confirmed_at"] = int(time.time())
    by = "passkey" if answer else "password"
    with transaction.atomic():
        leaf_append(clock=CLOCK, actor=user.actor, action="platform.confirm", detail={"page": request.path, "by": by})
