"""Rates counted from comparisons on record, by what officers found."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.border import desk
from tests.border.faces import RATE, Spy, engines, picture

from gatehouse.border.api import DecisionKind, Direction, DocumentReading, comparison_rates, decision_take, faces_judge
from gatehouse.kernel.clock import FixedClock
from gatehouse.kernel.errors import ForbiddenError, RefusedError
from gatehouse.platform.actors import Actor, ActorKind

pytestmark = pytest.mark.django_db
READER = Actor(ActorKind.USER, "yang", frozenset({"figures.read"}))
DAY = date(2023, 5, 1)
ME, ANOTHER = picture(1), picture(2)


def crossed(
    at: FixedClock, number: int, *, alike: bool = True, judged: bool | None = None, passes: bool = True, **spy: Any
) -> None:
    """Somebody enters, and stands at exit with a face that the engine finds alike or not; what officers made of it."""
    mrz = desk.of_state("JPN", document_number=f"TR{number:07d}")
    for direction, face in ((Direction.ENTRY, ME), (Direction.EXIT, ME if alike else ANOTHER)):
        at.advance(timedelta(seconds=1))
        engine = Spy(**spy) if direction is Direction.EXIT else Spy()
        inspection = desk.opened(
            at, direction=direction, engines=engines(engine), reading=DocumentReading(mrz, at.now(), live_image=face)
        )
        if direction is Direction.EXIT and judged is not None:
            faces_judge(clock=at, officer=desk.INSPECTOR, inspection=inspection, same=judged, profile=desk.TW)
        if direction is Direction.ENTRY or passes:
            kind = DecisionKind.ADMIT if direction is Direction.ENTRY else DecisionKind.RELEASE
            decision_take(
                clock=at, officer=desk.INSPECTOR, inspection=inspection, kind=kind, reason="it is", profile=desk.TW
            )


def test_each_is_counted_by_what_an_officer_found() -> None:
    at = desk.clock()
    crossed(at, 1)  # matched, passed
    crossed(at, 2, alike=False)  # a false non-match, by passing
    crossed(at, 3, alike=False, judged=True)  # a false non-match, by eye
    crossed(at, 4, judged=False, passes=False)  # a false match, by eye
    crossed(at, 5, alike=False, judged=False)  # a true non-match: what was seen by eye counts before passing
    crossed(at, 6, passes=False)  # nobody found out
    crossed(at, 7, count=2)  # no score
    [found] = comparison_rates((DAY, DAY), clock=at, reader=READER, profile=desk.TW)[:1]
    scored = found.as_dict()
    assert {name: scored[name] for name in ("engine", "modality", "reference", "month", "threshold")} == {
        "engine": "spy 1",
        "modality": "face",
        "reference": "capture",
        "month": "2023-05",
        "threshold": 0.5,
    }
    assert (found.set_rate, found.comparisons, found.without_score, found.without_truth) == (RATE, 6, 0, 1)
    assert (found.by_eye, found.by_passing) == (3, 2)
    assert (found.fmr.errors, found.fmr.trials) == (1, 2)
    assert (found.fnmr.errors, found.fnmr.trials) == (2, 3)
    assert 0.2 < found.fnmr.low < 2 / 3 < found.fnmr.high < 0.95
    others = comparison_rates((DAY, DAY), clock=at, reader=READER, profile=desk.TW)[1:]
    assert [(each.threshold, each.comparisons, each.without_score) for each in others] == [(None, 1, 1)]


def test_nothing_of_a_person_is_in_it() -> None:
    at = desk.clock()
    crossed(at, 1)
    [found] = comparison_rates((DAY, DAY), clock=at, reader=READER, profile=desk.TW)
    said = str(found.as_dict())
    assert not any(part in said for part in ("TR0000001", "JPN", "TANAKA", "1985"))


def test_versions_of_an_engine_are_counted_apart_and_other_days_are_not() -> None:
    at = desk.clock()
    crossed(at, 1)
    newer = type(Spy().info)("spy", "2", "tests")
    crossed(at, 2, info=newer)
    found = comparison_rates((DAY, DAY), clock=at, reader=READER, profile=desk.TW)
    assert [(each.engine, each.comparisons) for each in found] == [("spy 1", 1), ("spy 2", 1)]
    after = DAY + timedelta(days=1)
    assert comparison_rates((after, after), clock=at, reader=READER, profile=desk.TW) == []


def test_who_may_not_read_figures_gets_none() -> None:
    with pytest.raises(ForbiddenError):
        comparison_rates((DAY, DAY), clock=desk.clock(), reader=desk.INSPECTOR, profile=desk.TW)
    with pytest.raises(RefusedError, match="cannot end before it begins"):
        comparison_rates((DAY, DAY - timedelta(days=1)), clock=desk.clock(), reader=READER, profile=desk.TW)
