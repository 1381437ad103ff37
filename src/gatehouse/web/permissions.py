"""Each view names its permission. One that names none is shown to nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from gatehouse.audit.api import leaf_append
from gatehouse.platform.models import User
from gatehouse.platform.permissions import ANYONE, BREAKABLE, PERMISSIONS, SIGNED_IN, allowed, by_emergency
from gatehouse.web import words
from gatehouse.web.clock import CLOCK

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def permission(name: str) -> Callable[[View], View]:
    """Say what a person must be allowed in order to use a view: `@permission("border.inspect")`.

    Raises `KeyError` for a permission that the house does not know.
    """
    if name not in (ANYONE, SIGNED_IN):
        PERMISSIONS[name]

    def named(view: View) -> View:
        view.permission = name  # type: ignore[attr-defined]
        return view

    return named


class PermissionMiddleware:
    """Enforces what the views name, in the one place that no view can go around."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        needed = getattr(view, "permission", None)
        if needed is not None and allowed(request.user, needed):
            if needed in BREAKABLE and by_emergency(request.user, needed):
                _witness_use(request, needed)
            return None
        if not request.user.is_authenticated:
            back = request.get_full_path() if request.method == "GET" else reverse("home")
            return redirect_to_login(back, reverse("sign_in"))
        return forbidden(request, needed)


def _witness_use(request: HttpRequest, needed: str) -> None:
    """Each screen that an emergency opens leaves a leaf."""
    assert isinstance(request.user, User)  # noqa: S101 (nobody else has emergencies)
    detail = {"path": request.path, "method": request.method, "permission": needed}
    with transaction.atomic():
        leaf_append(clock=CLOCK, actor=request.user.actor, action="platform.break_glass_use", detail=detail)


def forbidden(request: HttpRequest, needed: str | None) -> HttpResponse:
    """The page that says what is missing and whom to ask. It leaves a leaf: somebody tried what is not theirs."""
    if isinstance(request.user, User):
        with transaction.atomic():
            leaf_append(
                clock=CLOCK,
                actor=request.user.actor,
                action="platform.access_refuse",
                detail={"path": request.path, "needed": needed},
            )
    holders = [words.ROLES[role] for role in words.ROLES if role in PERMISSIONS.get(needed or "", frozenset())]
    context = {"needed": needed, "what": words.PERMISSIONS.get(needed or ""), "holders": holders}
    return render(request, "frame/forbidden.html", context, status=403)
