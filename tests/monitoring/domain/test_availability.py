"""Every clause of the definition, the miscounts of other tools, and random sets against a brute-force count."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.monitoring.domain import brute_force

from gatehouse.monitoring.domain.availability import Account, Interval, availability
from gatehouse.monitoring.domain.period import Period
from gatehouse.monitoring.domain.service_hours import ServiceHours
from gatehouse.monitoring.domain.states import PRECEDENCE, State

SECOND = 1_000_000
HOUR = 3600


def said(
    state: str, start: float, end: float | None, *, device: str = "g1", source: str = "probe", received: float = 0
) -> Interval:
    """In seconds since 1970."""
    ends = None if end is None else int(end * SECOND)
    return Interval(device, int(start * SECOND), ends, State(state), source, int(received * SECOND))


def total(intervals: list[Interval], start: int, end: int, hours: str | None = None) -> Account:
    asked = None if hours is None else ServiceHours.parse(hours)
    return Account.total(availability(intervals, Period(start * 1000, end * 1000), asked).values())


def spent(account: Account) -> dict[str, float]:
    """The buckets that hold something, in seconds."""
    return {state.value: milliseconds / 1000 for state, milliseconds in account.buckets.items() if milliseconds}


def ratios(account: Account) -> tuple[float | None, ...]:
    """Availability, lower bound and coverage."""
    exact = account.availability, account.lower_bound, account.coverage
    return tuple(None if ratio is None else float(ratio) for ratio in exact)


def test_the_worked_example_of_icinga_db() -> None:
    """Icinga DB's documentation of its SLA reports: critical 1200 to 1500, downtimes 1100 to 1300 and 1400 to 1600.

    Its 90 % count planned work as service; here planned work is neither service nor failure.
    """
    account = total(
        [
            said("up", 1000, None),
            said("down", 1200, 1500, received=1200),
            said("planned", 1100, 1300, source="calendar", received=1000),
            said("planned", 1400, 1600, source="calendar", received=1000),
        ],
        1000,
        2000,
    )
    assert spent(account) == {"up": 500, "planned": 400, "down": 100}
    assert account.availability == Fraction(5, 6)
    icinga = Fraction(account.buckets[State.UP] + account.buckets[State.PLANNED], 1_000_000)
    assert icinga == Fraction(9, 10)


def test_an_outage_that_still_lasts_counts() -> None:
    """LibreNMS drops it: its query asks for outages that ended within the period."""
    account = total([said("up", 0, None), said("down", 600, None, received=600)], 0, 1000)
    assert spent(account) == {"up": 600, "down": 400}
    assert account.availability == Fraction(3, 5)


def test_overlapping_outages_count_once() -> None:
    """LibreNMS adds them up: gate, switch and site are three outages of 100 seconds there, and one here."""
    outages = [said("down", 100, 200, source=source) for source in ("gate", "switch", "site")]
    account = total([said("up", 0, None, source="agent"), *outages], 0, 1000)
    assert account.availability == Fraction(9, 10)


def test_a_hole_in_the_telemetry_is_not_service() -> None:
    """Prometheus' avg_over_time(up[1h]) reads 20 minutes without a sample as 100 %."""
    account = total([said("up", 0, 1200), said("up", 2400, 3600)], 0, 3600)
    assert spent(account) == {"up": 2400, "unknown": 1200}
    assert ratios(account) == (1.0, 2 / 3, 2 / 3)


def test_no_history_at_all_is_unknown_and_no_ratio() -> None:
    """Icinga DB takes OK for the initial state, Zabbix silence for service."""
    account = total([said("up", 5000, 6000)], 0, 1000)
    assert spent(account) == {"unknown": 1000}
    assert ratios(account) == (None, 0.0, 0.0)


def test_maintenance_of_a_host_changes_the_ratio() -> None:
    """Zabbix leaves the maintenance of a host in its SLI; planned work here is in neither side of the ratio."""
    planned = said("planned", 0, 500, source="calendar", received=0)
    account = total([said("down", 0, 500), said("up", 500, 1000), planned], 0, 1000)
    assert spent(account) == {"planned": 500, "up": 500}
    assert account.availability == 1


