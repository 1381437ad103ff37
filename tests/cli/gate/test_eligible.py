"""`gatehouse gate eligible` as a shell runs it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.running import run

PERSON: dict[str, Any] = {
    "nationality": "TWN",
    "status": "national",
    "birth_date": "2015-01-01",
    "height_cm": 120,
    "direction": "exit",
    "document": {"type": "passport", "chip": True, "months_valid": 60},
    "enrolled": False,
    "exit_ban": False,
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "person.json"
    path.write_text(json.dumps(PERSON))
    return path


def test_eligible_is_exit_code_0(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "gate", "eligible", "--on", "2025-01-01", "--person", str(file), "--json")
    assert (code, err) == (0, "")
    said = json.loads(out)
    assert list(said) == ["eligible", "reasons", "sources"]
    assert said["eligible"] is True
    assert said["reasons"] == []
    assert len(said["sources"]) == 4


def test_not_eligible_is_exit_code_1(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "gate", "eligible", "--on", "2024-12-31", "--person", str(file), "--json")
    said = json.loads(out)
    assert (code, said["eligible"]) == (1, False)
    assert said["reasons"] == ["the person is younger than 12 years", "the person is less than 140 cm tall"]
    code, out, _ = run(capsys, "gate", "eligible", "--on", "2024-12-31", "--person", str(file))
    assert (code, out.splitlines()[0]) == (1, "not eligible: to the desk")


@pytest.mark.parametrize(
    "change",
    [
        {"status": "tourist"},
        {"nationality": "Taiwan"},
        {"birth_date": "2015-13-01"},
        {"birth_date": 0},
        {"birth_date": "2025-01-02"},
        {"height_cm": "tall"},
        {"height_cm": -1},
        {"enrolled": "yes"},
        {"direction": "transit"},
        {"document": "passport"},
        {"document": {"type": "passport", "chip": True}},
        {"document": {"type": "passport", "chip": True, "months_valid": 1.5}},
        {"colour": "red"},
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(
    change: dict[str, Any], file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text(json.dumps(PERSON | change))
    code, out, err = run(capsys, "gate", "eligible", "--on", "2025-01-01", "--person", str(file), "--json")
    assert (code, out) == (2, "")
    assert err.startswith("gatehouse: the person")
    assert err.count("\n") == 1


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"nationality": "TWN"}', '{"a": 1, "a": 1}', "[" * 5000])
def test_what_is_no_person_is_exit_code_2(text: str, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(text)
    code, out, err = run(capsys, "gate", "eligible", "--on", "2025-01-01", "--person", str(file), "--json")
    assert (code, out, err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize("day", ["2025-02-30", "today", "20250101", "2025-1-1", "2025-W01-1"])
def test_no_day_is_exit_code_2(day: str, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "gate", "eligible", "--on", day, "--person", str(file), "--json")
    assert (code, out, err) == (2, "", f"gatehouse: {day} is no day: write it as 2026-02-14\n")
