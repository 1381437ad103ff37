"""The figures of the year out of the lanes' own records: who used them, and when they could be used."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from tests.edge.handheld import through_django

from gatehouse.border.api import device_ledgers
from gatehouse.border.models import Crossing
from gatehouse.device.delivery import Delivery
from gatehouse.device.ledger import Outbox
from gatehouse.device.words import Direction
from gatehouse.kernel.clock import SystemClock
from gatehouse.kernel.results import Reason
from gatehouse.monitoring.api import Asset, AssetClass, Since, State, Status, assets_record, availability_of
from gatehouse.performance.api import IndicatorYear, indicator_year
from gatehouse.platform.actors import Actor
from gatehouse.platform.profile import profile
from gatehouse.platform.services import device_register
from gatehouse.simulation.lane_day import LaneDay, lane_day

pytestmark = pytest.mark.django_db
HOUSE = Actor.system("test")
HOUR = 3_600_000


def delivered(plan: LaneDay, folder: Path) -> int:
    """A registered lane's day, delivered days later, twice; gives how many went through."""
    in_service = (Since(Status.IN_SERVICE, plan.on), Since(Status.REMOVED, plan.on + timedelta(days=1)))
    asset = Asset(plan.lane, AssetClass.E_GATE, plan.port, in_service, source="test", generation=4)
    assets_record(clock=SystemClock(), actor=HOUSE, assets=[asset])
    token = device_register(name=plan.lane, port=plan.port)
    file = folder / f"{plan.lane}.sqlite3"
    through = lane_day(plan, file, profile())
    outbox = Outbox(file, device=plan.lane)
    with httpx.Client(base_url="http://centre", transport=httpx.MockTransport(through_django)) as client:
        assert Delivery(outbox, client, token).drain() > 0
        assert Delivery(outbox, client, token).drain() == 0
    outbox.close()
    [ledger] = device_ledgers(reader=HOUSE, device=plan.lane)
    assert (ledger.gaps, ledger.forks, ledger.set_aside) == ((), (), ())
    return through


def used(id: str, on: date) -> IndicatorYear:
    return indicator_year(id, on.year - 1911, clock=SystemClock(), reader=HOUSE)


def counted(id: str, on: date) -> tuple[int, int]:
    shown = used(id, on).as_dict()
    return shown["numerator"], shown["denominator"]


def test_a_day_of_two_lanes_is_the_years_use_and_availability(tmp_path: Path) -> None:
    on = datetime.now(UTC).date() - timedelta(days=3)
    entering = LaneDay("TPE-E01", "TPE", on, Direction.ENTRY, travellers=3)
    leaving = LaneDay("TPE-X01", "TPE", on, Direction.EXIT, travellers=4, seed=2, lasts=timedelta(hours=2))
    assert (delivered(entering, tmp_path), delivered(leaving, tmp_path)) == (3, 4)
    assert Crossing.objects.filter(void=False).count() == 7
    found = availability_of(AssetClass.E_GATE, (on, on), clock=SystemClock(), reader=HOUSE)
    spent = {state: time / HOUR for state, time in found.total.buckets.items() if time}
    assert spent == {State.UP: 46, State.DOWN: 2}
    assert counted("egate-availability", on) == (46 * HOUR, 48 * HOUR)
    assert counted("egate-use-nationals", on) == (5, 5)
    assert counted("egate-use-foreigners-exit", on) == (2, 2)


def test_a_lane_whose_day_is_not_delivered_was_not_up(tmp_path: Path) -> None:
    on = datetime.now(UTC).date() - timedelta(days=3)
    plan = LaneDay("TPE-E02", "TPE", on, Direction.ENTRY, travellers=0)
    in_service = (Since(Status.IN_SERVICE, on), Since(Status.REMOVED, on + timedelta(days=1)))
    assets_record(
        clock=SystemClock(), actor=HOUSE, assets=[Asset(plan.lane, AssetClass.E_GATE, "TPE", in_service, source="test")]
    )
    lane_day(plan, tmp_path / "lane.sqlite3", profile())
    found = availability_of(AssetClass.E_GATE, (on, on), clock=SystemClock(), reader=HOUSE)
    assert {state: time / HOUR for state, time in found.total.buckets.items() if time} == {State.UNKNOWN: 24}
    assert isinstance(used("egate-availability", on).value.missing, Reason)
