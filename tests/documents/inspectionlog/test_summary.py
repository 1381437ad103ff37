from __future__ import annotations

import pytest

from gatehouse.documents.inspectionlog.summary import Outcome, percentile, summarise
from gatehouse.kernel.results import Result

S, F, U, N, A = Result


@pytest.mark.parametrize(
    ("values", "rank", "expected"),
    [([7.0], 50, 7.0), ([1, 2, 3, 4], 50, 2), ([1, 2, 3, 4], 90, 4), (list(range(1, 101)), 99, 99), ([1, 2], 1, 1)],
)
def test_the_nearest_rank(values: list[float], rank: int, expected: float) -> None:
    assert percentile(values, rank) == expected


def test_counts_and_times() -> None:
    found = summarise(
        [
            Outcome("P", S, (("dg_hash", S, 2.0), ("expiry", S, None)), {"chip": 1000.0, "total": 1500.0}),
            Outcome("P", F, (("dg_hash", F, 4.0), ("expiry", S, None)), {"chip": 3000.0}),
            Outcome("ID", U, (("dg_hash", A, 9000.0),), {}),
        ]
    )
    assert found.as_dict() == {
        "inspections": 3,
        "verdicts": {"successful": 1, "failed": 1, "undetermined": 1, "not supported": 0, "aborted": 0},
        "checks": [
            {
                "id": "dg_hash",
                "clause": "5.6.4.4.2",
                "results": {"successful": 1, "failed": 1, "undetermined": 0, "not supported": 0, "aborted": 1},
                "duration": {"measured": 2, "p50_ms": 2.0, "p90_ms": 4.0, "p99_ms": 4.0},
            },
            {
                "id": "expiry",
                "clause": "5.7.1",
                "results": {"successful": 2, "failed": 0, "undetermined": 0, "not supported": 0, "aborted": 0},
            },
        ],
        "reading_times": {
            "P": {
                "chip": {"measured": 2, "p50_ms": 1000.0, "p90_ms": 3000.0, "p99_ms": 3000.0},
                "total": {"measured": 1, "p50_ms": 1500.0, "p90_ms": 1500.0, "p99_ms": 1500.0},
            }
        },
    }


def test_of_nothing() -> None:
    assert summarise([]).as_dict()["inspections"] == 0
    assert summarise([]).as_dict()["checks"] == []
