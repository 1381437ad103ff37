"""Changes of accounts and devices."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from gatehouse.device.credentials import credential_of
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import NotFoundError, RefusedError
from gatehouse.platform.device_certificates import device_certificates_end
from gatehouse.platform.models import Device, OfflineCredential, RoleGrant, User
from gatehouse.platform.permissions import Role
from gatehouse.platform.ports import ports
from gatehouse.platform.selectors import token_digest, token_prefix

#: A lane's name stands in keys, addresses and the audit tree.
_DEVICE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,31}")


@transaction.atomic
def user_create(
    *,
    username: str,
    password: str,
    roles: Iterable[Role],
    full_name: str = "",
    port: str = "",
    is_demo: bool = False,
    must_change_password: bool = False,
) -> User:
    """A new account with its roles. Raises `RefusedError` for a name that is taken or is none, and for no such port."""
    user = User(
        username=username,
        last_name=full_name,
        port=port,
        is_demo=is_demo,
        must_change_password=must_change_password,
    )
    user.set_password(password)
    _require_valid(user, port=port)
    user.save(force_insert=True)
    RoleGrant.objects.bulk_create(RoleGrant(user=user, role=role.value) for role in roles)
    return user


def user_prefer(*, user: User, language: str | None = None, theme: str | None = None) -> None:
    """Remember how this person wants the screens; what is None stays as it was."""
    chosen = {"language": language, "theme": theme}
    User.objects.filter(pk=user.pk).update(**{name: value for name, value in chosen.items() if value is not None})


def offline_passphrase_set(*, clock: Clock, username: str, passphrase: str) -> None:
    """Let a person sign on at devices without the centre: from their next bundle on, by this passphrase alone.

    Raises `NotFoundError`; `RefusedError` for a passphrase that is too short, or is the password of their account.
    """
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise NotFoundError("there is no account %(name)s", name=username)
    if user.check_password(passphrase):
        raise RefusedError("the passphrase for devices is another than the password of the account")
    credential = credential_of(passphrase).model_dump(mode="json")
    OfflineCredential.objects.update_or_create(user=user, defaults={"credential": credential, "set_at": clock.now()})


def device_register(*, name: str, port: str) -> str:
    """Make a device known and give its token, which is shown this once; registered again, the old token ends.

    Raises `RefusedError` for a name that cannot be one, or no such port.
    """
    if not _DEVICE_NAME.fullmatch(name):
        raise RefusedError("a device's name is 1 to 32 letters, digits, dots and hyphens, not %(name)s", name=name)
    _require_port(port)
    token = token_prefix() + secrets.token_urlsafe(32)
    Device.objects.update_or_create(
        name=name, defaults={"port": port, "token_digest": token_digest(token), "is_active": True, "may_enrol": True}
    )
    return token


@transaction.atomic
def device_revoke(*, clock: Clock, name: str) -> None:
    """Let this device in no more, by token or by certificate. Raises `NotFoundError`."""
    device = Device.objects.filter(name=name).first()
    if device is None:
        raise NotFoundError("there is no device %(name)s", name=name)
    Device.objects.filter(pk=device.pk).update(is_active=False)
    device_certificates_end(clock=clock, device=device)


def _require_valid(user: User, *, port: str) -> None:
    if port:
        _require_port(port)
    try:
        user.full_clean()
    except ValidationError as error:
        raise RefusedError("%(cause)s", cause=" ".join(error.messages)) from error


def _require_port(port: str) -> None:
    if port not in ports():
        raise RefusedError("there is no port %(port)s", port=port)
