from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gatehouse.monitoring.domain.availability import DEFINITION
from tests.cli.running import run

NAMES = "device,start,end,state,source,received_at\n"
ROWS = """g1,2023-01-01T00:00:00Z,,up,probe,2023-01-01T00:00:00Z
g1,2023-01-01T10:00:00Z,2023-01-01T11:00:00Z,down,probe,2023-01-01T11:00:00Z
g2,2023-01-01T00:00:00Z,2023-01-01T12:00:00Z,up,probe,2023-01-01T00:00:00Z
g2,2023-01-01T20:00:00Z,2023-01-02T00:00:00Z,planned,calendar,2022-12-01T00:00:00Z
"""
DAY = ("--period", "2023-01-01T00:00Z/2023-01-02T00:00Z")
HOUR = 3_600_000


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "gates.csv"
    path.write_text(NAMES + ROWS)
    return str(path)


def test_one_json_document(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "availability", file, *DAY, "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "buckets": {
            "up": 35 * HOUR,
            "degraded": 0,
            "down": HOUR,
            "planned": 4 * HOUR,
            "out_of_service_hours": 0,
            "unknown": 8 * HOUR,
            "not_commissioned": 0,
        },
        "availability": 35 / 36,
        "lower_bound": 35 / 44,
        "coverage": 36 / 44,
        "devices": 2,
    }


def test_with_service_hours(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    hours = ("--service-hours", "Mon-Sun 05:00-24:00 Asia/Taipei")  # not 21:00Z to 16:00Z
    _, out, _ = run(capsys, "availability", file, *DAY, *hours, "--json")
    assert json.loads(out)["buckets"] == {
        "up": (18 + 12 - 0) * HOUR,
        "degraded": 0,
        "down": HOUR,
        "planned": 4 * HOUR,
        "out_of_service_hours": (5 + 4) * HOUR,
        "unknown": 4 * HOUR,
        "not_commissioned": 0,
    }


def test_for_a_person_the_definition_stands_beside_the_figures(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "availability", file, *DAY)
    assert code == 0
    assert out.splitlines() == [
        "2 devices, 2023-01-01T00:00:00+00:00 to 2023-01-02T00:00:00+00:00, at all hours",
        "  up                                35.000 h",
        "  degraded                           0.000 h",
        "  down                               1.000 h",
        "  planned                            4.000 h",
        "  out_of_service_hours               0.000 h",
        "  unknown                            8.000 h",
        "  not_commissioned                   0.000 h",
        "  availability                   97.2222 %",
        "  lower bound                    79.5454 %",
        "  coverage                       81.8181 %",
        f"{DEFINITION}; digits that are not shown are cut off",
    ]


def test_nothing_is_no_ratio(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "none.csv").write_text(NAMES)
    code, out, _ = run(capsys, "availability", str(tmp_path / "none.csv"), *DAY, "--json")
    found = json.loads(out)
    assert code == 0
    assert (found["availability"], found["lower_bound"], found["coverage"], found["devices"]) == (None, None, None, 0)
    assert set(found["buckets"].values()) == {0}
    assert run(capsys, "availability", str(tmp_path / "none.csv"), *DAY)[1].count(" -\n") == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["/nowhere", *DAY], "/nowhere cannot be read: No such file or directory"),
        (["/tmp", *DAY], "/tmp cannot be read: Is a directory"),
        (["/dev/null", *DAY], "the first line names each column once"),
        (["-", "--period", "2023"], "the period '2023' is not START/END"),
        (["-", *DAY, "--service-hours", "always"], "the service hours 'always' cannot be read at 'always'"),
        (["-"], "Missing option '--period'."),
    ],
)
def test_what_cannot_be_read_is_one_line(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "availability", *arguments, "--json")
    assert (code, out) == (2, "")
    assert err.startswith(f"gatehouse: {said}")
    assert err.count("\n") == 1


def test_a_row_of_standard_input_is_named() -> None:
    command = [sys.executable, "-m", "gatehouse", "availability", "-", *DAY]
    bad = "g1,2023-01-01T00:00:00,,up,probe,2023-01-01T00:00:00Z\n"
    done = subprocess.run(command, input=NAMES + ROWS + bad, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "gatehouse: row 5 (line 6): '2023-01-01T00:00:00' has no time zone\n"
