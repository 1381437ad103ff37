"""Roles whose people work with a passkey or not at all: `GATEHOUSE_PASSKEY_ROLES`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from gatehouse.platform.config import config
from gatehouse.platform.models import User
from gatehouse.web.passkeys.confirming import ask

#: What is open before the passkey was shown: leaving, how the screens look, and what the passkey itself needs.
FREE = ("sign_out", "language", "theme", "keep_session", "health", "password", "confirm_options", "passkey_options")


class PasskeyMiddleware:
    """Has each of these people show their passkey once in a session, or add one before anything else.

    It asks where a view is about to run, after the token of the form was seen to: what it keeps was sent by a page of
    ours.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        user = request.user
        if not isinstance(user, User) or user.role_set.isdisjoint(config().roles_with_passkeys):
            return None
        if "passkey_at" in request.session or request.path in {reverse(name) for name in FREE}:
            return None
        if user.passkeys.exists():
            return ask(request, each_session=True)
        return None if request.path == reverse("passkey_add") else redirect("passkey_add")
