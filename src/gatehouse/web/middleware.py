"""What every answer carries, and how long a session may rest."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from gatehouse.platform.permissions import Role

#: No inline script or style, nothing from elsewhere; pictures of a record come inside its page and are kept nowhere.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
PERMISSIONS_POLICY = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"

GetResponse = Callable[[HttpRequest], HttpResponse]


def security_headers(get_response: GetResponse) -> GetResponse:
    """Adds the policies that Django's own middleware does not, and keeps pages of signed-in people out of caches."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return answer


def narrowed_roles(get_response: GetResponse) -> GetResponse:
    """Takes from a person, for this session, the roles that the agency's sign-on did not stand behind."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and "sign_on_roles" in request.session:
            request.user.role_set &= {Role(name) for name in request.session["sign_on_roles"]}
        return get_response(request)

    return answer


def idle_session(get_response: GetResponse) -> GetResponse:
    """Ends a session that rested for `SESSION_IDLE_SECONDS` or began `SESSION_COOKIE_AGE` ago, and says so on the
    sign-in page. A wall display, which nobody sits at, is signed in for as long as it shows something.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            begun = request.session.setdefault("begun_at", now)
            if now - begun > settings.SESSION_COOKIE_AGE and request.user.role_set != {Role.DISPLAY}:
                logout(request)
                hours = settings.SESSION_COOKIE_AGE // 3600
                messages.info(request, _("You were signed out: a session lasts %(hours)s hours.") % {"hours": hours})
                return redirect("sign_in")
            if now - request.session.get("active_at", now) > settings.SESSION_IDLE_SECONDS:
                logout(request)
                minutes = settings.SESSION_IDLE_SECONDS // 60
                messages.info(
                    request, _("You were signed out after %(minutes)s minutes of rest.") % {"minutes": minutes}
                )
                return redirect("sign_in")
            if _active(request):
                request.session["active_at"] = now
        return get_response(request)

    return answer


def own_password(get_response: GetResponse) -> GetResponse:
    """Whose password somebody else knows chooses another before anything else."""

    def answer(request: HttpRequest) -> HttpResponse:
        if getattr(request.user, "must_change_password", False):
            free = {reverse(name) for name in ("password", "sign_out", "language", "theme", "keep_session", "health")}
            if request.path not in free and not request.path.startswith(settings.STATIC_URL):
                return redirect("password")
        return get_response(request)

    return answer


def _active(request: HttpRequest) -> bool:
    """Whether somebody did something: a page that looks again by itself is nobody's activity, but on a wall display."""
    by_itself = "X-Background" in request.headers or request.headers.get("Accept") == "text/event-stream"
    return not by_itself or getattr(request.user, "role_set", None) == {Role.DISPLAY}