def test_flaps_count_for_as_long_as_they_last() -> None:
    """Soft states, retries and pending checks are no matter of accounting: 25 flaps of a second are 25 seconds."""
    flaps = [said("down", number * 10, number * 10 + 1, received=1) for number in range(25)]
    assert total([said("up", 0, None), *flaps], 0, 1000).availability == Fraction(975, 1000)


def test_a_fleet_is_a_ratio_of_sums() -> None:
    """One device half down and one that was looked at for a tenth of the time: not the mean of 50 % and 100 %."""
    account = total(
        [said("up", 0, 500), said("down", 500, 1000), said("up", 0, 100, device="g2")],
        0,
        1000,
    )
    assert account.availability == Fraction(600, 1100)
    assert sum(account.buckets.values()) == 2 * 1_000_000


def test_degraded_is_available() -> None:
    account = total([said("degraded", 0, 300), said("up", 300, 900), said("down", 900, 1000)], 0, 1000)
    assert account.availability == Fraction(9, 10)


def test_a_row_received_later_replaces_what_it_overlaps_and_nothing_else() -> None:
    rows = [said("up", 0, 1000), said("down", 200, 800, received=1), said("degraded", 400, 600, received=2)]
    assert spent(total(rows, 0, 1000)) == {"up": 400, "down": 400, "degraded": 200}
    assert spent(total(rows[::-1], 0, 1000)) == {"up": 400, "down": 400, "degraded": 200}
    late = said("up", 200, 800, received=3)  # late telemetry revises: the link was down, the device was not
    assert spent(total([*rows, late], 0, 1000)) == {"up": 1000}


def test_a_later_row_of_another_source_or_device_replaces_nothing() -> None:
    other = [said("up", 0, 1000, source="agent", received=9), said("up", 0, 1000, device="g2", received=9)]
    account = total([said("down", 0, 1000), *other], 0, 1000)
    assert spent(account) == {"down": 1000, "up": 1000}


def test_of_two_rows_received_at_once_the_precedence_decides_and_not_their_order() -> None:
    rows = [said("up", 0, 1000), said("down", 0, 400)]
    assert spent(total(rows, 0, 1000)) == spent(total(rows[::-1], 0, 1000)) == {"down": 400, "up": 600}


@pytest.mark.parametrize(("received", "found"), [(99, "planned"), (100, "planned"), (100.000001, "down")])
def test_planned_work_counts_if_it_was_registered_before_it_began(received: float, found: str) -> None:
    planned = said("planned", 100, 200, source="calendar", received=received)
    assert spent(total([said("down", 100, 200), planned], 100, 200)) == {found: 100}


def test_planned_work_registered_late_replaces_nothing_either() -> None:
    late = said("planned", 100, 200, received=150)
    assert spent(total([said("down", 0, 1000), late], 0, 1000)) == {"down": 1000}
    assert spent(total([late], 100, 200)) == {"unknown": 100}


def test_planned_work_that_overruns_is_down() -> None:
    extended = said("planned", 100, 500, source="calendar", received=250)  # once it was seen to take longer
    registered = said("planned", 100, 300, source="calendar", received=50)
    account = total([said("down", 100, 500), registered, extended], 0, 1000)
    assert spent(account) == {"planned": 200, "down": 200, "unknown": 600}


@pytest.mark.parametrize(
    ("winner", "loser"), [(a, b) for number, a in enumerate(PRECEDENCE) for b in PRECEDENCE[number:]]
)
def test_between_sources_the_first_of_the_list_wins(winner: State, loser: State) -> None:
    rows = [said(winner, 0, 10), said(loser, 0, 10, source="other", received=-1 if loser == "planned" else 7)]
    assert spent(total(rows, 0, 10)) == spent(total(rows[::-1], 0, 10)) == {winner.value: 10}


