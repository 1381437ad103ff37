"""docs/hardening.md lists the points of the program, and each answer is told as it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gatehouse.cli.harden import centre, delivery, workstation
from gatehouse.cli.harden.points import Checked, Point, asking, fails, holds, unseen
from gatehouse.kernel.errors import RefusedError
from gatehouse.kernel.results import Result

DOCS = Path(__file__).resolve().parents[3] / "docs"
POINTS = [*centre.POINTS, *workstation.POINTS, *delivery.POINTS]


def test_the_document_lists_the_points_of_the_program() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| (.+?) \| (.+?) \|$", (DOCS / "hardening.md").read_text(), re.M)
    assert rows == [(each.id, each.what, each.remedy) for each in POINTS]


def test_the_chinese_document_has_the_same_points_in_the_same_order() -> None:
    text = (DOCS / "hardening.zh-Hant.md").read_text()
    rows = re.findall(r"^\| `([a-z-]+)` \| (.+?) \| (.+?) \|$", text, re.M)
    assert [id for id, _, _ in rows] == [each.id for each in POINTS]
    assert all(re.search(r"[\u4e00-\u9fff]", what) for _, what, _ in rows)


def test_every_point_has_an_id_of_its_own() -> None:
    assert len({each.id for each in POINTS}) == len(POINTS)


POINT = Point("point", "it holds", "mend it")


def test_a_check_that_cannot_go_on_says_so_and_the_others_are_made() -> None:
    def refuses() -> None:
        raise RefusedError("no")

    def absent() -> None:
        Path("/nowhere/at/all").stat()

    def closed() -> None:
        raise PermissionError(13, "Permission denied", "/closed")

    checks = [(POINT, check) for check in (refuses, absent, closed, lambda: holds("it does"))]
    found = [(each.result, each.answer.because) for each in asking(checks)]  # type: ignore[arg-type]
    assert found == [
        (Result.FAILED, "no"),
        (Result.FAILED, "/nowhere/at/all: No such file or directory"),
        (Result.UNDETERMINED, "/closed may not be looked at by this account"),
        (Result.SUCCESSFUL, "it does"),
    ]


@pytest.mark.parametrize(("answer", "remedy"), [(fails("x"), "mend it"), (unseen("x"), "mend it"), (holds("x"), None)])
def test_what_to_do_is_said_where_the_point_does_not_hold(answer: object, remedy: str | None) -> None:
    checked = Checked(POINT, answer)  # type: ignore[arg-type]
    assert checked.as_dict()["remedy"] == remedy
    assert any("mend it" in line for line in checked.lines()) == (remedy is not None)
