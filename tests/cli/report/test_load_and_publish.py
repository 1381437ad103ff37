from __future__ import annotations

import json
from contextlib import nullcontext
from pathlib import Path

import pytest

from gatehouse.performance.models import Edition, NarrativePart
from gatehouse.platform.permissions import Role
from gatehouse.platform.services import user_create
from tests.cli.running import run

pytestmark = pytest.mark.django_db
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _the_store_of_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    for command in ("load", "publish"):
        monkeypatch.setattr(f"gatehouse.cli.report.{command}.open_store", nullcontext)


@pytest.fixture
def year(tmp_path: Path) -> Path:
    """A year whose report says one thing: the day on which it ends."""
    (tmp_path / "year.yaml").write_text("year: 112\nnarrative:\n  - {part: goals, file: goals.md}\n")
    (tmp_path / "goals.md").write_text("壹、目標\n一、至{year.last-day:date}止。\n", encoding="utf-8")
    return tmp_path


def test_the_years_of_the_profile_load_once(capsys: Captured) -> None:
    code, out, _ = run(capsys, "report", "load", "--json")
    found = json.loads(out)["years"]["112"]
    assert (code, found["plans"], found["facts"], found["published values"]) == (0, 2, 61, 80)
    code, out, _ = run(capsys, "report", "load")
    assert (code, out) == (0, "112: nothing new\n")


def test_a_folder_says_what_was_new(year: Path, capsys: Captured) -> None:
    assert run(capsys, "report", "load", str(year)) == (0, "112: new: 1 parts of the narrative\n", "")


def test_a_mistake_is_one_line_and_exit_code_2(year: Path, capsys: Captured) -> None:
    (year / "goals.md").write_text("壹、目標\n{", encoding="utf-8")
    code, out, err = run(capsys, "report", "load", str(year))
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "goals.md: line 2: a brace" in err
    assert not NarrativePart.objects.exists()


def test_an_account_that_may_publishes_an_edition(year: Path, capsys: Captured) -> None:
    user_create(username="wang", password="x", roles=[Role.SUPERVISOR])
    user_create(username="chen", password="x", roles=[Role.INSPECTOR])
    run(capsys, "report", "load", str(year))
    code, out, err = run(capsys, "report", "publish", "--year", "112", "--account", "chen")
    assert (code, out, err) == (
        1, "", "gatehouse: user:chen may not do this: it needs performance.publish\n",
    )  # fmt: skip
    code, out, err = run(capsys, "report", "publish", "--year", "112", "--account", "nobody")
    assert (code, out, err) == (1, "", "gatehouse: there is no account nobody\n")
    assert not Edition.objects.exists()
    code, out, _ = run(capsys, "report", "publish", "--year", "112", "--account", "wang", "--json")
    assert (code, json.loads(out)) == (0, {"year": 112, "edition": 1, "errata": []})
    code, _, err = run(capsys, "report", "publish", "--year", "112", "--account", "wang")
    assert (code, err) == (1, "gatehouse: a later edition says why the one before was not right any more\n")
    assert Edition.objects.get().published_by == "user:wang"
