"""What every way of signing in ends with, whether by password, passkey or the agency's own sign-on."""

from __future__ import annotations

import time
from collections.abc import Mapping

from django.conf import settings
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from gatehouse.audit.api import leaf_append
from gatehouse.platform.models import User
from gatehouse.platform.sign_in import sign_in_unlock
from gatehouse.web.account.views import remember
from gatehouse.web.clock import CLOCK


@transaction.atomic
def enter(request: HttpRequest, user: User, detail: Mapping[str, object]) -> None:
    """Open a session of its own for this person, with a leaf; nothing is held against their name any more."""
    request.session.flush()
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session["begun_at"] = int(time.time())
    sign_in_unlock(username=user.get_username())
    leaf_append(
        clock=CLOCK,
        actor=user.actor,
        action="platform.sign_in",
        detail={"address": address_of(request), **detail},
    )


def leave_refusal(request: HttpRequest, user: User | None, action: str, detail: Mapping[str, object]) -> None:
    """The leaf of somebody who was not let in. Where it is not known who, the house itself says so."""
    with transaction.atomic():
        leaf_append(
            clock=CLOCK,
            actor="system:sign_in" if user is None else user.actor,
            action=action,
            detail={"address": address_of(request), **detail},
        )


def bring_preferences(response: HttpResponse, user: User) -> None:
    """Bring this person's language and theme to the desk that they sit at."""
    if user.language:
        remember(response, settings.LANGUAGE_COOKIE_NAME, user.language)
    if user.theme:
        remember(response, settings.THEME_COOKIE_NAME, user.theme)


def page_after(request: HttpRequest, wanted: str) -> str:
    """Where a person wanted to go, if that is a page of ours."""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else reverse("home")


def address_of(request: HttpRequest) -> str:
    """Where a request comes from: what the proxy that ends TLS says last, where there is one."""
    told = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return told.rpartition(",")[2].strip() or str(request.META["REMOTE_ADDR"])
