"""Who comes to the desks of one day: a plan that follows from a seed alone, with what is planted in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo

from gatehouse.border.api import Capacity, Direction
from gatehouse.simulation.flights import Flight, flights_of
from gatehouse.simulation.holders import Holder
from gatehouse.simulation.nation import Irregularity, Nation, PermitPlan, Span, VisitingState, drawn, drawn_number
from gatehouse.simulation.people import Population

_ADULT = 20
#: A family is a parent, mostly two, and one child or two.
_PARTNER, _SECOND_CHILD = 0.7, 0.5
_CHILDREN = 1 + _SECOND_CHILD
#: Of a child that travels alone, in full years.
_ALONE = (5, 8)
#: The stay that a visitor was given, at least.
_SHORTEST_STAY = timedelta(days=14)
#: A visitor who overstayed did so by at least and at most so many days.
_OVERSTAY = (2, 400)


@dataclass(frozen=True, slots=True)
class Traveller:
    """One person's way past a desk."""

    holder: Holder
    direction: Direction
    capacity: Capacity
    flight: str
    #: When they stand before an officer. Aware, UTC.
    at: datetime
    lane: str
    #: Holder's seed of the accompanying adult.
    guardian: int | None = None
    #: At entry: the permit they hold.
    permit: PermitPlan | None = None
    #: At exit, for visitors: when the stay that ends began, and its last permitted day.
    entered: date | None = None
    last_permitted: date | None = None
    irregularity: Irregularity | None = None
    #: Somebody of the same name is on a list.
    namesake: bool = False


class _Kind(NamedTuple):
    """Whom an irregularity can concern."""

    direction: Direction = Direction.ENTRY
    national: bool = False


_KINDS = {
    Irregularity.EXIT_BANNED: _Kind(Direction.EXIT, national=True),
    Irregularity.OVERSTAYED: _Kind(Direction.EXIT),
    Irregularity.LOOKED_FOR: _Kind(national=True),
    Irregularity.ALONE: _Kind(national=True),
}


def travellers_of(
    nation: Nation, *, state: str, zone: ZoneInfo, seed: int, run: int, on: date, count: int
) -> tuple[Traveller, ...]:
    """The travellers of day number `run` in the order of their time, `state` being the border's own."""
    day = _Day(nation, state=state, zone=zone, seed=seed, run=run, on=on, count=count)
    return tuple(sorted(day.travellers(), key=lambda traveller: traveller.at))


