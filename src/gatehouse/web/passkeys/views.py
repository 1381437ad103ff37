"""One's own account: the passkeys that open it."""

from __future__ import annotations

import time
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gatehouse.audit.api import leaf_append
from gatehouse.kernel.errors import RefusedError
from gatehouse.platform.models import User
from gatehouse.platform.passkeys import passkey_add, passkey_offer, passkey_remove
from gatehouse.platform.permissions import SIGNED_IN
from gatehouse.web.clock import CLOCK
from gatehouse.web.passkeys.asking import keep, question, site_of
from gatehouse.web.passkeys.confirming import fresh
from gatehouse.web.permissions import permission
from gatehouse.web.templatetags.gatehouse import said


@permission(SIGNED_IN)
def account(request: HttpRequest) -> HttpResponse:
    return render(request, "passkeys/account.html", {"passkeys": _person(request).passkeys.all()})


@permission(SIGNED_IN)
@require_POST
@fresh
def options(request: HttpRequest) -> JsonResponse:
    """What the browser is asked to make a passkey with."""
    return JsonResponse(keep(request, passkey_offer(site=site_of(request), user=_person(request))))


@permission(SIGNED_IN)
@fresh
def add(request: HttpRequest) -> HttpResponse:
    """Add a passkey. Who adds one has just proved it, and need not prove it again."""
    user, name, fault = _person(request), request.POST.get("name", ""), ""
    if request.method == "POST":
        try:
            with transaction.atomic():
                made = passkey_add(
                    clock=CLOCK,
                    site=site_of(request),
                    user=user,
                    name=name,
                    state=question(request),
                    answer=request.POST.get("passkey", ""),
                )
                detail = {"passkey": str(made.pk), "name": made.name}
                leaf_append(clock=CLOCK, actor=user.actor, action="platform.passkey_add", detail=detail)
        except RefusedError as error:
            fault = said(error.reason)
        else:
            request.session["passkey_at"] = int(time.time())
            messages.success(request, _("The passkey “%(name)s” opens your account from now on.") % {"name": made.name})
            return redirect("account")
    context = {"name": name, "fault": fault, "is_first": not user.passkeys.exists()}
    return render(request, "passkeys/add.html", context, status=400 if fault else 200)


@permission(SIGNED_IN)
@fresh
def remove(request: HttpRequest, passkey: UUID) -> HttpResponse:
    """Ask once more, then remove it."""
    user = _person(request)
    kept = user.passkeys.filter(pk=passkey).first()
    if kept is None:
        raise Http404
    if request.method != "POST":
        return render(request, "passkeys/remove.html", {"passkey": kept, "is_last": user.passkeys.count() == 1})
    with transaction.atomic():
        name = passkey_remove(username=user.get_username(), passkey=passkey)
        detail = {"passkey": str(passkey), "name": name}
        leaf_append(clock=CLOCK, actor=user.actor, action="platform.passkey_remove", detail=detail)
    messages.success(request, _("The passkey “%(name)s” opens nothing any more.") % {"name": name})
    return redirect("account")


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 (the permission lets nobody else in)
    return request.user
