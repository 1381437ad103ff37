"""Two questions to one register may have two answers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError
from tests.monitoring.equipment import gate

from gatehouse.monitoring.domain.assets import Status
from gatehouse.performance.domain.counts import AssetCount, CountDefinition
from gatehouse.platform.profile import SHIPPED, Profile

YEAR = (date(2023, 1, 1), date(2023, 12, 31))
INSTALLED, SERVED, REMOVED = Status.INSTALLED, Status.IN_SERVICE, Status.REMOVED
REGISTER = [
    gate("BEFORE", (INSTALLED, "2022-12-31"), generation=4),
    gate("FIRST", (INSTALLED, "2023-01-01"), (SERVED, "2024-01-01"), generation=4, site="KHH"),
    gate("LAST", (INSTALLED, "2023-12-31"), generation=4, plan="renewal"),
    gate("AFTER", (INSTALLED, "2024-01-01"), generation=4),
    gate("GONE", (SERVED, "2012-01-01"), (REMOVED, "2023-06-30"), generation=1),
    gate("GONE-BEFORE", (SERVED, "2012-01-01"), (REMOVED, "2022-06-30"), generation=1),
    gate("STANDS", (SERVED, "2012-01-01"), (Status.UNDER_LEGAL_HOLD, "2022-01-01"), generation=1, replaces="GONE"),
    gate("ORDERED", (Status.ORDERED, "2022-01-01"), generation=1),
]


def found(**asked: Any) -> list[str]:
    count = AssetCount.model_validate({"measure": "assets", "asset_class": "e_gate", **asked})
    return [asset.tag for asset in count.found(REGISTER, YEAR)]


def test_within_the_year_and_in_all_by_its_last_day() -> None:
    fourth = {"generation": 4, "status": "installed"}
    assert found(**fourth, when="reached_in_year") == ["FIRST", "LAST"]
    assert found(**fourth, when="reached_by_year_end") == ["BEFORE", "FIRST", "LAST"]


def test_what_stands_when_the_year_begins_and_when_it_ends() -> None:
    assert found(generation=1, when="in_place_at_year_start") == ["GONE", "STANDS"]
    assert found(generation=1, when="in_place_at_year_end") == ["STANDS"]
    assert found(generation=4, when="in_place_at_year_end") == ["BEFORE", "FIRST", "LAST"]
    assert found(status="removed", when="reached_by_year_end") == ["GONE", "GONE-BEFORE"]


def test_of_a_site_a_plan_or_in_place_of_another() -> None:
    asked = {"when": "in_place_at_year_end"}
    assert found(**asked, sites=["KHH"]) == ["FIRST"]
    assert found(**asked, plan="renewal") == ["LAST"]
    assert found(**asked, replacing=True) == ["STANDS"]
    assert found(**asked, asset_class="switch") == []


def test_assets_or_their_sites_are_counted() -> None:
    asked = {"measure": "assets", "asset_class": "e_gate", "when": "in_place_at_year_end"}
    of = [AssetCount.model_validate({**asked, "of": of}) for of in ("assets", "sites")]
    assert [count.value(count.found(REGISTER, YEAR)) for count in of] == [4, 2]


@pytest.mark.parametrize("asked", [{"when": "reached_in_year"}, {"when": "in_place_at_year_end", "status": "removed"}])
def test_a_status_is_asked_for_where_it_is_to_be_reached(asked: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="a status is given where it is to be reached"):
        found(**asked)


def test_the_counts_of_the_reference_agency() -> None:
    shipped = Profile(SHIPPED / "tw").read("performance/counts.yaml", tuple[CountDefinition, ...])
    assert [each.id for each in shipped] == [
        "equipment.e-gate-4.completed-in-year",
        "equipment.e-gate-4.in-place",
        "equipment.e-gate-1.to-remove",
        "equipment.e-gate-1.removed",
        "equipment.switches.replaced",
        "equipment.switches.sites",
        "equipment.power-strips.installed",
        "enrolments.in-lane",
    ]
    assert all(set(text) == {"zh-hant", "en"} for each in shipped for text in (each.name, each.definition))
