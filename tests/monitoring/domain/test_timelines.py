"""The states of devices over time, of groups of them, and of the travellers who came meanwhile."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from tests.monitoring.domain.test_availability import random_rows

from gatehouse.kernel.errors import RefusedError
from gatehouse.monitoring.domain.availability import Account, Interval, Stretch, availability, timelines
from gatehouse.monitoring.domain.demand import Demand, served
from gatehouse.monitoring.domain.groups import account, group_state, group_timeline
from gatehouse.monitoring.domain.period import Period
from gatehouse.monitoring.domain.service_hours import ServiceHours
from gatehouse.monitoring.domain.states import State

UP, DEGRADED, DOWN, PLANNED = State.UP, State.DEGRADED, State.DOWN, State.PLANNED
CLOSED, UNKNOWN, ABSENT = State.OUT_OF_SERVICE_HOURS, State.UNKNOWN, State.NOT_COMMISSIONED
HOUR = 3_600_000


def line(*parts: tuple[int, State]) -> list[Stretch]:
    """A timeline from lengths and states, from 0 on."""
    found, start = [], 0
    for length, state in parts:
        found.append(Stretch(start, start + length, state))
        start += length
    return found


def said(device: str, state: State, start: int, end: int | None) -> Interval:
    """In milliseconds."""
    return Interval(device, start * 1000, None if end is None else end * 1000, state, "probe", start * 1000)


def test_a_timeline_has_no_gap_and_no_equal_neighbours() -> None:
    rows = [said("g1", UP, 10, 20), said("g1", UP, 20, 30), said("g1", DOWN, 25, 40), said("g2", UP, 90, None)]
    assert timelines(rows, Period(0, 100)) == {
        "g1": line((10, UNKNOWN), (15, UP), (15, DOWN), (60, UNKNOWN)),
        "g2": line((90, UNKNOWN), (10, UP)),
    }


def test_hours_out_of_service_stand_in_the_timeline() -> None:
    hours = ServiceHours.parse("Mon-Sun 01:00-02:00 UTC")
    rows = [said("g1", DOWN, 0, 90 * 60_000), said("g1", PLANNED, 170 * 60_000, 180 * 60_000)]
    assert timelines(rows, Period(0, 3 * HOUR), hours)["g1"] == line(
        (HOUR, CLOSED), (HOUR // 2, DOWN), (HOUR // 2, UNKNOWN), (50 * 60_000, CLOSED), (10 * 60_000, PLANNED)
    )


@pytest.mark.parametrize("hours", [None, ServiceHours.parse("Thu 08:00-08:01 Asia/Taipei")])
def test_timelines_add_up_to_the_accounts(hours: ServiceHours | None) -> None:
    for seed in range(500):
        rows, period = random_rows(random.Random(seed)), Period(0, 24_000)
        found = timelines(rows, period, hours)
        for device, expected in availability(rows, period, hours).items():
            assert account(found[device]) == expected, (seed, device)


@pytest.mark.parametrize(
    ("counts", "state"),
    [
        ({UP: 5}, UP),
        ({UP: 4, DEGRADED: 1}, DEGRADED),
        ({UP: 3, DEGRADED: 1, DOWN: 1}, DEGRADED),  # four of five make up the share of 80 %
        ({UP: 3, UNKNOWN: 2}, UNKNOWN),
        ({UP: 3, UNKNOWN: 1, DOWN: 1}, UNKNOWN),
        ({UP: 3, DOWN: 2}, DOWN),
        ({UP: 2, PLANNED: 3}, UP),  # planned work is asked of nobody
        ({DOWN: 1, PLANNED: 4}, DOWN),
        ({PLANNED: 2, ABSENT: 3}, PLANNED),
        ({CLOSED: 1, PLANNED: 1}, CLOSED),
        ({ABSENT: 5}, ABSENT),
        ({}, UNKNOWN),
    ],
)
def test_k_of_n(counts: dict[State, int], state: State) -> None:
    assert group_state(dict.fromkeys(State, 0) | counts, Fraction(4, 5)) is state


def test_the_timeline_of_a_hall() -> None:
    gates = [line((60, UP), (40, DOWN)), line((80, UP), (20, DOWN)), line((10, DEGRADED), (90, UP))]
    found = group_timeline(gates, Fraction(2, 3))
    assert found == line((10, DEGRADED), (50, UP), (20, DEGRADED), (20, DOWN))
    assert account(found).availability == Fraction(4, 5)
    assert group_timeline([], Fraction(1)) == []


def test_the_timeline_of_a_hall_agrees_with_a_look_at_each_moment() -> None:
    for seed in range(300):
        chance = random.Random(seed)
        states = list(State)
        gates = []
        for _ in range(chance.randint(1, 6)):
            parts = [chance.choice(states) for _ in range(30)]
            gates.append(parts)
        merged = [_merged(parts) for parts in gates]
        share = Fraction(chance.randint(1, 10), 10)
        found = group_timeline(merged, share)
        for moment in range(30):
            counts = dict.fromkeys(State, 0)
            for parts in gates:
                counts[parts[moment]] += 1
            (state,) = (each.state for each in found if each.start <= moment < each.end)
            assert state is group_state(counts, share), (seed, moment)


def test_an_outage_at_the_peak_counts_for_more() -> None:
    gate = line((HOUR, UP), (HOUR, DOWN), (HOUR, UNKNOWN))
    demand = [Demand(0, HOUR, 100), Demand(HOUR, 2 * HOUR, 300), Demand(2 * HOUR, 3 * HOUR, 100)]
    found = served([gate], demand)
    assert {state: each for state, each in found.travellers.items() if each} == {UP: 100, DOWN: 300, UNKNOWN: 100}
    assert (found.availability, found.lower_bound) == (Fraction(1, 4), Fraction(1, 5))
    assert account(gate).availability == Fraction(1, 2)


def test_who_came_is_spread_over_the_devices_and_the_hour() -> None:
    gates = [line((HOUR // 4, DOWN), (HOUR * 3 // 4, UP)), line((HOUR, UP))]
    found = served(gates, [Demand(0, HOUR, 80)])
    assert found.travellers == dict.fromkeys(State, Fraction()) | {DOWN: Fraction(10), UP: Fraction(70)}
    assert served(gates, []).availability is None


@pytest.mark.parametrize("demand", [Demand(0, 0, 1), Demand(0, 101, 1), Demand(-1, 50, 1), Demand(0, 50, -1)])
def test_demand_that_the_record_does_not_cover_is_refused(demand: Demand) -> None:
    with pytest.raises(RefusedError, match="hours that the devices' record covers"):
        served([line((100, UP))], [demand])


def test_even_demand_is_time() -> None:
    for seed in range(200):
        rows, period = random_rows(random.Random(seed)), Period(0, 24_000)
        found = timelines(rows, period)
        weighted = served(list(found.values()), [Demand(period.start, period.end, 1000)])
        assert weighted.availability == Account.total(map(account, found.values())).availability


def _merged(parts: list[State]) -> list[Stretch]:
    whole: list[Stretch] = []
    for moment, state in enumerate(parts):
        start = whole.pop().start if whole and whole[-1].state is state else moment
        whole.append(Stretch(start, moment + 1, state))
    return whole
