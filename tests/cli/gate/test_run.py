"""`gatehouse gate run` as a shell runs it: a process of its own with its ledger."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.running import run


def write(folder: Path, **changes: str) -> Path:
    file = folder / "lane.toml"
    simulated = {"every_s": "0.2", "pace_s": "0.01", "travellers": "3", "nationalities": '["TWN", "JPN"]', **changes}
    lines = "\n".join(f"{name} = {value}" for name, value in simulated.items())
    file.write_text(f'page = 0\nfolder = "{folder}/state"\n[simulated]\n{lines}\n')
    return file


def ended(file: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "gatehouse", "gate", "run", "--config", str(file)]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)


def test_a_kiosk_ends_too_when_its_travellers_went_to_the_gate(tmp_path: Path) -> None:
    file = write(tmp_path)
    file.write_text('topology = "kiosk"\n' + file.read_text())
    done = ended(file)
    assert (done.returncode, done.stderr) == (0, "")
    with sqlite3.connect(tmp_path / "state" / "ledger.sqlite3") as ledger:
        kinds = {kind for (kind,) in ledger.execute("SELECT kind FROM event")}
    assert kinds == {"lane"}  # nobody passes a kiosk


def test_a_gate_passes_those_whom_a_kiosk_read(tmp_path: Path) -> None:
    file = write(tmp_path)
    file.write_text('topology = "gate"\n' + file.read_text())
    done = ended(file)
    assert (done.returncode, done.stderr) == (0, "")
    with sqlite3.connect(tmp_path / "state" / "ledger.sqlite3") as ledger:
        kinds = [kind for (kind,) in ledger.execute("SELECT kind FROM event WHERE kind != 'lane' ORDER BY sequence")]
    assert kinds == ["crossing", "passed"] * 3


def test_travellers_pass_and_are_in_the_ledger(tmp_path: Path) -> None:
    done = ended(write(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Lane TPE-E01: guidance on http://127.0.0.1:")
    with sqlite3.connect(tmp_path / "state" / "ledger.sqlite3") as ledger:
        kinds = [kind for (kind,) in ledger.execute("SELECT kind FROM event WHERE kind != 'lane' ORDER BY sequence")]
    assert kinds == ["crossing", "passed"] * 3
    assert (tmp_path / "state" / "officer-token").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lane = 3", "lane: Input should be a valid string"),
        ("lane = ", "is no TOML"),
        ("colour = 'red'", "colour: Extra inputs are not permitted"),
        ("topology = 'spiral'", "topology: Input should be"),
        ("controller = '127.0.0.1:99999'", "controller: a port is a number from 1 to 65535"),
        ("[simulated]\nnationalities = ['XXX']", "no state issues passports under the code XXX"),
    ],
)
def test_settings_that_cannot_be_read_are_one_line(
    text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "lane.toml"
    file.write_text(text)
    code, out, err = run(capsys, "gate", "run", "--config", str(file))
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert said in err
