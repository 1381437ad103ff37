"""Which account the agency's sign-on means. It finds accounts and narrows what they may do; it widens nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import NotFoundError, RefusedError
from gatehouse.platform.models import SignOn, User
from gatehouse.platform.permissions import Role


@dataclass(frozen=True, slots=True)
class Mapped:
    """How the provider's claims are read."""

    #: The claim that names the account at the first sign-on.
    account: str
    #: The claim that names groups, and which role each stands for; without it roles are the account's alone.
    groups: str | None
    roles: Mapping[str, Role]

    def proposed(self, claims: Mapping[str, Any]) -> frozenset[Role] | None:
        """The roles that the provider stands behind; None where it is not asked for any."""
        if self.groups is None:
            return None
        said = claims.get(self.groups, ())
        groups = said if isinstance(said, list) else [said]
        return frozenset(self.roles[group] for group in groups if isinstance(group, str) and group in self.roles)


def named_in(claims: Mapping[str, Any], mapped: Mapped) -> tuple[User | None, str]:
    """The account that these claims mean, and its name: by whom the provider means where that is known (`sub`, which
    never changes), by name at the first time. Raises `RefusedError` where the claim is missing.
    """
    known = SignOn.objects.select_related("user").filter(issuer=claims["iss"], subject=claims["sub"]).first()
    if known is not None:
        return known.user, known.user.get_username()
    name = claims.get(mapped.account)
    if not isinstance(name, str) or not 1 <= len(name) <= 150:
        raise RefusedError("The agency's sign-on names no account: it lacks %(claim)s.", claim=mapped.account)
    return User.objects.filter(username=name).first(), name


@transaction.atomic
def sign_on_use(*, clock: Clock, user: User, claims: Mapping[str, Any], mapped: Mapped) -> frozenset[Role] | None:
    """Let this person in by the agency's sign-on: the first time ties the account to whom the provider means, for ever.

    Gives the roles to which the session is narrowed, None where it is not. Raises `RefusedError` for a closed account,
    one that belongs to somebody else of the provider, and one none of whose roles the provider stands behind.
    """
    if not user.is_active:
        raise RefusedError("This account is closed. Ask the operator.")
    proposed = mapped.proposed(claims)
    roles = None if proposed is None else proposed & user.role_set
    if not user.role_set:
        raise RefusedError("This account has no role yet. Ask the operator.")
    if roles is not None and not roles:
        raise RefusedError("The agency's sign-on stands behind none of the roles of this account.")
    whose = {"issuer": claims["iss"], "subject": claims["sub"]}
    tied, _ = SignOn.objects.get_or_create(user=user, defaults={**whose, "tied_at": clock.now()})
    if (tied.issuer, tied.subject) != (whose["issuer"], whose["subject"]):
        raise RefusedError("This account belongs to somebody else of the agency's sign-on. Tell the operator.")
    return roles


@transaction.atomic
def account_propose(*, name: str, full_name: str) -> User:
    """Make an account without password and without any role: it opens nothing until an operator gives it one.

    Raises `RefusedError` for a name that none can have.
    """
    user = User(username=name, last_name=full_name[:150])
    user.set_unusable_password()
    try:
        user.full_clean()
    except ValidationError as error:
        raise RefusedError("%(cause)s", cause=" ".join(error.messages)) from error
    user.save(force_insert=True)
    return user


def sign_on_forget(*, username: str) -> str:
    """Untie the account from whom the provider meant; gives who that was. Raises `NotFoundError`."""
    tied = SignOn.objects.filter(user__username=username).first()
    if tied is None:
        raise NotFoundError("%(name)s is tied to nobody of the agency's sign-on", name=username)
    tied.delete()
    return tied.subject
