from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from tests.performance.indicators import PERIOD, setting

from gatehouse.kernel.figure import Computed, Declared
from gatehouse.kernel.results import Reason
from gatehouse.performance.domain.achievement import Unit
from gatehouse.performance.domain.book import Entry
from gatehouse.performance.domain.definitions import Direction
from gatehouse.performance.domain.measured import Counted, Measured, Target, entries
from gatehouse.performance.domain.printing import printed


def target(value: str, unit: Unit = Unit.SERVICE_TIME) -> Target:
    return Target("next-generation", Decimal(value), unit, "plan, page 3", "somebody", date(2023, 1, 1))


def by_id(*found: Entry) -> dict[str, Entry]:
    return {entry.id: entry for entry in found}


MEASURED = Measured(
    Counted(99_890, 100_000),
    records=7,
    digest="d" * 64,
    parts={"coverage": Counted(100_000, 100_100), "lower-bound": Counted(99_890, 100_100)},
)


def test_the_value_with_its_evidence() -> None:
    found = by_id(*entries(setting(), MEASURED, target("99.88")))
    assert list(found) == [
        "egate-availability",
        "egate-availability.coverage",
        "egate-availability.lower-bound",
        "egate-availability.target",
        "egate-availability.achievement",
        "egate-availability.achievement-raw",
    ]
    value = found["egate-availability"]
    assert value.figure is not None
    assert value.figure.value == Decimal("99.89")
    assert value.figure.unit == "% of agreed service time"
    evidence = value.figure.evidence
    assert isinstance(evidence, Computed)
    assert (evidence.version, evidence.period, evidence.records, evidence.digest) == (1, PERIOD, 7, "d" * 64)
    assert evidence.query == {
        "numerator": {"measure": "device_time", "asset_class": "e_gate", "states": ["degraded", "up"]},
        "denominator": {"measure": "device_time", "asset_class": "e_gate", "states": ["degraded", "down", "up"]},
    }
    assert value.parts == ("egate-availability.coverage", "egate-availability.lower-bound")
    assert found["egate-availability.coverage"].name["zh-hant"] == "自動查驗通關系統可用率：資料涵蓋率"
    assert [printed(found[id], "percent") for id in found] == [
        "99.89%",
        "99.90%",
        "99.79%",
        "99.88%",
        "100%",
        "100.01%",
    ]
    aim = found["egate-availability.target"].figure
    assert aim is not None
    assert aim.evidence == Declared("somebody", date(2023, 1, 1))
    assert aim.labels == {"year": "112", "plan": "next-generation"}


def test_a_value_just_below_its_target_is_not_printed_as_reached() -> None:
    below = replace(MEASURED, whole=Counted(9_994_999, 10_000_000), parts={})
    found = by_id(*entries(setting(), below, target("99.95")))
    assert printed(found["egate-availability"], "percent") == "99.94%"
    assert printed(found["egate-availability.achievement"], "percent") == "99.99%"


def test_where_unknown_time_decides_the_reader_is_told() -> None:
    value = entries(setting(), MEASURED, target("99.88"))[0]
    assert [str(note) for note in value.notes] == ["the target is not reached where unknown time counts as down"]
    assert entries(setting(), MEASURED, target("99.79"))[0].notes == ()
    assert entries(setting(), MEASURED, None)[0].notes == ()


@pytest.mark.parametrize("id", ["egate-availability", "egate-availability.achievement"])
def test_what_was_not_measured_is_missing_and_says_why(id: str) -> None:
    why = Reason("no devices of the class %(asset_class)s are on record", asset_class="e_gate")
    entry = by_id(*entries(setting(), why, target("99.88")))[id]
    assert (entry.figure, entry.missing) == (None, why)


def test_unlike_units_leave_the_achievement_missing_and_the_value_standing() -> None:
    found = by_id(*entries(setting(), MEASURED, target("10", Unit.PLAN_WEIGHT)))
    assert found["egate-availability"].figure is not None
    assert str(found["egate-availability.achievement"].missing).startswith("a value in percent of agreed service time")


def test_less_is_better() -> None:
    base = setting()
    less = replace(base, version=base.version.model_copy(update={"direction": Direction.LESS}))
    found = by_id(*entries(less, replace(MEASURED, whole=Counted(1, 8)), target("10")))
    assert found["egate-availability"].less_is_better
    assert printed(found["egate-availability.achievement"], "percent") == "80%"


def test_the_digest_of_a_rate_moves_with_value_and_target() -> None:
    def digest(measured: Measured, value: str) -> str:
        figure = by_id(*entries(setting(), measured, target(value)))["egate-availability.achievement"].figure
        assert figure is not None
        assert isinstance(figure.evidence, Computed)
        return figure.evidence.digest

    assert len({digest(MEASURED, "99"), digest(MEASURED, "98"), digest(replace(MEASURED, digest="e" * 64), "99")}) == 3
