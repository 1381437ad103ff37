"""Language and theme: kept in a cookie for this desk and with the account for the next one."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from gatehouse.platform.models import User
from gatehouse.platform.permissions import ANYONE, SIGNED_IN
from gatehouse.platform.services import user_prefer
from gatehouse.web.frame import THEMES
from gatehouse.web.permissions import permission


@permission(ANYONE)
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    code = request.POST.get("language", "")
    response = _back(request)
    if code in dict(settings.LANGUAGES):
        remember(response, settings.LANGUAGE_COOKIE_NAME, code)
        if isinstance(request.user, User):
            user_prefer(user=request.user, language=code)
    return response


@permission(ANYONE)
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    chosen = request.POST.get("theme", "")
    response = _back(request)
    if chosen in THEMES:
        remember(response, settings.THEME_COOKIE_NAME, chosen)
        if isinstance(request.user, User):
            user_prefer(user=request.user, theme=chosen)
    return response


@permission(SIGNED_IN)
@require_POST
def keep_session(request: HttpRequest) -> JsonResponse:
    """Says that somebody is there; the middleware notes the time."""
    return JsonResponse({"idle_seconds": settings.SESSION_IDLE_SECONDS})


def remember(response: HttpResponse, name: str, value: str) -> None:
    """Keep a preference on this machine for a year. It holds no secret and no person."""
    response.set_cookie(
        name, value, max_age=365 * 86400, samesite="Strict", httponly=True, secure=settings.SESSION_COOKIE_SECURE
    )


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """To the page that asked, if it is one of ours."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(wanted if ours else "/")