def test_hours_out_of_service_take_all_but_planned_work_and_what_is_not_commissioned() -> None:
    rows = [
        said("not_commissioned", 0, 2 * HOUR),
        said("planned", 2 * HOUR, 4 * HOUR),
        said("down", 4 * HOUR, 8 * HOUR),
        said("up", 10 * HOUR, 24 * HOUR),
    ]
    found = total(rows, 0, 24 * HOUR, "Mon-Sun 06:00-22:00 UTC")
    assert {state: seconds / HOUR for state, seconds in spent(found).items()} == {
        "not_commissioned": 2,
        "planned": 2,
        "out_of_service_hours": 4,  # 04:00 to 06:00 of the outage, 22:00 to 24:00 of the service
        "down": 2,
        "unknown": 2,
        "up": 12,
    }


def test_what_lies_outside_the_period_does_not_count_and_the_device_still_does() -> None:
    rows = [said("up", -500, 100), said("down", 900, 5000), said("up", 2000, 3000, device="g2")]
    account = total(rows, 0, 1000)
    assert spent(account) == {"up": 100, "down": 100, "unknown": 1800}


def test_rows_without_length_say_nothing() -> None:
    assert spent(total([said("up", 0, 1000), said("down", 500, 500, received=9)], 0, 1000)) == {"up": 1000}


def test_no_row_at_all() -> None:
    account = total([], 0, 1000)
    assert account.buckets == dict.fromkeys(State, 0)
    assert ratios(account) == (None, None, None)


def test_every_millisecond_counts_once() -> None:
    """A third of a second, cut in thousands of pieces by others, is a third of a second."""
    rows = [said("up", 0, None), *(said("down", n / 1000, (n + 1) / 1000, received=1) for n in range(0, 1000, 3))]
    account = total(rows, 0, 1)
    assert account.buckets[State.DOWN] == 334
    assert account.buckets[State.UP] == 666


def test_an_outage_across_the_turn_of_the_clock_lasts_as_long_as_it_lasted() -> None:
    start, end = 1_667_700_000, 1_667_721_600  # 6 November 2022, 02:00Z to 08:00Z: 01:00 came twice in New York
    account = total([said("down", start, end)], start - HOUR, end + HOUR, "Mon-Sun 00:00-24:00 America/New_York")
    assert spent(account) == {"down": 6 * HOUR, "unknown": 2 * HOUR}


def random_rows(random_: random.Random) -> list[Interval]:
    return [
        said(
            random_.choice(list(State)),
            start := random_.randrange(-5, 30),
            random_.choice([None, start + random_.randrange(12)]),
            device=random_.choice("ab"),
            source=random_.choice("xyz"),
            received=random_.randrange(-5, 30),
        )
        for _ in range(random_.randrange(9))
    ]


def test_10000_random_sets_agree_with_a_count_by_the_second() -> None:
    period = Period(0, 24_000)
    for seed in range(10_000):
        rows = random_rows(random.Random(seed))
        accounts = availability(rows, period)
        assert Account.total(accounts.values()).buckets == brute_force.buckets(rows, period), seed
        assert all(sum(account.buckets.values()) == period.length for account in accounts.values())


HOURS = ["Mon-Sun 00:00-24:00 UTC", "Thu 00:01-00:03, Fri 00:00-00:01 UTC", "Thu 08:01-08:03 Asia/Taipei"]


@given(st.randoms(use_true_random=False), st.sampled_from(HOURS))
def test_so_do_sets_with_service_hours(random_: random.Random, hours: str) -> None:
    """1 January 1970 was a Thursday."""
    rows = [each._replace(start=each.start * 8, end=each.end and each.end * 8) for each in random_rows(random_)]
    period, asked = Period(0, 240_000), ServiceHours.parse(hours)
    found = Account.total(availability(rows, period, asked).values())
    assert found.buckets == brute_force.buckets(rows, period, asked)


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(random_: random.Random) -> None:
    rows = random_rows(random_)
    shuffled = random_.sample(rows, len(rows))
    assert availability(rows, Period(0, 24_000)) == availability(shuffled, Period(0, 24_000))
