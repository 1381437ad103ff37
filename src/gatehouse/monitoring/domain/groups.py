"""Whether a group of devices could serve: a hall whose travellers choose among its gates needs k of its n.

At each moment n counts the devices that were asked to serve, and k is the least number that makes up the share.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from fractions import Fraction
from math import ceil

from gatehouse.monitoring.domain.availability import Account, Stretch
from gatehouse.monitoring.domain.states import PRECEDENCE, State

DEFINITION = (
    "a group is up while all devices that are asked to serve are up, degraded while at least k of these n are up or "
    "degraded, down where even with the unknown ones they are fewer, and unknown where that depends on the unknown "
    "ones; k is the share of n, rounded up"
)
#: Not asked to serve; where none is, the group is in the last of these that a device is in.
_NOT_ASKED = PRECEDENCE[: PRECEDENCE.index(State.OUT_OF_SERVICE_HOURS) + 1]


def group_timeline(devices: Collection[list[Stretch]], share: Fraction) -> list[Stretch]:
    """The state of a group over a period, from the timelines of its devices over that period.

    `share` of the devices that are asked to serve have to be up or degraded. No device: no stretch.
    """
    counts = dict.fromkeys(State, 0)
    whole: list[Stretch] = []
    since = 0
    for moment, before, after in _changes(devices):
        if before is not None:
            _add(whole, since, moment, group_state(counts, share))
            counts[before] -= 1
        if after is not None:
            counts[after] += 1
        since = moment
    return whole


def group_state(counts: dict[State, int], share: Fraction) -> State:
    """The state of a group of which so many devices are in each state."""
    asked = sum(count for state, count in counts.items() if state not in _NOT_ASKED)
    if not asked:
        return next((state for state in reversed(_NOT_ASKED) if counts[state]), State.UNKNOWN)
    needed = ceil(share * asked)
    serving = counts[State.UP] + counts[State.DEGRADED]
    if counts[State.UP] == asked:
        return State.UP
    if serving >= needed:
        return State.DEGRADED
    return State.UNKNOWN if serving + counts[State.UNKNOWN] >= needed else State.DOWN


def account(timeline: Iterable[Stretch]) -> Account:
    """The milliseconds of a timeline by state."""
    buckets = dict.fromkeys(State, 0)
    for start, end, state in timeline:
        buckets[state] += end - start
    return Account(buckets)


def _changes(devices: Collection[list[Stretch]]) -> Iterator[tuple[int, State | None, State | None]]:
    """Each moment at which a device goes from one state to another, in order; None before its first, after its last."""
    found: list[tuple[int, State | None, State | None]] = []
    for stretches in devices:
        before: State | None = None
        for start, _, state in stretches:
            found.append((start, before, state))
            before = state
        if stretches:
            found.append((stretches[-1].end, before, None))
    return iter(sorted(found, key=lambda change: change[0]))


def _add(whole: list[Stretch], start: int, end: int, state: State) -> None:
    if start == end:
        return
    if whole and whole[-1].state is state and whole[-1].end == start:
        start = whole.pop().start
    whole.append(Stretch(start, end, state))
