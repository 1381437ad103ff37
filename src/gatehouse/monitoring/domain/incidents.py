"""When something that does not serve is an incident, and of how many devices it is one.

An incident has one cause: a device that does not serve and needs no other that does not. What needs it and does not
serve either is explained by it. Waiting before one is opened and before it is resolved keeps a device that comes and
goes from ringing all the time; the ledger of availability counts every second all the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from gatehouse.monitoring.domain.states import State

#: How long a device must not have served before an incident is opened, and have served before it is resolved.
OPENS_AFTER, RESOLVES_AFTER = timedelta(seconds=60), timedelta(seconds=120)
#: Not serving. Degraded is: it goes on the wall, and wakes nobody.
AILING = frozenset({State.DOWN, State.UNKNOWN})

REPAIR_DEFINITION = (
    "of incidents that were detected in the period: mean time to acknowledge, from detection to the acknowledgement; "
    "mean time to repair, from when the cause stopped serving to when all its devices served again; those that are "
    "not acknowledged or not resolved yet are in neither mean, and are counted"
)


class StepKind(StrEnum):
    """What happens to an incident. `OPENED`, `RESOLVED` and `MERGED` are the house's own words."""

    OPENED = "opened"
    ACKNOWLEDGED = "acknowledged"
    NOTE = "note"
    CAUSE_FOUND = "cause_found"
    REPAIR = "repair"
    RESOLVED = "resolved"
    #: Another incident explains it.
    MERGED = "merged"
    REVIEWED = "reviewed"


#: Steps that a person takes; each but the acknowledgement says something.
BY_PEOPLE = frozenset({StepKind.ACKNOWLEDGED, StepKind.NOTE, StepKind.CAUSE_FOUND, StepKind.REPAIR, StepKind.REVIEWED})


@dataclass(frozen=True, slots=True)
class Ailing:
    """A device that does not serve, since when, and what it cannot serve without."""

    tag: str
    state: State
    since: datetime
    needs: Sequence[str] = ()


def cause_of(tag: str, ailing: Mapping[str, Ailing]) -> str:
    """The device that explains it: the last of those it needs, one through the other, that does not serve either.

    Of several that it needs the one that failed first explains it.
    """
    seen = {tag}
    while True:
        further = [ailing[each] for each in ailing[tag].needs if each in ailing and each not in seen]
        if not further:
            return tag
        tag = min(further, key=lambda each: (each.since, each.tag)).tag
        seen.add(tag)


def causes(ailing: Mapping[str, Ailing], now: datetime) -> dict[str, list[str]]:
    """By cause what it explains, itself included; only what has not served long enough."""
    found: dict[str, list[str]] = {}
    for tag in sorted(ailing):
        if ailing[tag].since <= now - OPENS_AFTER:
            found.setdefault(cause_of(tag, ailing), []).append(tag)
    return found
