"""Signing in by passkey alone."""

from __future__ import annotations

import time

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from gatehouse.kernel.errors import RefusedError
from gatehouse.platform.passkeys import passkey_ask, passkey_named
from gatehouse.platform.permissions import ANYONE
from gatehouse.web.passkeys.asking import keep, prove, site_of
from gatehouse.web.permissions import permission
from gatehouse.web.signin.entering import bring_preferences, enter, leave_refusal, page_after
from gatehouse.web.templatetags.gatehouse import said


@permission(ANYONE)
@require_POST
def options(request: HttpRequest) -> JsonResponse:
    """What the browser is asked with: any passkey of this host. It names no account, and so tells of none."""
    return JsonResponse(keep(request, passkey_ask(site=site_of(request))))


@permission(ANYONE)
@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    answer, wanted = request.POST.get("passkey", ""), request.POST.get("next", "")
    passkey = passkey_named(answer)
    try:
        user = prove(request, passkey, answer)
    except RefusedError as error:
        detail = {"by": "passkey", "why": str(error)}
        leave_refusal(request, passkey.user if passkey else None, "platform.sign_in_refuse", detail)
        messages.error(request, said(error.reason))
        return redirect(f"{reverse('sign_in')}?{urlencode({'next': wanted})}" if wanted else "sign_in")
    enter(request, user, {"by": "passkey", "passkey": str(passkey.pk if passkey else "")})
    request.session["passkey_at"] = int(time.time())
    response = redirect(page_after(request, wanted))
    bring_preferences(response, user)
    return response
