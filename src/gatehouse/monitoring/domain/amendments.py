"""What two people amended in the ledger: it stands in place of all that any source says of that stretch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gatehouse.monitoring.domain.availability import Interval
from gatehouse.monitoring.domain.states import State

#: What an amendment can say. Whether a device is in service is said by the register of assets, and hours by the hours.
AMENDABLE = (State.UP, State.DEGRADED, State.DOWN, State.PLANNED, State.UNKNOWN)


class Amended(NamedTuple):
    """A confirmed amendment; moments in microseconds since 1970-01-01T00:00Z."""

    id: int
    device: str
    start: int
    end: int
    state: State


def amended(intervals: Iterable[Interval], amendments: Iterable[Amended]) -> list[Interval]:
    """The intervals with each amendment in its place, in the order in which they were confirmed: the last one wins.

    Planned work that was registered late is left out first: what is cut off an interval is no new registration.
    """
    all_ = list(amendments)
    found: dict[str, list[Interval]] = {amendment.device: [] for amendment in all_}
    untouched = []
    for each in intervals:
        if each.device not in found:
            untouched.append(each)
        elif each.state is not State.PLANNED or each.received_at <= each.start:
            found[each.device].append(each)
    for amendment in all_:
        rest = [part for each in found[amendment.device] for part in _outside(each, amendment)]
        # Registered as if before it began: that it was not is what two people confirmed.
        said = Interval(*amendment[1:], source="amendment", received_at=amendment.start)
        found[amendment.device] = [*rest, said]
    return [*untouched, *(each for of_device in found.values() for each in of_device)]


def _outside(interval: Interval, amendment: Amended) -> Iterator[Interval]:
    if interval.start < amendment.start:
        end = amendment.start if interval.end is None else min(interval.end, amendment.start)
        yield interval._replace(end=end)
    if interval.end is None or interval.end > amendment.end:
        yield interval._replace(start=max(interval.start, amendment.end))
