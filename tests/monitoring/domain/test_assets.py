from __future__ import annotations

from datetime import date

import pytest

from gatehouse.kernel.errors import RefusedError
from gatehouse.monitoring.domain.assets import FOLLOWS, IN_PLACE, Asset, AssetClass, Since, Status, require_history


def asset(*history: tuple[Status, int]) -> Asset:
    since = tuple(Since(status, date(2023, 1, day)) for status, day in history)
    return Asset("G1", AssetClass.E_GATE, "TPE", since, "test")


def test_each_status_says_what_may_follow_it() -> None:
    assert set(FOLLOWS) == set(Status)
    assert FOLLOWS[Status.REMOVED] == frozenset()
    assert Status.REMOVED not in FOLLOWS[Status.UNDER_LEGAL_HOLD]
    assert FOLLOWS[Status.SUSPENDED] == {Status.IN_SERVICE, Status.UNDER_LEGAL_HOLD, Status.REMOVED}
    assert FOLLOWS[Status.INSTALLED] >= {Status.ACCEPTED, Status.IN_SERVICE, Status.UNDER_LEGAL_HOLD}
    assert Status.DELIVERED not in FOLLOWS[Status.INSTALLED]
    assert set(Status) - IN_PLACE == {Status.ORDERED, Status.DELIVERED, Status.REMOVED}


def test_the_status_of_a_day_is_the_last_that_began_by_then() -> None:
    gate = asset((Status.INSTALLED, 3), (Status.IN_SERVICE, 3), (Status.REMOVED, 9))
    assert [gate.on(date(2023, 1, day)) for day in (2, 3, 8, 9)] == [
        None,
        Status.IN_SERVICE,
        Status.IN_SERVICE,
        Status.REMOVED,
    ]
    assert (gate.reached(Status.INSTALLED), gate.reached(Status.ACCEPTED)) == (date(2023, 1, 3), None)


@pytest.mark.parametrize(
    ("first", "last", "served"), [(1, 2, False), (1, 3, True), (3, 3, True), (8, 20, True), (9, 20, False)]
)
def test_whether_it_was_in_service_in_a_period(first: int, last: int, served: bool) -> None:
    gate = asset((Status.IN_SERVICE, 3), (Status.REMOVED, 9))
    assert gate.in_service(date(2023, 1, first), date(2023, 1, last)) is served
    assert asset((Status.IN_SERVICE, 1)).in_service(date(2030, 1, 1), date(2030, 1, 1))


@pytest.mark.parametrize(
    ("history", "cause"),
    [
        ([], "an asset has a status"),
        ([(Status.INSTALLED, 5), (Status.IN_SERVICE, 4)], "in_service on 2023-01-04 is before installed on 2023-01-05"),
        ([(Status.INSTALLED, 5), (Status.DELIVERED, 6)], "delivered does not follow installed"),
        ([(Status.REMOVED, 5), (Status.IN_SERVICE, 6)], "in_service does not follow removed"),
    ],
)
def test_a_history_out_of_order(history: list[tuple[Status, int]], cause: str) -> None:
    with pytest.raises(RefusedError, match=cause):
        require_history(asset(*history).history)
