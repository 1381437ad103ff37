"""Loading a year's folder: all of it or nothing, and once."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.performance.shipped import CLOCK, NOBODY, SOUTH, WRITER, YEARS, load, said

from gatehouse.audit.models import Leaf
from gatehouse.kernel.errors import ConflictError, ForbiddenError, GatehouseError, RefusedError, UnreadableError
from gatehouse.performance import models
from gatehouse.performance.api import years_load
from gatehouse.performance.selectors.reports import narrative_of
from gatehouse.performance.services.editions import narrative_write

pytestmark = pytest.mark.django_db
SPENT = f"{SOUTH}.budget.spent"


@pytest.fixture
def year(tmp_path: Path) -> Path:
    """A copy of the reference year's own files, without those of other rooms, which load by themselves."""
    folder = tmp_path / "year"
    shutil.copytree(YEARS / "112", folder, ignore=shutil.ignore_patterns("*.csv", "targets.yaml"))
    return folder


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    file.write_text(text.replace(old, new), encoding="utf-8")


def stored() -> tuple[int, ...]:
    tables = (models.Plan, models.PlanEvent, models.BudgetMovement, models.Fact, models.NarrativePart, Leaf)
    return tuple(table.objects.count() for table in tables)


def test_the_shipped_years_load_once() -> None:
    new = load()
    assert list(new) == [112]
    assert {kind: new[112][kind] for kind in ("plans", "milestones", "events", "budget.movements", "facts")} == {
        "plans": 2, "milestones": 4, "events": 30, "budget.movements": 48, "facts": 61,
    }  # fmt: skip
    assert new[112]["parts of the narrative"] == 5
    before = stored()
    assert load() == {112: {}}
    assert stored() == before


def test_one_year_or_the_folder_above(year: Path) -> None:
    assert list(load(year)) == [112]
    assert load(year.parent) == {112: {}}


def test_with_a_reason_a_text_that_was_written_over_is_loaded_again(year: Path) -> None:
    load()
    first = narrative_of(112)[0]
    narrative_write(clock=CLOCK, actor=WRITER, year=112, part=first.part, position=1, text="壹、別的\n一、別的。\n")
    assert load(year) == {112: {}}
    assert load(year, reason="the draft is dropped") == {112: {"parts of the narrative": 1}}
    assert narrative_of(112)[0].text == first.text


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("facts.yaml", "[" * 100_000, "facts.yaml: it is nested too deeply"),
        ("year.yaml", "year: 2023\n", "year.yaml: 2023 is a Gregorian year"),
        (
            "year.yaml",
            "year: 112\nnarrative:\n  - {part: goals, file: ../goals.md}\n",
            "year.yaml: the narrative lies outside the folder: ../goals.md",
        ),
    ],
)
def test_a_hostile_file_is_one_error_and_nothing_is_stored(year: Path, file: str, text: str, said: str) -> None:
    (year.parent / "goals.md").write_text("壹、目標\n")
    (year / file).write_text(text)
    with pytest.raises(UnreadableError) as refused:
        load(year)
    assert said in str(refused.value)
    assert stored() == (0,) * 6


@dataclass(frozen=True)
class Mistake:
    file: str
    old: str
    new: str
    error: type[GatehouseError]
    said: str


MISTAKES = [
    Mistake(
        "plans.yaml", "amount: 8000,", f"amount: {10**15 + 1},", UnreadableError,
        "amount: Input should be less than or equal to 1000000000000000",
    ),
    Mistake(
        "plans.yaml", "amount: 8000,", "amount: eight,", UnreadableError,
        "plans.0.budget.movements.25.amount: Input should be a valid integer",
    ),
    Mistake(
        "plans.yaml", "role: agent_agency,", "rolle: agent_agency,", UnreadableError,
        "plans.0.contracts.0.role: Field required",
    ),
    Mistake(
        "plans.yaml", "code: y112-p12, year: 112, day: 2023-12-26", "code: y112-p11, year: 112, day: 2023-12-26",
        UnreadableError, "southern-building.budget.movements: y112-p11 stands there twice",
    ),
    Mistake(
        "plans.yaml", "amount: 8000,", "amount: 8000000,", RefusedError,
        "southern-building.budget.movements.y112-p12: the item management would be overdrawn by 6,765,000",
    ),
    Mistake(
        "plans.yaml", "code: award, kind: award", "code: award, kind: installation", RefusedError,
        "southern-building.events.award: on 2023-08-14 a milestone cannot be installed: before, it is out to tender",
    ),
    Mistake(
        "facts.yaml", "number: 2315,", "", UnreadableError,
        "facts.2: Value error, a tally or a rule, and nothing else, has a number",
    ),
    Mistake("published.yaml", "printed: '2.37%'", "printd: '2.37%'", UnreadableError, "printed: Field required"),
    Mistake(
        "narrative/results.md", "{big-data.dashboards}", "{big-data.dashboards", UnreadableError,
        "results.md: line 9: a brace",
    ),
    Mistake("year.yaml", "year: 112", "year: one", UnreadableError, "year: Input should be a valid integer"),
]  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.said)
def test_one_mistake_is_named_with_its_file_and_place_and_nothing_is_stored(year: Path, mistake: Mistake) -> None:
    edit(year / mistake.file, mistake.old, mistake.new)
    before = stored()
    with pytest.raises(mistake.error) as wrong:
        load(year)
    assert mistake.said in str(wrong.value)
    assert mistake.file.partition("/")[0] in str(wrong.value)
    assert "\n" not in str(wrong.value)
    assert stored() == before


def test_a_folder_without_a_year(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"holds no year: there is no year\.yaml in it"):
        load(tmp_path)


def test_a_changed_record_is_a_correction_that_says_why(year: Path) -> None:
    load(year)
    assert said(SPENT, "thousands") == "217"
    edit(year / "plans.yaml", "amount: 8000,", "amount: 9000,")
    before = stored()
    with pytest.raises(ConflictError, match=r"budget\.movements\.y112-p12: y112-p12 is recorded otherwise"):
        load(year)
    assert stored() == before
    assert load(year, reason="a payment was entered late") == {112: {"budget.movements": 1}}
    assert said(SPENT, "thousands") == "218"


def test_loading_again_undoes_nothing_that_was_corrected_or_written_since(year: Path) -> None:
    load(year)
    edit(year / "plans.yaml", "amount: 8000,", "amount: 9000,")
    load(year, reason="a payment was entered late")
    edit(year / "plans.yaml", "amount: 9000,", "amount: 8000,")
    narrative_write(clock=CLOCK, actor=WRITER, year=112, part="others", position=5, text="肆、其他")
    assert load(year) == {112: {}}
    assert said(SPENT, "thousands") == "218"
    assert narrative_of(112)[-1].text == "肆、其他"


def test_who_may_not_record_loads_nothing(year: Path) -> None:
    with pytest.raises(ForbiddenError):
        years_load(year, clock=CLOCK, actor=NOBODY)
    assert stored()[:5] == (0, 0, 0, 0, 0)
