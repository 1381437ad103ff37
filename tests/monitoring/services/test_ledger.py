"""Recording what is said of devices, registering planned work, publishing months."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from tests.monitoring.equipment import (
    CLOCK,
    COLLEAGUE,
    ENGINEER,
    NOBODY,
    counted,
    gate,
    hours,
    record,
    register,
    said,
)

from gatehouse.audit.models import Leaf
from gatehouse.kernel.clock import FixedClock
from gatehouse.kernel.errors import ConflictError, ForbiddenError, NotFoundError, RefusedError
from gatehouse.monitoring.api import (
    Availability,
    Status,
    amendment_confirm,
    amendment_request,
    asset_status_record,
    intervals_record,
    month_publish,
    planned_work_register,
)
from gatehouse.monitoring.domain.states import State
from gatehouse.monitoring.models import AssetStatus, MonthPublication, StateInterval

pytestmark = pytest.mark.django_db
MARCH = (date(2023, 3, 1), date(2023, 3, 31))


def publish(month: date = MARCH[0]) -> None:
    month_publish(clock=CLOCK, actor=COLLEAGUE, month=month)


def both(found: Availability) -> tuple[float | None, float | None]:
    """The ratio as it counts, and with all that is on record now."""
    return _number(found.total.availability), _number(found.now.availability)


def _number(ratio: Fraction | None) -> float | None:
    return None if ratio is None else float(ratio)


def test_the_same_again_changes_nothing() -> None:
    register()
    rows = [said(State.UP, "2023-03-01T00:00", None), said(State.DOWN, "2023-03-01T00:00", "2023-03-02T00:00")]
    assert [record(*rows), record(*rows), record(rows[0], rows[0])] == [2, 0, 0]
    assert StateInterval.objects.count() == 2
    assert Leaf.objects.count() == 2  # the register's and the first record's


def test_what_is_wrong_is_named_and_nothing_is_stored() -> None:
    register()
    good = said(State.UP, "2023-03-01T00:00", "2023-03-02T00:00")
    for row, cause in (
        (good._replace(device="G9"), "there is no asset G9"),
        (said(State.UP, "2023-03-01T00:00", "2024-03-02T00:00"), "nothing is received after now"),
        (good._replace(source="s" * 65), "a source has at most 64"),
    ):
        with pytest.raises(RefusedError, match=cause):
            record(good, row)
    with pytest.raises(ForbiddenError):
        intervals_record(clock=CLOCK, actor=NOBODY, intervals=[good])
    assert StateInterval.objects.count() == 0


def test_planned_work_is_registered_before_it_begins() -> None:
    register()
    clock = FixedClock(datetime(2023, 2, 28, tzinfo=UTC))
    start = datetime(2023, 3, 1, tzinfo=UTC)
    planned_work_register(clock=clock, actor=ENGINEER, tag="G1", start=start, end=start + timedelta(hours=3))
    record(said(State.DOWN, "2023-03-01T08:00", "2023-03-01T12:00", source="ticket"))
    assert {name: spent for name, spent in hours(counted(MARCH)).items() if name != "unknown"} == {
        "planned": 3,
        "down": 1,
    }
    for at, until, tag, error in (
        (clock.now(), start, "G1", RefusedError),
        (start, start, "G1", RefusedError),
        (start, start + timedelta(hours=1), "G9", NotFoundError),
    ):
        with pytest.raises(error):
            planned_work_register(clock=clock, actor=ENGINEER, tag=tag, start=at, end=until)
    assert StateInterval.objects.count() == 2


def test_only_an_archive_brings_planned_work_that_has_begun() -> None:
    register()
    late = said(State.PLANNED, "2023-03-01T00:00", "2023-03-01T02:00", received="2023-02-20T00:00")
    with pytest.raises(RefusedError, match="afterwards it takes an amendment"):
        record(late, archived=False)
    assert StateInterval.objects.count() == 0
    assert record(late) == 1


def test_a_published_month_does_not_change_and_what_came_later_stands_beside() -> None:
    register()
    record(said(State.UP, "2023-03-01T00:00", "2023-03-31T00:00"))
    publish()
    before = counted(MARCH)
    record(
        said(State.DOWN, "2023-03-01T00:00", "2023-03-16T00:00", source="ticket", received="2023-05-01T00:00"),
        said(State.UP, "2023-04-01T00:00", "2023-05-01T00:00", received="2023-05-01T00:00"),
    )
    after = counted(MARCH)
    assert (both(before), both(after)) == ((1.0, 1.0), (1.0, 0.5))
    assert (before.digest, before.records) == (after.digest, after.records)
    [month] = after.months
    assert month.published
    assert float(month.counted.availability or 0) == 1.0
    spring = counted((MARCH[0], date(2023, 4, 30)))
    assert [month.published for month in spring.months] == [True, False]
    assert hours(spring) == {"up": 60 * 24, "unknown": 24}


def test_an_amendment_and_a_status_recorded_after_publication_stand_beside_too() -> None:
    register()
    record(said(State.UP, "2023-03-01T00:00", "2023-04-01T00:00"))
    publish()
    number = amendment_request(
        clock=CLOCK,
        actor=ENGINEER,
        tag="G1",
        start=datetime(2023, 3, 10, tzinfo=UTC),
        end=datetime(2023, 3, 11, tzinfo=UTC),
        state=State.DOWN,
        reason="the probe looked at another device",
    )
    amendment_confirm(clock=CLOCK, actor=COLLEAGUE, amendment=number)
    asset_status_record(
        clock=CLOCK, actor=ENGINEER, tag="G1", status=Status.REMOVED, day=date(2023, 3, 30), source="ticket 7"
    )
    found = counted(MARCH)
    assert hours(found) == {"up": 31 * 24}
    assert {state.value: spent / 3_600_000 for state, spent in found.now.buckets.items() if spent} == {
        "up": 28 * 24,
        "down": 24,
        "not_commissioned": 48,
    }


def test_a_month_is_published_once_and_when_it_is_over() -> None:
    publish()
    with pytest.raises(ConflictError, match="2023-03 was published before"):
        publish()
    # February 2024 has begun by the clock, and ends after it.
    for month in (date(2024, 2, 1), date(2023, 4, 2)):
        with pytest.raises(RefusedError):
            publish(month)
    with pytest.raises(ForbiddenError):
        month_publish(clock=CLOCK, actor=NOBODY, month=date(2023, 4, 1))
    assert [row.month for row in MonthPublication.objects.all()] == [MARCH[0]]


def test_a_status_that_cannot_follow_is_refused() -> None:
    register(gate("G1", (Status.UNDER_LEGAL_HOLD, "2023-01-01")))
    for status, day, cause in (
        (Status.REMOVED, date(2023, 5, 1), "removed does not follow under_legal_hold"),
        (Status.IN_SERVICE, date(2022, 5, 1), "in_service on 2022-05-01 is before under_legal_hold on 2023-01-01"),
        (Status.IN_SERVICE, date(2024, 5, 1), "once it is so"),
    ):
        with pytest.raises(RefusedError, match=cause):
            asset_status_record(clock=CLOCK, actor=ENGINEER, tag="G1", status=status, day=day, source="x")
    with pytest.raises(NotFoundError):
        asset_status_record(clock=CLOCK, actor=ENGINEER, tag="G9", status=Status.REMOVED, day=MARCH[0], source="x")
    assert AssetStatus.objects.count() == 1
