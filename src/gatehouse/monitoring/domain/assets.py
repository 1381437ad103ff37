"""What the agency owns and in which state each piece is, with dates: every count in a report derives from here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from gatehouse.kernel.errors import RefusedError
from gatehouse.monitoring.domain.availability import Interval
from gatehouse.monitoring.domain.period import Period
from gatehouse.monitoring.domain.states import State


class AssetClass(StrEnum):
    HALL = "hall"
    E_GATE = "e_gate"
    WORKSTATION = "workstation"
    MOBILE_WORKSTATION = "mobile_workstation"
    SWITCH = "switch"
    POWER_STRIP = "power_strip"
    FIBRE_LINK = "fibre_link"
    SERVER = "server"
    LICENCE = "licence"
    #: A service of the platform that watches the inspection system.
    SECURITY_PLATFORM = "security_platform"


class Status(StrEnum):
    ORDERED = "ordered"
    DELIVERED = "delivered"
    INSTALLED = "installed"
    ACCEPTED = "accepted"
    IN_SERVICE = "in_service"
    SUSPENDED = "suspended"
    #: Out of use, and kept as it is until a court or an authority releases it.
    UNDER_LEGAL_HOLD = "under_legal_hold"
    REMOVED = "removed"


#: Statuses of something that stands at its place.
IN_PLACE = frozenset({Status.INSTALLED, Status.ACCEPTED, Status.IN_SERVICE, Status.SUSPENDED, Status.UNDER_LEGAL_HOLD})
_IN_ORDER = tuple(Status)[:5]
_LATER = frozenset({Status.SUSPENDED, Status.UNDER_LEGAL_HOLD, Status.REMOVED})
#: What may follow each status. Steps may be left out: of old equipment not all are on record.
FOLLOWS = {
    **{status: frozenset(_IN_ORDER[place + 1 :]) | _LATER for place, status in enumerate(_IN_ORDER)},
    Status.SUSPENDED: frozenset({Status.IN_SERVICE, Status.UNDER_LEGAL_HOLD, Status.REMOVED}),
    # A hold is lifted first: what a court wants to see is not taken away.
    Status.UNDER_LEGAL_HOLD: frozenset({Status.IN_SERVICE, Status.SUSPENDED}),
    Status.REMOVED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Since:
    """A status and its first day."""

    status: Status
    day: date


@dataclass(frozen=True, slots=True)
class Asset:
    """A piece of equipment. `history` is in order of time."""

    tag: str
    asset_class: AssetClass
    #: Port, as the profile names it.
    site: str
    history: tuple[Since, ...]
    source: str
    generation: int | None = None
    #: Terminal or hall within the site.
    hall: str = ""
    #: Id of the plan that paid for it.
    plan: str = ""
    #: Tag of the asset in whose place it came.
    replaces: str = ""
    #: What is on record of it, its intervals in the ledger too, was made up to add up to a total that is known.
    reconstructed: bool = False

    def on(self, day: date) -> Status | None:
        """The status at the end of a day; None before the first."""
        return next((since.status for since in reversed(self.history) if since.day <= day), None)

    def reached(self, status: Status) -> date | None:
        """The first day of a status; None where it never was in it."""
        return next((since.day for since in self.history if since.status is status), None)

    def in_service(self, first: date, last: date) -> bool:
        """Whether it was in service on any day of a period, both days included."""
        return any(begins <= last and (ends is None or ends > first) for begins, ends in self._service())

    def _service(self) -> Iterator[tuple[date, date | None]]:
        """From the first day in service to the first day that it is not; None while it lasts."""
        for place, since in enumerate(self.history, 1):
            if since.status is Status.IN_SERVICE:
                yield since.day, self.history[place].day if place < len(self.history) else None

    def not_commissioned(self, period: Period, midnight: Callable[[date], int]) -> Iterator[Interval]:
        """The time of a period in which it was not in service, as the ledger takes it.

        `midnight` gives the first microsecond of a day at the place. A status counts from the beginning of its day.
        """
        free = period.start * 1000
        for begins, ends in self._service():
            yield self._without(free, midnight(begins))
            if ends is None:
                return
            free = midnight(ends)
        yield self._without(free, period.end * 1000)

    def _without(self, start: int, end: int) -> Interval:
        return Interval(self.tag, start, max(start, end), State.NOT_COMMISSIONED, "register", start)


def require_history(history: Sequence[Since]) -> None:
    """Raises `RefusedError` where a status cannot follow the one before, or is older."""
    if not history:
        raise RefusedError("an asset has a status, with its first day")
    for before, after in pairwise(history):
        if after.status not in FOLLOWS[before.status]:
            raise RefusedError("%(after)s does not follow %(before)s", after=after.status, before=before.status)
        if after.day < before.day:
            raise RefusedError(
                "%(after)s on %(day)s is before %(before)s on %(earlier)s",
                after=after.status,
                day=after.day.isoformat(),
                before=before.status,
                earlier=before.day.isoformat(),
            )
