"""Another agency: its own calendar, currency and words, and nothing of the reference agency in its figures."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.performance.making import event, milestone, movement, record, terms
from tests.performance.shipped import CLOCK, WRITER, YEARS

from gatehouse.performance.domain import records
from gatehouse.performance.selectors import facts, plans
from gatehouse.performance.services.budget import budget_item_open, budget_movement_record
from gatehouse.performance.services.plans import milestone_set, plan_event_record, plan_register
from gatehouse.platform.profile import Profile

pytestmark = pytest.mark.django_db
WHO: dict[str, Any] = {"clock": CLOCK, "actor": WRITER}
UTOPIA = Path(__file__).parents[1] / "profiles" / "utopia"


@pytest.fixture
def _utopia(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The made-up agency, which calls every figure by the last part of its id."""
    folder = tmp_path / "utopia"
    shutil.copytree(UTOPIA, folder)
    words = yaml.safe_load((YEARS / "words.yaml").read_text(encoding="utf-8"))["words"]
    own = {key: {"name": {"en": key}, "definition": {"en": f"how {key} is derived"}} for key in words}
    (folder / "performance" / "words.yaml").write_text(yaml.safe_dump({"currency": "UTD", "words": own}))
    figure = {"id": "bridges", "group": "bridges", "measure": "count", "unit": "bridges"}
    day = {"name": {"en": "day"}, "definition": {"en": "a day"}}
    figures = {"first_day": day, "last_day": day, "figures": [{**figure, **day}]}
    (folder / "performance" / "facts.yaml").write_text(yaml.safe_dump(figures))
    for module in (plans, facts):
        monkeypatch.setattr(module, "profile", lambda: Profile(folder))


@pytest.mark.usefixtures("_utopia")
def test_a_plan_of_another_agency_is_figured_in_its_own_years_and_money() -> None:
    plan_register(**WHO, plan=terms(first_year=2023, last_year=2024))
    milestone_set(**WHO, plan="house", milestone=milestone(year=2023))
    plan_event_record(**WHO, plan="house", event=event("begin", "start", "2023-02-01", "works"))
    budget_item_open(**WHO, plan="house", item=record(records.Item, "works", name={"en": "w"}, kind="works"))
    for code, kind, amount in (("a", "allocation", 400), ("p", "payment", 100)):
        budget_movement_record(**WHO, plan="house", movement=movement(code, kind, amount, year=2023))
    found = {entry.id: entry for entry in plans.plan_entries(2023, clock=CLOCK, reader=WRITER)}
    figures = {id: (entry.figure.value, entry.figure.unit) for id, entry in found.items() if entry.figure}
    assert figures["house.budget.spent"] == (100, "UTD")
    assert figures["house.budget.execution-rate"] == (25, "% of the allocation")
    assert figures["house.events.begin.on"] == (date(2023, 2, 1), "day")
    assert figures["house.progress"] == (0, "% of the plan's weight")
    assert found["house.budget.spent"].name == {"en": "x: budget.spent"}
    assert plans.plan_entries(2025, clock=CLOCK, reader=WRITER) == []


@pytest.mark.usefixtures("_utopia")
def test_what_is_not_on_record_is_missing_and_never_nought() -> None:
    [first, last, bridges] = facts.fact_entries(2023, clock=CLOCK, reader=WRITER)
    assert first.figure is not None
    assert last.figure is not None
    assert (first.figure.value, last.figure.value) == (date(2023, 1, 1), date(2023, 12, 31))
    assert (bridges.figure, str(bridges.missing)) == (None, "nothing is on record")
