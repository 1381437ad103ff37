from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from gatehouse.kernel.figure import Computed, Declared, Documented, Figure, digest_of

DAY = date(2023, 5, 1)


def test_a_computed_figure_names_its_evidence() -> None:
    digest, records = digest_of([{"id": 1, "port": "TPE"}, {"port": "TPE", "id": 2}])
    figure = Figure(
        "crossings",
        records,
        "crossings",
        {"port": "TPE"},
        Computed("crossings", 1, {"port": "TPE"}, (DAY, DAY), datetime(2023, 5, 2, tzinfo=UTC), digest, records),
    )
    assert figure.as_dict() == {
        "id": "crossings",
        "value": 2,
        "unit": "crossings",
        "labels": {"port": "TPE"},
        "evidence": {
            "kind": "computed",
            "definition": "crossings",
            "version": 1,
            "query": {"port": "TPE"},
            "period": ["2023-05-01", "2023-05-01"],
            "as_of": "2023-05-02T00:00:00+00:00",
            "digest": "75abe8df03fafbc200d5561bf85b0934696d1c6d10fde71c26140eb9604d0e65",
            "records": 2,
        },
    }


def test_the_digest_depends_on_the_rows_and_their_order_alone() -> None:
    rows = [{"a": 1, "b": 2}, {"a": 3, "b": 4}]
    assert digest_of(rows) == digest_of([{"b": 2, "a": 1}, {"b": 4, "a": 3}])
    assert digest_of(rows) != digest_of(reversed(rows))
    assert digest_of([]) == ("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", 0)


def test_a_documented_figure_needs_two_people() -> None:
    assert Documented("plan.pdf", "00", 3, ("chen", "lin")).kind == "documented"
    with pytest.raises(ValueError, match="two different people"):
        Documented("plan.pdf", "00", 3, ("chen", "chen"))


def test_a_declared_figure_has_an_owner() -> None:
    with pytest.raises(ValueError, match="owner"):
        Declared("", DAY)


def test_a_period_does_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="ends before"):
        Computed("x", 1, {}, (DAY, date(2023, 4, 30)), datetime(2023, 5, 2, tzinfo=UTC), "", 0)
