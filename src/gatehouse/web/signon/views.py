"""Signing in by the agency's own sign-on (OpenID Connect).

The session's cookie does not come along where a page of another host leads here (SameSite=Strict), so one of its own,
signed and good for ten minutes, binds the way there to the way back; and the last step is a page of ours, from which
the browser goes on as from any other.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from gatehouse.audit.api import leaf_append
from gatehouse.kernel.errors import RefusedError
from gatehouse.platform.config import config
from gatehouse.platform.models import User
from gatehouse.platform.oidc import Ask, Client, address_to_ask, claims_of
from gatehouse.platform.permissions import ANYONE
from gatehouse.platform.sign_in import sign_in_try
from gatehouse.platform.sign_on import Mapped, account_propose, named_in, sign_on_use
from gatehouse.web.clock import CLOCK
from gatehouse.web.permissions import permission
from gatehouse.web.signin.entering import bring_preferences, enter, leave_refusal, page_after
from gatehouse.web.templatetags.gatehouse import said

COOKIE, SALT, GOOD_FOR_SECONDS = "sign_on", "gatehouse.sign_on", 600


@permission(ANYONE)
@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """Send the browser to the agency's sign-on; with `again`, to sign in there now however lately that happened."""
    client = _client()
    again, wanted = "again" in request.GET, request.GET.get("next", "")
    key = secrets.token_urlsafe(32)
    try:
        response: HttpResponse = redirect(address_to_ask(client, _ask(request, key, again=again)))
    except RefusedError as error:
        messages.error(request, said(error.reason))
        return redirect("sign_in")
    kept = signing.dumps({"key": key, "next": wanted, "again": again}, salt=SALT)
    response.set_cookie(
        settings.COOKIE_PREFIX + COOKIE,
        kept,
        max_age=GOOD_FOR_SECONDS,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


@permission(ANYONE)
@require_GET
def back(request: HttpRequest) -> HttpResponse:
    """Where the agency's sign-on sends the browser back to: one answer for each question."""
    client = _client()
    user: User | None = None
    try:
        kept = _kept(request)
        answer = {name: request.GET[name] for name in request.GET}
        claims = claims_of(client, _ask(request, kept["key"], again=kept["again"]), answer, now=CLOCK.now())
        mapped = _mapped()
        user, name = named_in(claims, mapped)
        sign_in_try(clock=CLOCK, username=name)
        if user is None:
            user = _proposed(name, claims, mapped)
        roles = sign_on_use(clock=CLOCK, user=user, claims=claims, mapped=mapped)
    except RefusedError as error:
        detail = {"by": "sign-on", "why": str(error)}
        leave_refusal(request, user, "platform.sign_in_refuse", detail)
        messages.error(request, said(error.reason))
        response: HttpResponse = redirect("sign_in")
    else:
        narrowed = {} if roles is None else {"roles": sorted(role.value for role in roles)}
        enter(request, user, {"by": "sign-on", **narrowed})
        if roles is not None:
            request.session["sign_on_roles"] = narrowed["roles"]
        response = render(request, "signon/entered.html", {"page": page_after(request, kept["next"])})
        bring_preferences(response, user)
    response.delete_cookie(settings.COOKIE_PREFIX + COOKIE, samesite="Lax")
    return response


def _ask(request: HttpRequest, key: str, *, again: bool) -> Ask:
    return Ask(key, request.build_absolute_uri(reverse("sign_on_back")), again=again)


def _kept(request: HttpRequest) -> dict[str, Any]:
    try:
        kept = request.COOKIES[settings.COOKIE_PREFIX + COOKIE]
        return dict(signing.loads(kept, salt=SALT, max_age=GOOD_FOR_SECONDS))
    except (KeyError, signing.BadSignature) as error:
        raise RefusedError("It took too long, or this browser did not begin here: begin again.") from error


def _proposed(name: str, claims: dict[str, Any], mapped: Mapped) -> User:
    """A new account where the settings say so. The roles that the provider would give it stand in the leaf."""
    if not config().oidc_create_accounts:
        raise RefusedError("There is no account here for whom the agency's sign-on let in. Ask the operator.")
    with transaction.atomic():
        user = account_propose(name=name, full_name=str(claims.get("name", "")))
        proposed = sorted(role.value for role in mapped.proposed(claims) or ())
        detail = {"user": user.actor, "proposed": proposed}
        leaf_append(clock=CLOCK, actor="system:sign_on", action="platform.user_create", detail=detail)
    return user


def _client() -> Client:
    known = config()
    if known.oidc_issuer is None:
        raise Http404
    return Client(known.oidc_issuer, known.oidc_client_id, known.oidc_secret())


def _mapped() -> Mapped:
    known = config()
    return Mapped(known.oidc_account_claim, known.oidc_roles_claim, known.oidc_roles)
