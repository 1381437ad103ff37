from __future__ import annotations

import json
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

import pytest

from gatehouse.audit.api import looks_at
from gatehouse.border.models import Inspection
from gatehouse.documents.inspectionlog.files import several_read
from tests.border.selectors.test_logs import clock, opened
from tests.cli.running import run

pytestmark = pytest.mark.django_db
Captured = pytest.CaptureFixture[str]
DAYS = ("--from", "2026-11-22", "--to", "2026-11-22")


@pytest.fixture(autouse=True)
def _the_store_of_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    for command in ("log", "summary"):
        monkeypatch.setattr(f"gatehouse.cli.inspection.{command}.open_store", nullcontext)


@pytest.mark.parametrize("form", ["xml", "json"])
def test_the_log_of_a_day_is_one_file(form: str, capsys: Captured, tmp_path: Path) -> None:
    later = clock()
    later.advance(timedelta(seconds=1))
    ids = [opened(), opened(at=later)]
    out = tmp_path / "day"
    code, said, _ = run(capsys, "inspection", "log", *DAYS, "--format", form, "--out", str(out), "--json")
    assert (code, json.loads(said)) == (0, {"inspections": 2, "profile": "standard", "file": str(out)})
    assert [log.transaction for log in several_read(out.read_bytes())] == ids
    assert "QUETZALQUIST" not in out.read_text()


def test_a_wider_profile_asks_for_a_purpose_and_writes_nothing_without(capsys: Captured, tmp_path: Path) -> None:
    opened()
    out = tmp_path / "day.xml"
    asked = ("inspection", "log", *DAYS, "--profile", "full", "--out", str(out))
    code, said, err = run(capsys, *asked)
    assert (code, said) == (2, "")
    assert err == "gatehouse: the profile full names persons: --purpose says why they are looked at\n"
    assert list(tmp_path.iterdir()) == []
    code, _, _ = run(capsys, *asked, "--purpose", "case", "--case", "doc-7")
    assert code == 0
    assert "QUETZALQUIST" in out.read_text()
    assert out.stat().st_mode & 0o777 == 0o600
    [look] = looks_at(str(Inspection.objects.get().traveller))
    assert (look.actor, look.purpose, look.case) == ("system:inspection-log", "case", "doc-7")


@pytest.mark.parametrize("command", ["log", "summary"])
def test_days_in_the_wrong_order_are_one_line_and_leave_the_file_as_it_was(
    command: str, capsys: Captured, tmp_path: Path
) -> None:
    (tmp_path / "day.xml").write_text("the log of before")
    out = ("--out", str(tmp_path / "day.xml")) if command == "log" else ()
    said = run(capsys, "inspection", command, "--from", "2026-11-23", "--to", "2026-11-22", *out)
    assert said == (2, "", "gatehouse: --from is a later day than --to\n")
    assert (tmp_path / "day.xml").read_text() == "the log of before"


def test_a_file_that_cannot_be_written_is_one_line(capsys: Captured, tmp_path: Path) -> None:
    code, _, err = run(capsys, "inspection", "log", *DAYS, "--out", str(tmp_path / "no" / "day.xml"))
    assert code == 2
    assert err.count("\n") == 1
    assert "cannot be written" in err


def test_the_summary(capsys: Captured) -> None:
    opened()
    code, said, _ = run(capsys, "inspection", "summary", *DAYS, "--json")
    found = json.loads(said)
    assert (code, found["inspections"], found["verdicts"]["successful"]) == (0, 1, 1)
    assert found["reading_times"]["P"]["chip"]["p50_ms"] == 1800.0
    _, text, _ = run(capsys, "inspection", "summary", *DAYS)
    assert text.startswith("1 inspections\n")
    assert "P chip: p50 1,800.0 ms  p90 1,800.0 ms  p99 1,800.0 ms  (1 measured)" in text
