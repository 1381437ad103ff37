"""A day of the halls: nobody is lost, the shares are those published, the rota keeps the target or says where not."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.simulation.hall.profiles import few_desks

from gatehouse.kernel.errors import UnreadableError
from gatehouse.platform.profile import SHIPPED, Profile
from gatehouse.simulation.hall.day import hall_day
from gatehouse.simulation.hall.figures import as_waits, quantile

TW = Profile(SHIPPED / "tw")
DAY = date(2026, 2, 14)


@pytest.fixture(scope="module")
def small() -> dict[str, Any]:
    return hall_day(TW, on=DAY, lanes=10, travellers=12_000)


def share(found: dict[str, Any], group: str, direction: str) -> dict[str, Any]:
    rows: list[dict[str, Any]] = found["shares_of_use"]
    [row] = [row for row in rows if (row["group"], row["direction"]) == (group, direction)]
    return row


def test_nobody_is_lost_and_nobody_doubled(small: dict[str, Any]) -> None:
    everybody = share(small, "all", "both")
    at_desks = sum(d["waiting_seconds"]["travellers"] for hall in small["halls"] for d in hall["desks"].values())
    at_lanes = sum(hall["gate"]["waiting_seconds"]["travellers"] for hall in small["halls"])
    handed_over = sum(hall["gate"]["handed_over"] for hall in small["halls"])
    assert everybody["travellers"] == 12_000
    assert everybody["by_lane"] == at_lanes - handed_over
    assert everybody["by_lane"] + at_desks == 12_000
    assert sum(row["travellers"] for row in small["staffing"]) == at_desks


def test_the_shares_of_use_are_those_that_were_published(small: dict[str, Any]) -> None:
    # 74.88 % of nationals and 50.83 % of departing foreigners in 112; within what 12,000 travellers vary by
    assert share(small, "nationals", "both")["share"] == pytest.approx(0.7488, abs=0.015)
    assert share(small, "visitors", "exit")["share"] == pytest.approx(0.5083, abs=0.03)


def test_the_lanes_stand_where_they_are_used(small: dict[str, Any]) -> None:
    lanes = {(hall["terminal"], hall["direction"]): hall["lanes"] for hall in small["halls"]}
    assert sum(lanes.values()) == 10
    assert lanes["T1", "exit"] >= lanes["T1", "entry"] >= 1


def test_the_same_arguments_give_the_same_day(small: dict[str, Any]) -> None:
    assert hall_day(TW, on=DAY, lanes=10, travellers=12_000) == small
    assert hall_day(TW, on=DAY, lanes=10, travellers=12_000, seed=1)["staffing"] != small["staffing"]


def test_the_rota_keeps_the_target_and_opens_nothing_for_nobody(small: dict[str, Any]) -> None:
    assert all(row["within_target"] and row["p95_seconds"] <= 600 for row in small["staffing"])
    assert {row["desks"] for row in small["staffing"] if row["hour"] == 0} == {0}


def test_without_lanes_everybody_goes_to_a_desk() -> None:
    found = hall_day(TW, on=DAY, lanes=0, travellers=2_000)
    assert share(found, "all", "both") == {
        "group": "all",
        "direction": "both",
        "travellers": 2_000,
        "by_lane": 0,
        "share": 0.0,
    }


def test_fewer_lanes_send_people_to_the_desks(small: dict[str, Any]) -> None:
    found = hall_day(TW, on=DAY, lanes=4, travellers=30_000)
    assert sum(hall["gate"]["too_long_a_line"] for hall in found["halls"]) > 0
    assert share(found, "all", "both")["share"] < share(small, "all", "both")["share"]


def test_more_people_than_all_desks_can_serve_is_said(tmp_path: Path) -> None:
    found = hall_day(few_desks(tmp_path), on=DAY, lanes=0, travellers=9_000)
    late = [row for row in found["staffing"] if not row["within_target"]]
    assert late != []
    assert {row["desks"] for row in late} == {2}
    assert sum(row["travellers"] for row in found["staffing"]) == 9_000


def test_a_hall_without_a_lane_is_refused() -> None:
    with pytest.raises(UnreadableError, match="there are 4 halls: give each a lane, or none"):
        hall_day(TW, on=DAY, lanes=3)


def test_the_published_peak_and_a_usual_day_have_their_source() -> None:
    plan_day = hall_day(TW, on=date(2026, 6, 3), lanes=0, travellers=500)
    assert plan_day["sources"]["travellers"] == "as asked"
    assert plan_day["sources"]["entries"] == "assumed: over a year as many come as go"


def test_quantiles_and_empty_lines() -> None:
    assert [quantile([4, 1, 3, 2], share) for share in (0.25, 0.5, 0.95, 1)] == [1, 2, 4, 4]
    assert quantile([], 0.95) == 0
    assert as_waits([]) == {"travellers": 0, "mean": 0.0, "p50": 0.0, "p95": 0.0, "longest": 0.0}
