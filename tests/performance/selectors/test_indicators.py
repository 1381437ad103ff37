"""Indicators measured on a few records of a test's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from tests.monitoring.equipment import COLLEAGUE, gate, record, register, said
from tests.performance.shipped import NOBODY, SOUTH, WRITER
from tests.performance.shipped import load as load_everything

from gatehouse.kernel.clock import FixedClock
from gatehouse.kernel.errors import ForbiddenError, NotFoundError, UnreadableError
from gatehouse.monitoring.api import Asset, Status, month_publish
from gatehouse.monitoring.domain.states import State
from gatehouse.performance.api import Counted, IndicatorYear, Measured, Target, indicator_year, target_set
from gatehouse.performance.domain.achievement import Unit
from gatehouse.performance.selectors.indicators import indicator_entries

pytestmark = pytest.mark.django_db
CLOCK = FixedClock(datetime(2024, 2, 1, tzinfo=UTC))
GATES = "egate-availability"
HOUR = 3_600_000


def aim(value: str = "99.88") -> None:
    target = Target("renewal", Decimal(value), Unit.SERVICE_TIME, "the plan, page 3", "somebody", date(2023, 1, 1))
    target_set(clock=CLOCK, actor=WRITER, year=112, indicator=GATES, target=target)


def shown(clock: FixedClock = CLOCK, id: str = GATES, year: int = 112) -> IndicatorYear:
    return indicator_year(id, year, clock=clock, reader=WRITER)


def counted(found: IndicatorYear) -> Measured:
    assert isinstance(found.measured, Measured)
    return found.measured


def notes(found: IndicatorYear) -> list[str]:
    return [str(note) for note in found.value.notes]


def test_a_value_with_its_months_buckets_and_what_stands_beside() -> None:
    register()
    record(
        said(State.UP, "2023-01-01T00:00", "2023-12-31T00:00"),
        said(State.DOWN, "2023-02-01T00:00", "2023-02-02T00:00", source="ticket"),
    )
    found = shown()
    measured = counted(found)
    assert measured.whole == Counted(363 * 24 * HOUR, 364 * 24 * HOUR)
    assert measured.parts == {
        "coverage": Counted(364 * 24 * HOUR, 365 * 24 * HOUR),
        "lower-bound": Counted(363 * 24 * HOUR, 365 * 24 * HOUR),
    }
    assert {state: spent // HOUR for state, spent in measured.buckets.items() if spent} == {
        "up": 363 * 24,
        "down": 24,
        "unknown": 24,
    }
    assert measured.months[1] == (date(2023, 2, 1), Counted(27 * 24 * HOUR, 28 * 24 * HOUR))
    assert len(measured.months) == 12
    plain = found.as_dict()
    assert (plain["id"], plain["printed"], plain["devices"], plain["notes"]) == (GATES, "99.73%", 1, [])
    assert [each["id"] for each in plain["beside"]] == [f"{GATES}.coverage", f"{GATES}.lower-bound"]
    assert plain["months"][1] == {"month": "2023-02", "numerator": 27 * 24 * HOUR, "denominator": 28 * 24 * HOUR}
    assert plain["records"][0]["value"] == "down 2023-02-01T00:00+08:00/2023-02-02T00:00+08:00"


OLD = gate("OLD")
BOUGHT = gate("NEW", (Status.INSTALLED, "2022-12-01"), (Status.IN_SERVICE, "2023-06-01"), plan="renewal")
NOT_YET = gate("NEXT", (Status.INSTALLED, "2023-12-01"), plan="renewal")
NONE_IN_SERVICE = (
    "none of the devices measured (1) was bought by the plan renewal: of those that it bought (1) none was in service "
    "by 2023-12-31"
)


@pytest.mark.parametrize(
    ("assets", "note"),
    [
        ([OLD], "none of the devices measured (1) was bought by the plan renewal"),
        ([OLD, NOT_YET], NONE_IN_SERVICE),
        ([OLD, BOUGHT, NOT_YET], "the plan renewal bought 1 of the 2 devices measured, in service from 2023-06-01 on"),
        ([BOUGHT, NOT_YET], None),
    ],
)
def test_whose_equipment_was_measured_follows_from_the_register(assets: list[Asset], note: str | None) -> None:
    register(*assets)
    record(*(said(State.UP, "2023-01-01T00:00", "2024-01-01T00:00", device=asset.tag) for asset in assets))
    aim()
    assert notes(shown()) == ([note] if note else [])


def test_without_a_target_nothing_is_attributed() -> None:
    register()
    record(said(State.UP, "2023-01-01T00:00", "2024-01-01T00:00"))
    assert notes(shown()) == []
    assert f"{GATES}.target" not in shown().entries


def test_a_month_that_was_published_counts_as_it_was_and_says_what_it_would_be() -> None:
    register()
    record(said(State.UP, "2023-01-01T00:00", "2024-01-01T00:00"))
    month_publish(clock=CLOCK, actor=COLLEAGUE, month=date(2023, 3, 1))
    assert f"{GATES}.amended" not in shown().entries
    record(said(State.DOWN, "2023-03-01T00:00", "2023-03-02T00:00", source="ticket"))
    found = shown()
    assert found.printed(found.value) == "100%"
    amended = found.entries[f"{GATES}.amended"]
    assert (found.printed(amended), amended.name["en"]) == (
        "99.73%",
        "Availability of e-Gates: with what came after publication",
    )


def test_of_a_year_that_runs_the_days_that_are_over_count() -> None:
    register()
    record(said(State.UP, "2023-01-01T00:00", "2023-03-01T00:00"))
    # Seven in the morning of 1 March, where the agency is.
    assert counted(shown(FixedClock(datetime(2023, 2, 28, 23, tzinfo=UTC)))).whole.denominator == 59 * 24 * HOUR
    missing = shown(FixedClock(datetime(2022, 12, 31, 23, tzinfo=UTC)))
    assert str(missing.value.missing) == "the year has not begun"
    assert missing.as_dict()["missing"] == "the year has not begun"


def test_where_nothing_was_measured_it_says_why() -> None:
    aim()
    assert str(shown().value.missing) == "no equipment of this class was in service: e_gate"
    assert {id: str(entry.missing) for id, entry in shown().entries.items() if entry.figure is None} == dict.fromkeys(
        (GATES, f"{GATES}.achievement", f"{GATES}.achievement-raw"),
        "no equipment of this class was in service: e_gate",
    )
    register()
    assert str(shown().value.missing) == "nothing is known of the equipment of this class: e_gate"
    assert str(shown(id="egate-use-nationals").value.missing) == "no passage is on record"


def test_the_milestones_of_a_plan_are_weights_over_weights() -> None:
    load_everything()
    found = shown(id=f"{SOUTH}.milestone-completion")
    assert counted(found).whole == Counted(30, 100)
    assert found.printed(found.value) == "30%"
    assert found.value.figure is not None
    assert found.value.figure.unit == "% of the plan's weight"
    assert found.value.name["en"].endswith(": Milestones of a plan completed in the year")
    ids = [entry.id for entry in indicator_entries(112, clock=CLOCK, reader=WRITER)]
    assert f"{SOUTH}.milestone-completion" in ids
    assert "milestone-completion" not in ids


@pytest.mark.parametrize(
    ("ask", "error", "cause"),
    [
        (lambda: shown(id="egate"), NotFoundError, "there is no indicator egate; there are: "),
        (lambda: shown(id="milestone-completion"), NotFoundError, "milestone-completion is measured for each plan"),
        (
            lambda: shown(id=f"renewal.{GATES}"),
            NotFoundError,
            f"there is no indicator renewal.{GATES}; there are: {GATES}",
        ),
        (lambda: shown(id="renewal.milestone-completion"), NotFoundError, "there is no plan renewal"),
        (lambda: shown(year=100), NotFoundError, f"{GATES} was not defined in 100"),
        (lambda: shown(year=2023), UnreadableError, "2023 is a Gregorian year"),
        (lambda: indicator_year(GATES, 112, clock=CLOCK, reader=NOBODY), ForbiddenError, "performance.read"),
    ],
)
def test_what_cannot_be_shown(ask: Callable[[], object], error: type[Exception], cause: str) -> None:
    with pytest.raises(error) as raised:
        ask()
    assert cause in str(raised.value)
