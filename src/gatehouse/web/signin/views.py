from __future__ import annotations

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from gatehouse.audit.api import leaf_append
from gatehouse.kernel.clock import SystemClock
from gatehouse.kernel.errors import RefusedError
from gatehouse.platform.config import config
from gatehouse.platform.models import User
from gatehouse.platform.sign_in import name_digest, sign_in_try
from gatehouse.web.signin.entering import bring_preferences, enter, leave_refusal
from gatehouse.web.templatetags.gatehouse import said


class SignInForm(AuthenticationForm):
    """One message for every way in which a sign-in fails, so that none tells which accounts exist."""

    error_messages = {  # noqa: RUF012 (Django's form declares it so)
        "invalid_login": _("The user name and the password do not belong together, or the account is closed."),
        "inactive": _("The user name and the password do not belong together, or the account is closed."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.was_looked_at = False
        self.fields["username"].label = _("User name")
        self.fields["username"].error_messages["required"] = _("Enter your user name.")
        self.fields["password"].label = _("Password")
        self.fields["password"].error_messages["required"] = _("Enter your password.")

    def clean(self) -> dict[str, Any]:
        """Count the try first: what comes too soon after others is refused before the password is looked at."""
        if self.cleaned_data.get("username") and self.cleaned_data.get("password"):
            try:
                sign_in_try(clock=SystemClock(), username=self.cleaned_data["username"])
            except RefusedError as error:
                raise ValidationError(said(error.reason)) from error
            self.was_looked_at = True
        return super().clean()


class SignIn(LoginView):
    template_name = "signin/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True
    next_page = "home"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(has_sign_on=config().oidc_issuer is not None, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Sign in with a leaf in the audit tree, and bring this person's language and theme to the desk they sit at."""
        user = form.get_user()
        assert isinstance(user, User)  # noqa: S101 (the type checker cannot know AUTH_USER_MODEL)
        enter(self.request, user, {})
        response = redirect(self.get_success_url())
        bring_preferences(response, user)
        return response

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Show what is wrong. A password that was looked at and was not the account's leaves a leaf."""
        if isinstance(form, SignInForm) and form.was_looked_at:
            self._leave_refusal(form.cleaned_data["username"])
        return super().form_invalid(form)

    def _leave_refusal(self, username: str) -> None:
        user = User.objects.filter(username=username).first()
        # Perhaps a password that was typed in the wrong field: only what stands for it is kept.
        unknown = {"account": name_digest(username)[:16]} if user is None else {}
        leave_refusal(self.request, user, "platform.sign_in_refuse", unknown)


class SignOut(LogoutView):
    next_page = "sign_in"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if isinstance(request.user, User):
            with transaction.atomic():
                leaf_append(clock=SystemClock(), actor=request.user.actor, action="platform.sign_out")
        return super().post(request, *args, **kwargs)
