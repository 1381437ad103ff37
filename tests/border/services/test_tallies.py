"""Tallies from a folder, each recorded once."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from tests.border import desk
from tests.concurrency import at_once

from gatehouse.border.api import tallies_load
from gatehouse.border.models import EnrolmentTally, PassageTally
from gatehouse.kernel.errors import ConflictError, GatehouseError, UnreadableError
from gatehouse.platform.actors import Actor, ActorKind

STATISTICIAN = Actor(ActorKind.USER, "lin", frozenset({"figures.read", "figures.record"}))
PASSAGES = """# Made up.
month,port,direction,who,channel,count,source
2023-01,TPE,entry,nationals,egate,700,form 1
2023-01,TPE,entry,nationals,desk,300,form 1
"""
ENROLMENTS = "month,port,place,count,source\n2022-11,TPE,lane,55,form 2\n"


def load(folder: Path, passages: str = PASSAGES, enrolments: str = ENROLMENTS) -> dict[str, int]:
    (folder / "passages.csv").write_text(passages)
    (folder / "enrolments.csv").write_text(enrolments)
    return tallies_load(folder, clock=desk.clock(), actor=STATISTICIAN)


@pytest.mark.django_db
def test_a_folder_is_loaded_once(tmp_path: Path) -> None:
    assert load(tmp_path) == {"passages.csv": 2, "enrolments.csv": 1}
    assert load(tmp_path) == {"passages.csv": 0, "enrolments.csv": 0}
    more = PASSAGES + "2023-02,TPE,entry,nationals,desk,10,form 1\n"
    assert load(tmp_path, more) == {"passages.csv": 1, "enrolments.csv": 0}
    with pytest.raises(ConflictError, match=r"passages\.csv: line 4: 300 is on record for 2023-01 at TPE"):
        load(tmp_path, more.replace(",300,", ",301,"))
    assert (PassageTally.objects.count(), EnrolmentTally.objects.count()) == (3, 1)
    with pytest.raises(IntegrityError, match="insert-only"), transaction.atomic():
        PassageTally.objects.update(count=1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("passages", "enrolments", "error", "cause"),
    [
        (PASSAGES.replace("2023-01,", "2023-13,", 1), ENROLMENTS, UnreadableError, r"passages\.csv: line 3: month: "),
        (PASSAGES.replace(",300,", ",-1,"), ENROLMENTS, UnreadableError, "line 4: count: "),
        (PASSAGES.replace("desk", "door"), ENROLMENTS, UnreadableError, "line 4: channel: "),
        (
            PASSAGES.replace("TPE,entry,nationals,desk", "XXX,entry,nationals,desk"),
            ENROLMENTS,
            UnreadableError,
            "line 4: ",
        ),
        (PASSAGES + PASSAGES.splitlines()[2] + "9\n", ENROLMENTS, ConflictError, "line 5: 700 is on record"),
        (PASSAGES, ENROLMENTS.replace("lane", "home"), UnreadableError, r"enrolments\.csv: line 2: place: "),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_nothing_is_stored(
    tmp_path: Path, passages: str, enrolments: str, error: type[GatehouseError], cause: str
) -> None:
    with pytest.raises(error, match=cause):
        load(tmp_path, passages, enrolments)
    assert (PassageTally.objects.count(), EnrolmentTally.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_a_folder_loaded_by_four_at_once_is_recorded_once(tmp_path: Path) -> None:
    (tmp_path / "passages.csv").write_text(PASSAGES)
    got = at_once(*[lambda: tallies_load(tmp_path, clock=desk.clock(), actor=STATISTICIAN)] * 4)
    assert sorted(each["passages.csv"] for each in got) == [0, 0, 0, 2]
