"""A figure says what it was counted from, and opens onto exactly those records."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from tests.border import desk

from gatehouse.border.api import (
    CrossingFacts,
    CrossingKey,
    Direction,
    crossing_correct,
    crossing_record,
    crossings_behind,
    crossings_per_day,
)
from gatehouse.kernel.errors import ForbiddenError
from gatehouse.kernel.figure import Computed, digest_of

pytestmark = pytest.mark.django_db
PERIOD = (date(2023, 5, 1), date(2023, 5, 2))


def passed(sequence: int, moment: str, port: str = "TPE", direction: Direction = Direction.EXIT) -> UUID:
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    facts = CrossingFacts(port, direction, at, desk.of_state("TWN"))
    key = CrossingKey("T1-A01", 1, sequence)
    return crossing_record(clock=desk.clock(), device=desk.LANE, key=key, crossing=facts, profile=desk.TW).id


def counted(port: str | None = None) -> list[tuple[str, str, str, int]]:
    figures = crossings_per_day(port, PERIOD, clock=desk.clock(), reader=desk.SUPERVISOR, profile=desk.TW)
    return [(f.labels["day"], f.labels["port"], f.labels["direction"], f.count) for f in figures]


def test_days_begin_and_end_at_the_border() -> None:
    passed(1, "2023-04-30T15:59:59")  # still 30 April in Taipei
    passed(2, "2023-04-30T16:00:00")
    passed(3, "2023-05-01T15:59:59")
    passed(4, "2023-05-01T16:00:00")
    passed(5, "2023-05-02T16:00:00")  # 3 May
    assert counted() == [("2023-05-01", "TPE", "exit", 2), ("2023-05-02", "TPE", "exit", 1)]


def test_by_port_and_direction_and_as_it_stands_after_corrections() -> None:
    passed(1, "2023-05-01T01:00:00")
    passed(2, "2023-05-01T01:00:00", "KHH")
    turned = passed(3, "2023-05-01T02:00:00")
    undone = passed(4, "2023-05-01T03:00:00")
    asked: dict[str, Any] = {"clock": desk.clock(), "officer": desk.SUPERVISOR, "reason": "checked", "profile": desk.TW}
    crossing_correct(crossing=turned, direction="entry", **asked)
    crossing_correct(crossing=undone, void=True, **asked)
    assert counted() == [
        ("2023-05-01", "KHH", "exit", 1),
        ("2023-05-01", "TPE", "entry", 1),
        ("2023-05-01", "TPE", "exit", 1),
    ]
    assert counted("KHH") == [("2023-05-01", "KHH", "exit", 1)]
    assert counted("TSA") == []


def test_the_evidence_is_of_the_records_that_open() -> None:
    for sequence in range(3):
        passed(sequence, f"2023-05-01T0{sequence}:00:00")
    at = desk.clock()
    [figure] = crossings_per_day("TPE", PERIOD, clock=at, reader=desk.SUPERVISOR, profile=desk.TW)
    evidence = figure.evidence
    assert isinstance(evidence, Computed)
    behind = crossings_behind(
        date(2023, 5, 1), "TPE", Direction.EXIT, clock=at, reader=desk.SUPERVISOR, purpose="quality_control",
        reason="the figure of 1 May", profile=desk.TW,
    )  # fmt: skip
    assert digest_of({"id": str(each.id)} for each in behind) == (evidence.digest, 3)
    assert (figure.value, figure.unit, evidence.as_of) == (3, "crossings", at.now())
    assert evidence.query == {"day": "2023-05-01", "port": "TPE", "direction": "exit"}


def test_figures_are_not_for_everyone() -> None:
    with pytest.raises(ForbiddenError, match=r"it needs figures\.read"):
        crossings_per_day(None, PERIOD, clock=desk.clock(), reader=desk.INSPECTOR, profile=desk.TW)
