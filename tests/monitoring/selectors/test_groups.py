"""Halls as k of n, the hours in which they are asked to serve, and who came meanwhile."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from tests.monitoring.equipment import ENGINEER, HOUR, NOBODY, counted, gate, hours, record, register, said

from gatehouse.kernel.errors import ForbiddenError, RefusedError
from gatehouse.monitoring.api import AssetClass, GroupAvailability, State, groups_of
from gatehouse.monitoring.domain.demand import Demand
from gatehouse.monitoring.domain.period import moment
from gatehouse.monitoring.selectors import hours as agreed
from gatehouse.platform.profile import SHIPPED, Profile

pytestmark = pytest.mark.django_db
DAY = date(2023, 3, 1), date(2023, 3, 1)
TWO_DAYS = date(2023, 3, 1), date(2023, 3, 2)


def profiled(monkeypatch: pytest.MonkeyPatch, folder: Path, *rows: str) -> None:
    """As if the agency had agreed on these hours: class, site, hall, first day, hours."""
    names = "asset_class", "site", "hall", "since", "hours"
    lines = [dict(zip(names, row.split("|"), strict=True)) | {"source": "test"} for row in rows]
    (folder / "monitoring").mkdir()
    (folder / "agency.yaml").write_bytes((SHIPPED / "tw" / "agency.yaml").read_bytes())
    (folder / "monitoring" / "service_hours.yaml").write_text(
        yaml.safe_dump([{k: v or None for k, v in line.items()} for line in lines]), encoding="utf-8"
    )
    found = Profile(folder)
    monkeypatch.setattr(agreed, "profile", lambda: found)


def up_but(*down: tuple[str, str, str]) -> None:
    """Gates G1 to G5 in hall A, up on 1 and 2 March but for these outages."""
    register(*(gate(f"G{n}", hall="A") for n in range(1, 6)))
    for number in range(1, 6):
        record(said(State.UP, "2023-03-01T00:00", None, device=f"G{number}"))
    for device, start, end in down:
        record(said(State.DOWN, start, end, device=device, source="engineer"))


def hall(**asked: object) -> GroupAvailability:
    (found,) = groups_of(AssetClass.E_GATE, DAY, reader=ENGINEER, **asked)  # type: ignore[arg-type]
    return found


def test_a_hall_is_down_while_fewer_than_k_serve() -> None:
    up_but(
        ("G1", "2023-03-01T00:00", "2023-03-01T12:00"),
        ("G2", "2023-03-01T06:00", "2023-03-01T09:00"),
    )
    found = hall()
    assert (found.site, found.hall, found.devices) == ("TPE", "A", ("G1", "G2", "G3", "G4", "G5"))
    assert found.share == Fraction(4, 5)
    assert found.total.availability == Fraction(21, 24)
    assert found.of_devices.availability == Fraction(105, 120)
    start, end = moment("2023-03-01T06:00+08:00") // 1000, moment("2023-03-01T09:00+08:00") // 1000
    assert found.down == ((start, end, State.DOWN),)


def test_halls_stand_apart() -> None:
    register(gate("G1", hall="A"), gate("G2", hall="B"), gate("G3", site="TSA"))
    found = groups_of(AssetClass.E_GATE, DAY, reader=ENGINEER)
    assert [(each.site, each.hall, each.devices) for each in found] == [
        ("TPE", "A", ("G1",)),
        ("TPE", "B", ("G2",)),
        ("TSA", "", ("G3",)),
    ]
    assert all(each.total.availability is None and each.travellers is None for each in found)
    assert groups_of(AssetClass.SWITCH, DAY, reader=ENGINEER) == []


def test_an_outage_at_the_peak_weighs_more_than_one_at_night() -> None:
    up_but(("G1", "2023-03-01T06:00", "2023-03-01T07:00"))
    midnight = moment("2023-03-01T00:00+08:00") // 1000
    demand = [Demand(midnight + hour * HOUR, midnight + (hour + 1) * HOUR, 90 if hour == 6 else 10) for hour in (3, 6)]
    found = hall(demand={"TPE": demand})
    assert found.travellers is not None
    assert found.travellers.availability == Fraction(82, 100)
    assert found.of_devices.availability == Fraction(119, 120)


def test_outside_the_agreed_hours_nobody_is_asked_to_serve(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    profiled(
        monkeypatch,
        tmp_path,
        "e_gate|||2020-01-01|Mon-Sun 06:00-24:00 Asia/Taipei",
        "e_gate|TPE|A|2023-03-02|Mon-Sun 12:00-24:00 Asia/Taipei",
        "switch|||2020-01-01|Mon-Sun 00:00-01:00 Asia/Taipei",
    )
    up_but(("G1", "2023-03-01T00:00", "2023-03-01T12:00"))
    assert hall().total.buckets[State.OUT_OF_SERVICE_HOURS] == 6 * HOUR
    assert hall().of_devices.availability == Fraction(84, 90)
    found = counted(TWO_DAYS)
    assert hours(found) == {"up": 84 + 60, "down": 6, "out_of_service_hours": 30 + 60}
    with_hours = found.digest
    monkeypatch.undo()
    without = counted(TWO_DAYS)
    assert hours(without) == {"up": 228, "down": 12}
    assert without.digest != with_hours


def test_who_may_not_read_or_asks_for_too_much_is_refused() -> None:
    up_but()
    with pytest.raises(ForbiddenError):
        groups_of(AssetClass.E_GATE, DAY, reader=NOBODY)
    with pytest.raises(RefusedError, match="hours that the devices' record covers"):
        hall(demand={"TPE": [Demand(0, HOUR, 1)]})
