from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from gatehouse.kernel.figure import Computed, Declared, Documented
from gatehouse.performance.domain.drawing import Drawing
from gatehouse.performance.domain.fact_figures import FactFigure, entry_of
from gatehouse.performance.domain.records import Fact

DRAWING = Drawing(112, (date(2023, 1, 1), date(2023, 12, 31)), date(2023, 12, 31), datetime(2024, 2, 1, tzinfo=UTC), {})
SAID = {"owner": "the agency", "day": "2023-12-31"}
READ = {"document": "paper", "digest": "0" * 64, "page": 3, "read_by": "a", "confirmed_by": "b"}


def fact(code: str, since: str, **more: Any) -> Fact:
    facts = {"code": code, "group": "g", "kind": "component", "name": {"en": code}, "since": since, "source": "x"}
    return Fact.model_validate({**facts, "declared": SAID, **more})


def value(measure: str, *facts: Fact, label: str | None = None, calendar: str = "roc") -> object:
    figure = FactFigure.model_validate(
        {"id": "f", "group": "g", "measure": measure, "label": label, "unit": "u", "name": {"en": "f"},
         "definition": {"en": "d"}}
    )  # fmt: skip
    entry = entry_of(figure, facts, DRAWING, calendar)
    return entry.figure.value if entry.figure else str(entry.missing)


def ratings(*years: int, label: str = "Tier 1") -> list[Fact]:
    return [
        fact(f"y{year}", f"{year}-01-01", until=f"{year}-12-31", kind="rating", label=label, party="p")
        for year in years
    ]


def test_a_run_is_broken_by_a_year_without_the_rating() -> None:
    assert value("run", *ratings(2020, 2021, 2022, 2023), label="Tier 1") == 4
    assert value("run_since", *ratings(2020, 2021, 2022, 2023), label="Tier 1") == 109
    assert value("run", *ratings(2019, 2020, 2022, 2023), label="Tier 1") == 2
    mixed = [*ratings(2022), *ratings(2023, label="Tier 2")]
    assert value("run", *mixed, label="Tier 1") == "nothing is on record"


def test_what_is_in_force_at_the_end_of_the_year_is_counted_and_parties_once() -> None:
    facts = [
        fact("a", "2020-01-01", party="A"),
        fact("b", "2021-01-01", party="A"),
        fact("c", "2023-12-31", party="C"),
        fact("ended", "2020-01-01", party="D", until="2023-06-30"),
        fact("later", "2024-01-01", party="E"),
    ]
    assert value("count", *facts) == 3
    assert value("parties", *facts) == 2
    assert value("new", *facts) == 1


def test_tallies_of_the_year_are_added() -> None:
    tallies = [
        fact("feb", "2023-02-01", until="2023-02-28", kind="tally", number=5, label="x"),
        fact("mar", "2023-03-01", until="2023-03-31", kind="tally", number=7, label="y"),
        fact("before", "2022-12-01", until="2022-12-31", kind="tally", number=11, label="x"),
    ]
    assert value("sum", *tallies) == 12
    assert value("sum", *tallies, label="x") == 5


def test_days_and_numbers() -> None:
    plan = fact("p", "2023-02-01", until="2023-06-30")
    assert (value("first_day", plan), value("last_day", plan)) == (date(2023, 2, 1), date(2023, 6, 30))
    assert value("last_day", fact("open", "2023-02-01")) == "nothing is on record"
    rules = [fact("r", "2023-01-01", kind="rule", number=3), fact("s", "2023-01-01", kind="rule", number=4)]
    assert value("number", rules[0]) == 3
    assert value("number", *rules) == "more than one number is on record"
    assert value("count") == "nothing is on record"


def test_a_figure_that_is_one_fact_has_that_facts_evidence_and_a_count_is_computed() -> None:
    figure = FactFigure.model_validate(
        {"id": "f", "group": "g", "measure": "first_day", "unit": "day", "name": {"en": "f"}, "definition": {"en": "d"}}
    )

    def evidence(*facts: Fact) -> object:
        entry = entry_of(figure, facts, DRAWING, "roc")
        assert entry.figure is not None
        return entry.figure.evidence

    assert evidence(fact("a", "2023-01-19")) == Declared("the agency", date(2023, 12, 31))
    read = fact("a", "2023-01-19", declared=None, documented=READ)
    assert evidence(read) == Documented("paper", "0" * 64, 3, ("a", "b"))
    assert isinstance(evidence(fact("a", "2023-01-19"), read), Computed)


@pytest.mark.parametrize(
    "wrong",
    [
        {"declared": None},
        {"documented": READ},
        {"declared": None, "documented": {**READ, "confirmed_by": "a"}},
        {"until": "2022-12-31"},
        {"kind": "tally"},
        {"number": 3},
        {"kind": "rating"},
    ],
)
def test_a_fact_that_is_none(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        fact("a", "2023-01-01", **wrong)
