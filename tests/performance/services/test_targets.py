"""A target belongs to a plan and a year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from tests.concurrency import at_once
from tests.performance.shipped import CLOCK, NOBODY, WRITER

from gatehouse.kernel.errors import (
    ConflictError,
    ForbiddenError,
    GatehouseError,
    NotFoundError,
    RefusedError,
    UnreadableError,
)
from gatehouse.performance.api import Target, target_set, targets_load
from gatehouse.performance.domain.achievement import Unit
from gatehouse.performance.models import IndicatorTarget
from gatehouse.performance.selectors.targets import targets_of

AIM = Target("renewal", Decimal("65"), Unit.PASSAGES, "the plan, page 3", "somebody", date(2023, 1, 1))
ID = "egate-use-nationals"
FILE = """year: 112
targets:
- {indicator: egate-use-nationals, plan: p, value: "65", unit: "% of passages", source: s, owner: o, since: 2023-01-01}
- {indicator: egate-availability, plan: p, value: "100", unit: "% of agreed service time", source: s, owner: o,
   since: 2023-01-01}
"""


def put(target: Target = AIM, *, reason: str = "", id: str = ID) -> bool:
    return target_set(clock=CLOCK, actor=WRITER, year=112, indicator=id, target=target, reason=reason)


@pytest.mark.django_db
def test_it_is_set_once_and_changed_with_a_reason() -> None:
    assert [put(), put()] == [True, False]
    higher = replace(AIM, value=Decimal("70.5"))
    with pytest.raises(ConflictError, match="65 is on record"):
        put(higher)
    assert put(higher, reason="the plan was revised")
    assert targets_of(112) == {ID: higher}
    assert targets_of(113) == {}
    assert [row.reason for row in IndicatorTarget.objects.order_by("id")] == ["", "the plan was revised"]
    with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic():
        IndicatorTarget.objects.update(value=1)


@pytest.mark.django_db
def test_what_is_refused_changes_nothing() -> None:
    put()
    for target, id, error, cause in (
        (replace(AIM, plan="another"), ID, ConflictError, "the plan renewal has a target"),
        (replace(AIM, unit=Unit.SERVICE_TIME), ID, RefusedError, "is given in % of passages"),
        (replace(AIM, value=Decimal(-1)), ID, RefusedError, "is given in"),
        (AIM, "egate", NotFoundError, "there is no indicator egate"),
    ):
        with pytest.raises(error, match=cause):
            put(target, id=id, reason="why")
    with pytest.raises(ForbiddenError):
        target_set(clock=CLOCK, actor=NOBODY, year=112, indicator=ID, target=AIM)
    assert IndicatorTarget.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_eight_who_set_it_at_once_set_it_once() -> None:
    assert sorted(at_once(*[put] * 8)) == [False] * 7 + [True]
    assert IndicatorTarget.objects.count() == 1


@pytest.mark.django_db
def test_a_folder_is_loaded_once(tmp_path: Path) -> None:
    (tmp_path / "targets.yaml").write_text(FILE)
    loaded = [targets_load(tmp_path, clock=CLOCK, actor=WRITER) for _ in range(2)]
    assert loaded == [{"targets.yaml": 2}, {"targets.yaml": 0}]
    assert targets_of(112)["egate-availability"].value == 100
    assert str(targets_of(112)["egate-availability"].value) == "100"
    assert targets_load(tmp_path / "nowhere", clock=CLOCK, actor=WRITER) == {"targets.yaml": 0}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("file", "error", "cause"),
    [
        (FILE.replace('"100"', '"-1"'), UnreadableError, "targets.1.value"),
        (FILE.replace("egate-availability", "egates"), UnreadableError, "there is no indicator egates"),
        (FILE.replace("% of agreed service time", "% of passages"), UnreadableError, "is given in % of agreed"),
        (FILE + FILE.splitlines()[2].replace('"65"', '"66"'), ConflictError, "65 is on record"),
        (FILE.replace("year: 112", "year: [", 1), UnreadableError, "targets.yaml"),
    ],
)
def test_a_mistake_is_named_with_its_file_and_nothing_is_set(
    tmp_path: Path, file: str, error: type[GatehouseError], cause: str
) -> None:
    (tmp_path / "targets.yaml").write_text(file)
    with pytest.raises(error) as raised:
        targets_load(tmp_path, clock=CLOCK, actor=WRITER)
    assert str(tmp_path / "targets.yaml") in str(raised.value)
    assert cause in str(raised.value)
    assert IndicatorTarget.objects.count() == 0
