"""The availability of devices from intervals that overlap, contradict and replace each other.

Each millisecond of each device falls into exactly one bucket: stretches of time are united, never added up, and the
buckets make up period x devices. A fleet's ratio is one of sums, not a mean of percentages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from heapq import heappop, heappush
from itertools import pairwise
from typing import NamedTuple

from gatehouse.monitoring.domain.period import Period
from gatehouse.monitoring.domain.service_hours import Closed, ServiceHours
from gatehouse.monitoring.domain.states import PRECEDENCE, State

#: The definition as it is published with each ratio.
DEFINITION = (
    "availability = (up + degraded) / (up + degraded + down), time-weighted over all devices; "
    "planned work (registered before it began), hours out of service and equipment not commissioned are left out; "
    "lower bound: unknown counts as down; coverage = 1 - unknown / (up + degraded + down + unknown)"
)
VERSION = 1

_RANK = {state: rank for rank, state in enumerate(PRECEDENCE)}
_CLOSED = _RANK[State.OUT_OF_SERVICE_HOURS]


class Interval(NamedTuple):
    """What a source says of a device: moments in microseconds since 1970-01-01T00:00Z, `end` None while it lasts."""

    device: str
    start: int
    end: int | None
    state: State
    source: str
    received_at: int


class Stretch(NamedTuple):
    """From `start` to just before `end`, in milliseconds since 1970-01-01T00:00Z, in one state."""

    start: int
    end: int
    state: State


#: A source's word on a stretch of the period: from, until, rank of the state, age. The least age was received last.
#: Plain tuples of numbers: the collector of garbage does not look at them, and there may be a million.
_Claim = tuple[int, int, int, int]
_Stretch = tuple[int, int, int]  # from, until, rank


@dataclass(frozen=True, slots=True)
class Account:
    """Device-milliseconds by state: each state is there, and they make up the period times the devices."""

    buckets: Mapping[State, int]

    @classmethod
    def total(cls, accounts: Iterable[Account]) -> Account:
        buckets = dict.fromkeys(State, 0)
        for account in accounts:
            for state, milliseconds in account.buckets.items():
                buckets[state] += milliseconds
        return cls(buckets)

    @property
    def availability(self) -> Fraction | None:
        """(up + degraded) / (up + degraded + down); None over nothing."""
        return _ratio(self._available, self._known)

    @property
    def lower_bound(self) -> Fraction | None:
        """As `availability`, with unknown as down."""
        return _ratio(self._available, self._known + self.buckets[State.UNKNOWN])

    @property
    def coverage(self) -> Fraction | None:
        """1 - unknown / (up + degraded + down + unknown); None over nothing."""
        return _ratio(self._known, self._known + self.buckets[State.UNKNOWN])

    @property
    def _available(self) -> int:
        return self.buckets[State.UP] + self.buckets[State.DEGRADED]

    @property
    def _known(self) -> int:
        return self._available + self.buckets[State.DOWN]


def availability(
    intervals: Iterable[Interval], period: Period, hours: ServiceHours | None = None
) -> dict[str, Account]:
    """The account of each device that is named, by device.

    - What no interval covers is unknown.
    - Of one device and source, one received later replaces what it overlaps. Of two received at once neither is later:
      they are judged as two sources are, so that the order of the input never decides.
    - A planned one that was received after its start counts as none.
    - Between sources the first of `PRECEDENCE` wins. The time outside `hours` is such a source.

    Fractions of a millisecond are cut off. Takes n log n steps.
    """
    closed = Closed(hours, period)
    return {device: _account(_said(claims), period, closed) for device, claims in _claims(intervals, period).items()}


def timelines(
    intervals: Iterable[Interval], period: Period, hours: ServiceHours | None = None
) -> dict[str, list[Stretch]]:
    """The state of each device that is named over the whole period, by the rules of `availability`.

    The stretches of a device follow each other without gap from the period's start to its end; neighbours differ.
    """
    served = [(period.start, period.end)] if hours is None else hours.served(period)
    edges = [period.start, *(edge for span in served for edge in span), period.end]
    outside = [(start, end, _CLOSED) for start, end in zip(edges[::2], edges[1::2], strict=True) if start < end]
    return {
        device: _without_gap(_between([outside, *_said(claims)]), period)
        for device, claims in _claims(intervals, period).items()
    }


def _claims(intervals: Iterable[Interval], period: Period) -> dict[str, dict[str, list[_Claim]]]:
    """What is said within the period, by device and source."""
    claims: dict[str, dict[str, list[_Claim]]] = {}
    for device, start, end, state, source, received_at in intervals:
        of_device = claims.setdefault(device, {})
        if state is State.PLANNED and received_at > start:
            continue
        first = max(start // 1000, period.start)
        last = period.end if end is None else min(end // 1000, period.end)
        if first < last:
            of_device.setdefault(source, []).append((first, last, _RANK[state], -received_at))
    return claims


def _said(claims: dict[str, list[_Claim]]) -> list[list[_Stretch]]:
    """What each source says in the end."""
    return list(map(_within, claims.values()))


def _without_gap(found: Iterable[_Stretch], period: Period) -> list[Stretch]:
    """As stretches from end to end of the period. What nobody speaks of is unknown."""
    whole: list[Stretch] = []

    def add(start: int, end: int, state: State) -> None:
        if start < end:
            if whole and whole[-1].state is state:
                start = whole.pop().start
            whole.append(Stretch(start, end, state))

    free = period.start
    for start, end, rank in found:
        add(free, start, State.UNKNOWN)
        add(start, end, PRECEDENCE[rank])
        free = end
    add(free, period.end, State.UNKNOWN)
    return whole


def _account(said: list[list[_Stretch]], period: Period, closed: Closed) -> Account:
    spent = [0] * len(PRECEDENCE)
    covered = covered_closed = 0
    for start, end, rank in _between(said):
        outside = closed.within(start, end)
        covered, covered_closed = covered + end - start, covered_closed + outside
        if rank > _CLOSED:
            spent[_CLOSED] += outside
            spent[rank] += end - start - outside
        else:
            spent[rank] += end - start
    silent_closed = closed.within(period.start, period.end) - covered_closed
    spent[_CLOSED] += silent_closed
    spent[_RANK[State.UNKNOWN]] += period.length - covered - silent_closed
    return Account({state: spent[_RANK[state]] for state in State})


def _within(claims: list[_Claim]) -> list[_Stretch]:
    """What one source says in the end, in order and without overlap: at each moment the claim received last."""
    claims.sort()
    if all(before[1] <= after[0] for before, after in pairwise(claims)):
        return [claim[:3] for claim in claims]
    said: list[_Stretch] = []
    standing: list[tuple[int, int, int]] = []  # age, rank, until: the first is the one that counts
    coming = 0
    for start, end in pairwise(sorted({edge for claim in claims for edge in claim[:2]})):
        while coming < len(claims) and claims[coming][0] <= start:
            _, until, rank, age = claims[coming]
            heappush(standing, (age, rank, until))
            coming += 1
        while standing and standing[0][2] <= start:
            heappop(standing)
        if standing:
            said.append((start, end, standing[0][1]))
    return said


def _between(sources: list[list[_Stretch]]) -> Iterator[_Stretch]:
    """What counts of several sources, in order and without overlap: at each moment the first of the precedence."""
    if len(sources) == 1:
        yield from sources[0]
        return
    edges = [(start, rank, 1) for said in sources for start, _, rank in said]
    edges += [(end, rank, -1) for said in sources for _, end, rank in said]
    edges.sort()
    saying = [0] * len(PRECEDENCE)  # how many sources say so
    said_by_any = 0  # the same as bits: the lowest one wins
    since = 0
    for moment, rank, change in edges:
        if said_by_any and moment > since:
            yield since, moment, (said_by_any & -said_by_any).bit_length() - 1
        since = moment
        saying[rank] += change
        said_by_any = said_by_any | 1 << rank if saying[rank] else said_by_any & ~(1 << rank)


def _ratio(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None
