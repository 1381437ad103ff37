"""Changes of accounts."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from gatehouse.platform.models import RoleGrant, User
from gatehouse.platform.permissions import Role


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
