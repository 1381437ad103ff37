"""What the centre makes of the ledgers of devices: their events, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from gatehouse.device.credentials import Credential
from gatehouse.kernel.errors import ForbiddenError
from gatehouse.kernel.results import Reason
from gatehouse.platform.actors import Actor, ActorKind


class EventState(StrEnum):
    RECORDED = "recorded"
    #: It could not be recorded as it is; what follows went on without it.
    SET_ASIDE = "set aside"


class Roster(BaseModel):
    """Who could sign on with a bundle: permissions and credential by user name."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    officers: dict[str, tuple[frozenset[str], Credential]]

    def actor(self, name: str) -> Actor:
        """The officer with the permissions of that day. Raises `ForbiddenError` where they are not on it."""
        permissions, _ = self._of(name)
        return Actor(ActorKind.USER, name, permissions)

    def credential(self, name: str) -> Credential:
        """Raises as `actor`."""
        return self._of(name)[1]

    def _of(self, name: str) -> tuple[frozenset[str], Credential]:
        if name not in self.officers:
            raise ForbiddenError("%(name)s was not on the roster of this bundle", name=name)
        return self.officers[name]


@dataclass(frozen=True, slots=True)
class BatchTaken:
    """`acknowledged`: the highest sequence up to which all is recorded; `missing`: what was sent joins nothing."""

    acknowledged: int
    missing: bool


@dataclass(frozen=True, slots=True)
class LedgerCounts:
    """All ledgers in numbers: `not_whole` have a gap, a fork or an event that was set aside."""

    devices: int
    not_whole: int
    #: Events that devices said they still hold when they last spoke, and since when the oldest waits.
    waiting: int
    waiting_since: datetime | None


@dataclass(frozen=True, slots=True)
class Gap:
    """Events from `first` to `last` of a device that were never received, and can be no more."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Fork:
    """Where the ledger of a device goes on in more than one way: a copy of it was put back, or is used elsewhere."""

    sequence: int
    #: When the first event of each way was received.
    received: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class SetAside:
    event: UUID
    sequence: int
    kind: str
    problem: Reason


@dataclass(frozen=True, slots=True)
class Remarked:
    event: UUID
    sequence: int
    kind: str
    remarks: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class LedgerView:
    """What is known of one device's ledger."""

    device: str
    #: None where the device has not spoken yet.
    last_contact: datetime | None
    received: int
    #: As the device said when it last spoke.
    waiting: int
    waiting_since: datetime | None
    gaps: tuple[Gap, ...]
    forks: tuple[Fork, ...]
    set_aside: tuple[SetAside, ...]
    remarked: tuple[Remarked, ...]

    @property
    def is_whole(self) -> bool:
        return not (self.gaps or self.forks or self.set_aside)

    def backlog_age(self, now: datetime) -> timedelta:
        return max(timedelta(0), now - self.waiting_since) if self.waiting_since else timedelta(0)
