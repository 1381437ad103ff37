"""One's own password: changed with the present one; every other session of the account ends with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from gatehouse.audit.api import leaf_append
from gatehouse.kernel.errors import RefusedError
from gatehouse.platform.models import User
from gatehouse.platform.permissions import SIGNED_IN
from gatehouse.platform.sign_in import sign_in_try, sign_in_unlock
from gatehouse.web.clock import CLOCK
from gatehouse.web.permissions import permission
from gatehouse.web.templatetags.gatehouse import said


class PasswordForm(PasswordChangeForm):
    error_messages = {  # noqa: RUF012 (Django's form declares it so)
        "password_incorrect": _("This is not your present password."),
        "password_same": _("The new password is the one that you have."),
        "password_mismatch": _("The two new passwords are not the same."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {
            "old_password": (_("Present password"), _("Enter your present password.")),
            "new_password1": (_("New password"), _("Enter a new password.")),
            "new_password2": (_("New password, again"), _("Enter the new password again.")),
        }
        for name, (label, missing) in words.items():
            self.fields[name].label = label
            self.fields[name].error_messages["required"] = missing
            self.fields[name].help_text = ""
        self.fields["new_password1"].help_text = _(
            "12 characters or more; a sentence is easier to keep in mind than signs. Not your name, no common password."
        )

    def clean_old_password(self) -> str:
        """Whoever sits at a desk that was left open guesses no more often than at the sign-in."""
        try:
            sign_in_try(clock=CLOCK, username=self.user.get_username())
        except RefusedError as error:
            raise ValidationError(said(error.reason)) from error
        given = super().clean_old_password()
        # It was theirs: however often the new one does not do, nothing is held against them.
        sign_in_unlock(username=self.user.get_username())
        return given

    def clean_new_password1(self) -> str:
        given = str(self.cleaned_data["new_password1"])
        if self.user.check_password(given):
            raise ValidationError(self.error_messages["password_same"])
        return given


@permission(SIGNED_IN)
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 (the permission lets nobody else in)
    form = PasswordForm(user, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "account/password.html", {"form": form}, status=400 if form.errors else 200)
    with transaction.atomic():
        user.must_change_password = False
        form.save()
        leaf_append(clock=CLOCK, actor=user.actor, action="platform.password_change")
        update_session_auth_hash(request, user)  # this session goes on; all others have the old hash and end
    messages.success(request, _("Your password is changed. You are signed out everywhere else."))
    return redirect("home")
