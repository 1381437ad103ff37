"""The ledger in the database, counted: each of the ways in which other tools miscount, among others."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from time import process_time

import pytest
from tests.monitoring.equipment import (
    CLOCK,
    HOUR,
    NOBODY,
    YEAR,
    counted,
    gate,
    hours,
    record,
    register,
    said,
)

from gatehouse.kernel.errors import ForbiddenError
from gatehouse.monitoring.api import AssetClass, Status, availability_of
from gatehouse.monitoring.domain.availability import DEFINITION, Interval, availability
from gatehouse.monitoring.domain.period import Period, moment
from gatehouse.monitoring.domain.states import State

pytestmark = pytest.mark.django_db
#: A day by the clock of the agency, and the same as moments.
DAY = (date(2023, 3, 1), date(2023, 3, 1))
FROM, UNTIL = "2023-03-01T00:00", "2023-03-02T00:00"


def test_overlapping_reports_of_one_outage_are_united_never_added_up() -> None:
    register()
    record(
        said(State.UP, FROM, UNTIL),
        said(State.DOWN, "2023-03-01T10:00", "2023-03-01T12:00", source="ticket"),
        said(State.DOWN, "2023-03-01T11:00", "2023-03-01T13:00", source="switch"),
    )
    found = counted(DAY)
    assert hours(found) == {"up": 21, "down": 3}
    assert found.total.availability == Fraction(21, 24)


def test_an_outage_that_is_still_open_counts_until_the_end_of_the_period() -> None:
    register()
    record(said(State.UP, FROM, UNTIL), said(State.DOWN, "2023-03-01T18:00", None, source="ticket"))
    assert hours(counted(DAY)) == {"up": 18, "down": 6}
    assert hours(counted((date(2023, 3, 1), date(2023, 3, 2)))) == {"up": 18, "down": 30}


def test_a_hole_in_the_telemetry_is_unknown_and_never_up() -> None:
    register()
    record(said(State.UP, FROM, "2023-03-01T12:00"), said(State.UP, "2023-03-01T18:00", UNTIL))
    found = counted(DAY)
    assert hours(found) == {"up": 18, "unknown": 6}
    ratios = found.total.availability, found.total.lower_bound, found.total.coverage
    assert ratios == (Fraction(1), Fraction(3, 4), Fraction(3, 4))


def test_a_device_that_nobody_spoke_of_is_unknown_all_the_time() -> None:
    register(gate("G1"), gate("G2"))
    record(said(State.UP, FROM, UNTIL))
    found = counted(DAY)
    assert hours(found) == {"up": 24, "unknown": 24}
    assert found.total.coverage == Fraction(1, 2)
    assert list(found.devices) == ["G1", "G2"]


def test_the_worked_example_of_icinga_db() -> None:
    """Seconds 1000 to 2000: critical 1200 to 1500, downtimes 1100 to 1300 and 1400 to 1600. Its 90% count planned work
    as service; here planned work is neither service nor failure.
    """
    zero = moment("2023-03-01T00:00:00+08:00")
    at = {second: zero + second * 1_000_000 for second in (1000, 1100, 1200, 1300, 1400, 1500, 1600, 2000)}
    register()
    record(
        Interval("G1", at[1000], at[2000], State.UP, "probe", at[2000]),
        Interval("G1", at[1200], at[1500], State.DOWN, "ticket", at[1500]),
        Interval("G1", at[1100], at[1300], State.PLANNED, "calendar", at[1000]),
        Interval("G1", at[1400], at[1600], State.PLANNED, "calendar", at[1000]),
    )
    spent = counted(DAY).total.buckets
    assert [spent[state] for state in (State.UP, State.PLANNED, State.DOWN)] == [500_000, 400_000, 100_000]
    assert Fraction(spent[State.UP] + spent[State.PLANNED], 1_000_000) == Fraction(9, 10)
    assert counted(DAY).total.availability == Fraction(5, 6)


def test_late_telemetry_revises_what_was_unknown() -> None:
    register()
    record(said(State.UP, FROM, "2023-03-01T12:00"))
    before = counted(DAY)
    record(said(State.DOWN, "2023-03-01T12:00", UNTIL, received="2023-04-01T00:00"))
    after = counted(DAY)
    assert (hours(before), hours(after)) == ({"up": 12, "unknown": 12}, {"up": 12, "down": 12})
    assert (before.records, after.records) == (2, 3)
    assert before.digest != after.digest


def test_of_one_source_what_was_received_later_replaces_what_it_overlaps() -> None:
    register()
    record(
        said(State.DOWN, FROM, UNTIL, received="2023-03-02T00:00"),
        said(State.UP, FROM, UNTIL, received="2023-03-03T00:00"),
    )
    assert hours(counted(DAY)) == {"up": 24}


def test_planned_work_counts_only_where_it_was_registered_before_and_its_overrun_is_down() -> None:
    register(gate("G1"), gate("G2"))
    for device, received in (("G1", "2023-02-20T00:00"), ("G2", "2023-03-01T02:00")):
        record(
            said(State.UP, FROM, UNTIL, device=device),
            said(State.DOWN, "2023-03-01T01:00", "2023-03-01T05:00", device=device, source="ticket"),
            said(
                State.PLANNED, "2023-03-01T01:00", "2023-03-01T04:00", device=device, source="plan", received=received
            ),
        )
    found = counted(DAY)
    assert {tag: account.buckets[State.DOWN] / HOUR for tag, account in found.devices.items()} == {"G1": 1, "G2": 4}
    assert hours(found) == {"up": 40, "down": 5, "planned": 3}


def test_a_device_counts_from_its_first_day_in_service_to_the_last() -> None:
    register(
        gate("G1", (Status.INSTALLED, "2023-02-01"), (Status.IN_SERVICE, "2023-03-02"), (Status.REMOVED, "2023-03-04")),
        gate("G2", (Status.INSTALLED, "2023-02-01")),
        gate("G3", (Status.IN_SERVICE, "2020-01-01"), (Status.REMOVED, "2023-03-01")),
    )
    record(said(State.UP, "2023-02-01T00:00", "2023-06-01T00:00"))
    found = counted((date(2023, 3, 1), date(2023, 3, 31)))
    assert hours(found) == {"up": 48, "not_commissioned": 29 * 24}
    assert list(found.devices) == ["G1"]


def test_what_was_suspended_or_under_a_legal_hold_is_not_measured_meanwhile() -> None:
    register(
        gate(
            "G1",
            (Status.IN_SERVICE, "2020-01-01"),
            (Status.UNDER_LEGAL_HOLD, "2023-03-10"),
            (Status.IN_SERVICE, "2023-03-21"),
        )
    )
    assert hours(counted((date(2023, 3, 1), date(2023, 3, 31)))) == {"unknown": 20 * 24, "not_commissioned": 11 * 24}


def test_the_buckets_of_a_year_make_up_the_year_times_the_devices_and_the_months_the_year() -> None:
    register(gate("G1"), gate("G2", (Status.IN_SERVICE, "2023-06-15")))
    record(
        said(State.UP, "2022-12-01T00:00", None), said(State.DOWN, "2023-01-31T20:00", "2023-02-01T04:00", source="t")
    )
    found = counted()
    assert sum(found.total.buckets.values()) == 2 * 365 * 24 * HOUR
    assert hours(found)["down"] == 8
    assert [month.month for month in found.months] == [date(2023, number, 1) for number in range(1, 13)]
    assert [month.counted.buckets[State.DOWN] / HOUR for month in found.months[:3]] == [4, 4, 0]
    assert found.definition == DEFINITION


def test_one_site_and_the_rows_that_are_shown() -> None:
    register(gate("G1"), gate("G2", site="KHH"))
    record(said(State.UP, FROM, UNTIL), said(State.DOWN, FROM, UNTIL, device="G2"))
    assert hours(counted(DAY, site="KHH")) == {"down": 24}
    assert hours(counted(DAY, site="TPE")) == {"up": 24}
    assert hours(counted(DAY, site="RMQ")) == {}
    [row] = counted(DAY).first
    assert (row.device, row.state, row.source, row.start.isoformat()) == (
        "G2",
        State.DOWN,
        "probe",
        "2023-02-28T16:00:00+00:00",
    )


def test_who_may_not_read_it_does_not() -> None:
    with pytest.raises(ForbiddenError, match=r"monitoring\.read"):
        availability_of(AssetClass.E_GATE, YEAR, clock=CLOCK, reader=NOBODY)


def test_a_year_of_three_hundred_devices_is_counted_in_seconds_as_the_plain_arithmetic_has_it() -> None:
    """35,700 intervals, which take 0.6 s of a core; the limit is on the time of this process, not of its neighbours."""
    tags = [f"G{number:03}" for number in range(300)]
    register(*(gate(tag) for tag in tags))
    begins, day, hour = moment("2023-01-01T00:00:00+08:00"), 86_400_000_000, 3_600_000_000
    rows = [
        Interval(tag, at, at + length, state, source, at + length)
        for number, tag in enumerate(tags)
        for source, state, every, length in (
            ("probe", State.UP, 5 * day, 5 * day - hour),
            ("t", State.DOWN, 8 * day, hour),
        )
        for at in range(begins + number * hour, begins + 365 * day, every)
    ]
    assert record(*rows) == len(rows)
    began = process_time()
    found = counted()
    assert process_time() - began < 5
    period = Period(begins // 1000, (begins + 365 * day) // 1000)
    assert dict(found.devices) == availability(rows, period)
    assert found.records == len(rows) + 300