class _Day:
    def __init__(
        self, nation: Nation, *, state: str, zone: ZoneInfo, seed: int, run: int, on: date, count: int
    ) -> None:
        self._nation, self._state, self._on, self._count = nation, state, on, count
        self._people = Population(nation, seed=seed, run=run, on=on)
        self._rng = rng = Random(f"day {seed} {run}")  # noqa: S311  nothing secret comes from it
        half = round(count / 2)
        self._flights = {
            direction: flights_of(nation, rng, on=on, zone=zone, direction=direction, travellers=half)
            for direction in (Direction.ENTRY, Direction.EXIT)
        }
        self._flights[Direction.TRANSIT] = self._flights[Direction.ENTRY]

    def travellers(self) -> Iterator[Traveller]:
        """What is planted first, then everybody else, to the number asked for."""
        left = self._count
        for traveller in self._planted():
            yield traveller
            left -= 1
        while left > 0:
            party = list(self._party())[:left]
            yield from party
            left -= len(party)

    def _planted(self) -> Iterator[Traveller]:
        for irregularity, per_thousand in self._nation.irregular.items():
            for _ in range(self._number(per_thousand)):
                yield self._irregular(irregularity)
        for _ in range(self._number(self._nation.namesakes)):
            yield self._single(_Kind(national=self._rng.random() < self._nation.nationals.share), namesake=True)

    def _number(self, per_thousand: float) -> int:
        return max(1, round(per_thousand * self._count / 1000))

    def _irregular(self, irregularity: Irregularity) -> Traveller:
        kind = _KINDS.get(irregularity, _Kind())
        if irregularity is Irregularity.ALONE:
            parent = self._national()
            return self._traveller(self._people.child(parent, first=_ALONE[0], last=_ALONE[1]), kind, irregularity)
        return self._single(kind, irregularity)

    def _single(self, kind: _Kind, irregularity: Irregularity | None = None, *, namesake: bool = False) -> Traveller:
        if kind.national:
            return self._traveller(self._national(), kind, irregularity, namesake=namesake)
        states = self._nation.visitors.states
        if irregularity is Irregularity.WITHOUT_PERMIT:
            states = tuple(each for each in states if each.always_needs_permit)
        state = drawn(self._rng, states)
        return self._traveller(self._visitor(state), kind, irregularity, state=state, namesake=namesake)

    def _party(self) -> Iterator[Traveller]:
        """One person alone, or a family: whoever accompanies children comes first."""
        rng, nation = self._rng, self._nation
        national = rng.random() < nation.nationals.share
        kind = _Kind(self._direction(national=national), national)
        state = None if national else drawn(rng, nation.visitors.states)
        first = self._visitor(state) if state else self._national()
        if rng.random() < nation.crew.share and (state is None or not state.permits):
            yield self._traveller(first, kind, state=state, capacity=Capacity.CREW)
            return
        leader = self._traveller(first, kind, state=state)
        yield leader
        if rng.random() < _families(nation.nationals.ages if national else nation.visitors.ages):
            yield from self._family(leader, kind, state)

    def _family(self, leader: Traveller, kind: _Kind, state: VisitingState | None) -> Iterator[Traveller]:
        if self._rng.random() < _PARTNER:
            partner = self._people.partner(leader.holder)
            yield self._traveller(partner, kind, state=state, beside=leader)
        for _ in range(2 if self._rng.random() < _SECOND_CHILD else 1):
            child = self._traveller(self._people.child(leader.holder), kind, state=state, beside=leader)
            yield replace(child, guardian=leader.holder.seed)

    def _traveller(
        self,
        holder: Holder,
        kind: _Kind,
        irregularity: Irregularity | None = None,
        *,
        state: VisitingState | None = None,
        capacity: Capacity = Capacity.PASSENGER,
        beside: Traveller | None = None,
        namesake: bool = False,
    ) -> Traveller:
        """`beside` is whom they travel with: the same flight, lane and moment."""
        rng = self._rng
        flight: Flight = rng.choice(self._flights[kind.direction])
        lane = rng.randint(1, getattr(self._nation.lanes, kind.direction.value))
        entered, last_permitted = self._stay_that_ends(kind, irregularity)
        return Traveller(
            holder=holder,
            direction=kind.direction,
            capacity=capacity,
            flight=beside.flight if beside else flight.name,
            at=beside.at if beside else flight.at_desk(rng),
            lane=beside.lane if beside else f"{kind.direction.value}-{lane}",
            permit=self._permit(kind, irregularity, state),
            entered=entered,
            last_permitted=last_permitted,
            irregularity=irregularity,
            namesake=namesake,
        )

    def _permit(self, kind: _Kind, irregularity: Irregularity | None, state: VisitingState | None) -> PermitPlan | None:
        if state is None or kind.direction is not Direction.ENTRY or irregularity is Irregularity.WITHOUT_PERMIT:
            return None
        draw = self._rng.random()
        for permit in state.permits:
            if draw < permit.share:
                return permit
            draw -= permit.share
        return None

    def _stay_that_ends(self, kind: _Kind, irregularity: Irregularity | None) -> tuple[date, date] | tuple[None, None]:
        if kind.national or kind.direction is not Direction.EXIT:
            return None, None
        stayed = timedelta(days=drawn_number(self._rng, self._nation.visitors.nights))
        if irregularity is Irregularity.OVERSTAYED:
            last_permitted = self._on - timedelta(days=self._rng.randint(*_OVERSTAY))
            return last_permitted - stayed, last_permitted
        entered = self._on - stayed
        return entered, entered + max(stayed, _SHORTEST_STAY)

    def _national(self) -> Holder:
        return self._people.adult(self._state, self._nation.nationals.ages)

    def _visitor(self, state: VisitingState) -> Holder:
        return self._people.adult(state.nationality, self._nation.visitors.ages)

    def _direction(self, *, national: bool) -> Direction:
        if not national and self._rng.random() < self._nation.transits.share:
            return Direction.TRANSIT
        return Direction.ENTRY if self._rng.random() < self._nation.entries.share else Direction.EXIT


def _families(ages: tuple[Span, ...]) -> float:
    """How often an adult has to bring children for as many to be among the travellers as the ages say."""
    young = sum(span.weight for span in ages if span.last < _ADULT) / sum(span.weight for span in ages)
    return young / (_CHILDREN - (_PARTNER + _CHILDREN) * young)
