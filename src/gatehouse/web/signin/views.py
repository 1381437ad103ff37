from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from gatehouse.audit.api import leaf_append
from gatehouse.kernel.clock import SystemClock
from gatehouse.platform.models import User
from gatehouse.web.account.views import remember


class SignInForm(AuthenticationForm):
    """One message for every way in which a sign-in fails, so that none tells which accounts exist."""

    error_messages = {  # noqa: RUF012 (Django's form declares it so)
        "invalid_login": _("The user name and the password do not belong together, or the account is closed."),
        "inactive": _("The user name and the password do not belong together, or the account is closed."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("User name")
        self.fields["username"].error_messages["required"] = _("Enter your user name.")
        self.fields["password"].label = _("Password")
        self.fields["password"].error_messages["required"] = _("Enter your password.")


class SignIn(LoginView):
    template_name = "signin/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True
    next_page = "home"

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Sign in with a leaf in the audit tree, and bring this person's language and theme to the desk they sit at."""
        user = form.get_user()
        assert isinstance(user, User)  # noqa: S101 (the type checker cannot know AUTH_USER_MODEL)
        with transaction.atomic():
            response = super().form_valid(form)
            leaf_append(clock=SystemClock(), actor=user.actor, action="platform.sign_in")
        if user.language:
            remember(response, settings.LANGUAGE_COOKIE_NAME, user.language)
        if user.theme:
            remember(response, "theme", user.theme)
        return response


class SignOut(LogoutView):
    next_page = "sign_in"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if isinstance(request.user, User):
            with transaction.atomic():
                leaf_append(clock=SystemClock(), actor=request.user.actor, action="platform.sign_out")
        return super().post(request, *args, **kwargs)
