"""Passwords that an operator types for somebody else."""

from __future__ import annotations

from gatehouse.kernel.errors import RefusedError


def require_good(password: str) -> None:
    """Raises `RefusedError`, with what is wrong with it by the rules of the installation. Needs a store."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    try:
        validate_password(password)
    except ValidationError as error:
        raise RefusedError("%(cause)s", cause=" ".join(error.messages)) from error
