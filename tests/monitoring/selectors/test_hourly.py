"""Availability hour by hour."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction

import pytest
from tests.monitoring.equipment import ENGINEER, HOUR, NOBODY, gate, record, register, said

from gatehouse.kernel.errors import ForbiddenError
from gatehouse.monitoring.api import AssetClass, State, hourly

pytestmark = pytest.mark.django_db
#: 12:30 in Taipei.
NOW = datetime(2023, 3, 2, 4, 30, tzinfo=UTC)


def test_each_hour_has_its_own_account_and_the_running_one_ends_now() -> None:
    register(gate("G1"), gate("G2"))
    record(
        said(State.UP, "2023-03-02T09:30", None, device="G1"),
        said(State.UP, "2023-03-02T00:00", None, device="G2"),
        said(State.DOWN, "2023-03-02T10:45", "2023-03-02T12:15", device="G2", source="engineer"),
    )
    found = hourly(AssetClass.E_GATE, hours=4, until=NOW, reader=ENGINEER)
    assert [hour.start.hour for hour in found] == [1, 2, 3, 4]  # UTC: from 09:00 in Taipei on
    quarter = HOUR // 4
    of = [{state: spent // quarter for state, spent in hour.account.buckets.items() if spent} for hour in found]
    assert of == [
        {State.UP: 6, State.UNKNOWN: 2},
        {State.UP: 7, State.DOWN: 1},
        {State.UP: 4, State.DOWN: 4},
        {State.UP: 3, State.DOWN: 1},
    ]
    assert [hour.account.availability for hour in found] == [1, Fraction(7, 8), Fraction(1, 2), Fraction(3, 4)]


def test_another_site_is_not_counted() -> None:
    register(gate("G1"))
    (hour,) = hourly(AssetClass.E_GATE, hours=1, until=NOW, reader=ENGINEER, site="KHH")
    assert hour.account.availability is None
    assert sum(hour.account.buckets.values()) == 0


def test_it_needs_the_permission() -> None:
    with pytest.raises(ForbiddenError):
        hourly(AssetClass.E_GATE, hours=1, until=NOW, reader=NOBODY)
