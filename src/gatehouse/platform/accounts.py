"""What an operator does with an account that is there. `services.user_create` makes one."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from gatehouse.kernel.errors import NotFoundError, RefusedError
from gatehouse.platform.models import RoleGrant, User
from gatehouse.platform.permissions import Role


def user_close(*, username: str) -> None:
    """Let this person in no more; what they have open ends with its next page. Raises `NotFoundError`."""
    _changed(username, is_active=False)


def user_reopen(*, username: str) -> None:
    """Let this person in again. Raises `NotFoundError`."""
    _changed(username, is_active=True)


@transaction.atomic
def password_reset(*, username: str, password: str) -> None:
    """A new password that is good for one thing: to choose another. Every session of the account ends.

    Raises `NotFoundError`.
    """
    user = _found(username)
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])


@transaction.atomic
def roles_set(*, username: str, roles: Iterable[Role]) -> tuple[frozenset[Role], frozenset[Role]]:
    """Give this person these roles and no others; gives those that were added and those that were taken away.

    Raises `NotFoundError`; `RefusedError` without any role: an account that may do nothing is closed.
    """
    wanted = frozenset(roles)
    if not wanted:
        raise RefusedError("an account that may do nothing is closed")
    user = _found(username)
    held = user.role_set
    RoleGrant.objects.filter(user=user, role__in=[role.value for role in held - wanted]).delete()
    RoleGrant.objects.bulk_create(RoleGrant(user=user, role=role.value) for role in sorted(wanted - held))
    return wanted - held, held - wanted


def _found(username: str) -> User:
    user = User.objects.select_for_update().filter(username=username).first()
    if user is None:
        raise NotFoundError("there is no account %(name)s", name=username)
    return user


def _changed(username: str, *, is_active: bool) -> None:
    if not User.objects.filter(username=username).update(is_active=is_active):
        raise NotFoundError("there is no account %(name)s", name=username)
