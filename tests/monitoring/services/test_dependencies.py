"""Recording what needs what."""

from __future__ import annotations

import pytest
from tests.monitoring.equipment import CLOCK, ENGINEER, NOBODY, gate, register

from gatehouse.kernel.errors import ForbiddenError, RefusedError
from gatehouse.monitoring.api import conditions_of, dependencies_record
from gatehouse.monitoring.models import Dependency

pytestmark = pytest.mark.django_db


def need(*pairs: tuple[str, str]) -> int:
    return dependencies_record(clock=CLOCK, actor=ENGINEER, pairs=pairs)


def test_the_same_again_changes_nothing() -> None:
    register(gate("G1"), gate("S1"), gate("P1"))
    assert need(("G1", "S1"), ("S1", "P1"), ("G1", "S1")) == 2
    assert need(("G1", "S1")) == 0
    found = {each.asset.tag: each.needs for each in conditions_of(clock=CLOCK, reader=ENGINEER)}
    assert found == {"G1": ("S1",), "S1": ("P1",), "P1": ()}


@pytest.mark.parametrize(
    ("pairs", "cause"),
    [
        ([("G1", "G1")], "G1 would need itself"),
        ([("G1", "S1"), ("S1", "P1"), ("P1", "G1")], "P1 would need itself by way of G1"),
        ([("G1", "S1"), ("G1", "S9")], "there is no asset S9"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_stored(pairs: list[tuple[str, str]], cause: str) -> None:
    register(gate("G1"), gate("S1"), gate("P1"))
    with pytest.raises(RefusedError, match=cause):
        need(*pairs)
    assert Dependency.objects.count() == 0


def test_who_may_not_record_is_refused() -> None:
    with pytest.raises(ForbiddenError):
        dependencies_record(clock=CLOCK, actor=NOBODY, pairs=[])
