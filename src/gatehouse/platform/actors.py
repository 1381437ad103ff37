"""Who acts: a person, a device or the house itself, with what each may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from gatehouse.kernel.errors import ForbiddenError
from gatehouse.platform.permissions import DEVICE_PERMISSIONS, PERMISSIONS, PURPOSES, Purpose, allowed, purposes_of

if TYPE_CHECKING:
    from gatehouse.platform.models import User


class ActorKind(StrEnum):
    USER = "user"
    DEVICE = "device"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. Its text, `kind:name`, is how records and the audit tree name it."""

    kind: ActorKind
    name: str
    permissions: frozenset[str]
    #: The port where a person is on duty; empty for who works for all of them, and for devices, whose routes see to it.
    port: str = ""
    #: For what this actor may look at a person. Where nothing is said, for nothing.
    purposes: frozenset[Purpose] = frozenset()

    @classmethod
    def of(cls, user: User) -> Self:
        """A signed-in person, with the permissions of their roles at this moment."""
        held = frozenset(name for name in PERMISSIONS if allowed(user, name))
        return cls(ActorKind.USER, user.get_username(), held, user.port, purposes_of(user))

    @classmethod
    def device(cls, name: str) -> Self:
        """A device that proved who it is: a lane, a desk's reader."""
        return cls(ActorKind.DEVICE, name, DEVICE_PERMISSIONS)

    @classmethod
    def system(cls, name: str) -> Self:
        """A job of the house, which holds every permission and still leaves its leaf."""
        return cls(ActorKind.SYSTEM, name, frozenset(PERMISSIONS) | DEVICE_PERMISSIONS, purposes=frozenset(PURPOSES))

    def __str__(self) -> str:
        return f"{self.kind.value}:{self.name}"

    def may(self, permission: str) -> bool:
        """Whether this actor holds `permission`. One that nobody declared is a mistake in the program: `KeyError`."""
        if permission not in PERMISSIONS and permission not in DEVICE_PERMISSIONS:
            raise KeyError(permission)
        return permission in self.permissions

    def require(self, permission: str) -> None:
        """Raises `ForbiddenError` where this actor does not hold `permission`."""
        if not self.may(permission):
            raise ForbiddenError(
                "%(actor)s may not do this: it needs %(permission)s", actor=str(self), permission=permission
            )

    def require_at(self, permission: str, port: str | None) -> None:
        """Raises `ForbiddenError` where this actor does not hold `permission`, or works at another port than this one.

        Where it is not known at which port something is to be done, it is not done.
        """
        self.require(permission)
        if not port:
            raise ForbiddenError("it is not known at which port this is to be done")
        if self.port not in ("", port):
            raise ForbiddenError(
                "%(actor)s is on duty at %(own)s and not at %(port)s", actor=str(self), own=self.port, port=port
            )
