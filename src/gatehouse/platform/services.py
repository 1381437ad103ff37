"""Changes of accounts and devices."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from django.db import transaction

from gatehouse.platform.models import Device, RoleGrant, User
from gatehouse.platform.permissions import Role
from gatehouse.platform.selectors import token_digest


@transaction.atomic
def user_create(
    *, username: str, password: str, roles: Iterable[Role], full_name: str = "", port: str = "", is_demo: bool = False
) -> User:
    """A new account with its roles."""
    user = User(username=username, last_name=full_name, port=port, is_demo=is_demo)
    user.set_password(password)
    user.save(force_insert=True)
    RoleGrant.objects.bulk_create(RoleGrant(user=user, role=role.value) for role in roles)
    return user


def user_prefer(*, user: User, language: str | None = None, theme: str | None = None) -> None:
    """Remember how this person wants the screens; what is None stays as it was."""
    chosen = {"language": language, "theme": theme}
    User.objects.filter(pk=user.pk).update(**{name: value for name, value in chosen.items() if value is not None})


def device_register(*, name: str, port: str) -> str:
    """Make a device known and give its token, which is shown this once; registered again, the old token ends."""
    token = secrets.token_urlsafe(32)
    Device.objects.update_or_create(
        name=name, defaults={"port": port, "token_digest": token_digest(token), "is_active": True}
    )
    return token


def device_revoke(*, name: str) -> None:
    """Let this device in no more."""
    Device.objects.filter(name=name).update(is_active=False)
