"""An agency with one language, other years, a zone with daylight saving, and indicators of which less is better."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from tests.monitoring.equipment import ENGINEER, gate
from tests.performance.shipped import WRITER

from gatehouse.border.api import Channel, Direction, MonthPassages, Who, passage_tallies_record
from gatehouse.kernel.clock import FixedClock
from gatehouse.monitoring.api import assets_record, intervals_record
from gatehouse.monitoring.domain.availability import Interval
from gatehouse.monitoring.domain.period import moment
from gatehouse.monitoring.domain.states import State
from gatehouse.performance.api import Target, indicator_year, target_set
from gatehouse.performance.domain.achievement import Unit
from gatehouse.performance.selectors.counts import count_entries
from gatehouse.platform.actors import Actor
from gatehouse.platform.profile import profile

pytestmark = pytest.mark.django_db
CLOCK = FixedClock(datetime(2024, 2, 1, tzinfo=UTC))
UTOPIA = Path(__file__).resolve().parents[2] / "profiles" / "utopia"


@pytest.fixture(autouse=True)
def _utopia(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("GATEHOUSE_PROFILE", str(UTOPIA))
    profile.cache_clear()
    yield
    profile.cache_clear()


def test_time_of_which_less_is_better() -> None:
    assets_record(clock=CLOCK, actor=ENGINEER, assets=[gate("U1", site="UTA")])
    begins = moment("2023-01-01T00:00-03:30")
    # A day of 23 hours: the clocks went forward.
    turned = moment("2023-03-12T00:00-03:30"), moment("2023-03-13T00:00-02:30")
    last_day = moment("2023-12-31T00:00-03:30")
    up = Interval("U1", begins, last_day, State.UP, "probe", last_day)
    intervals_record(
        clock=CLOCK, actor=ENGINEER, intervals=[up, Interval("U1", *turned, State.DOWN, "ticket", turned[1])]
    )
    target = Target("renewal", Decimal("0.4"), Unit.SERVICE_TIME, "the plan", "somebody", date(2023, 1, 1))
    target_set(clock=CLOCK, actor=WRITER, year=2023, indicator="gates-down", target=target)
    found = indicator_year("gates-down", 2023, clock=CLOCK, reader=WRITER)
    assert found.as_dict()["numerator"] == 23 * 3_600_000
    assert found.as_dict()["denominator"] == 364 * 24 * 3_600_000
    shown = {id: found.printed(entry) for id, entry in found.entries.items()}
    assert shown == {
        "gates-down": "0.3%",
        "gates-down.coverage": "99.7%",
        "gates-down.lower-bound": "0.5%",
        "gates-down.target": "0.4%",
        "gates-down.achievement": "100%",
        "gates-down.achievement-raw": "151.9%",
    }
    assert [str(note) for note in found.value.notes] == [
        "none of the devices measured (1) was bought by the plan renewal",
        "the target is not reached where unknown time counts as down",
    ]
    [counted] = count_entries(2023, clock=CLOCK, reader=WRITER)
    assert counted.figure is not None
    assert (counted.id, counted.figure.value, counted.name) == ("equipment.gates", 1, {"en": "gates"})


def test_a_share_at_each_port() -> None:
    tally = MonthPassages(date(2023, 7, 1), "UTA", Direction.ENTRY, Who.NATIONALS, Channel.DESK, 30, "test")
    passage_tallies_record(
        clock=CLOCK,
        actor=Actor.system("test"),
        tallies=[tally, replace(tally, channel=Channel.EGATE, count=60), replace(tally, port="UTS", count=10)],
    )
    found = indicator_year("desks-for-nationals", 2023, clock=CLOCK, reader=WRITER)
    assert {id: found.printed(entry) for id, entry in found.entries.items()} == {
        "desks-for-nationals": "40%",
        "desks-for-nationals.uta": "33%",
        "desks-for-nationals.uts": "100%",
    }
