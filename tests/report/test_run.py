"""The run as a process: a folder of made-up tests, of which one fails, is skipped, or stays away."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.report import run as running
from tests.report.__main__ import main
from tests.report.results import Outcome
from tests.report.run import Data, conduct, digest_of, kept

MADE = """
import pytest

def test_good(record_property):
    record_property("conformance", "list.txt")

def test_bad():
    assert 1 == 2

@pytest.mark.skipif(True, reason="no such reader")
def test_reader():
    pass

@pytest.mark.real
def test_heavy():
    pass
"""


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of its own with one test file, and data that it reads."""
    root, data = tmp_path / "root", tmp_path / "data"
    (root / "tests" / "law").mkdir(parents=True)
    (root / "tests" / "law" / "test_made.py").write_text(MADE)
    (root / "pytest.ini").write_text("[pytest]\nmarkers =\n    real: heavy\n")
    data.mkdir()
    (data / "list.txt").write_bytes(b"abc")
    monkeypatch.setenv("CONFORMANCE_DIR", str(data))
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
    monkeypatch.setattr(running, "ROOT", root)
    monkeypatch.setattr(running, "_git", lambda *arguments: "c" * 40 if arguments[0] == "rev-parse" else "")
    monkeypatch.setenv("PYTEST_ADDOPTS", "-p no:django -p no:playwright -p no:cacheprovider")
    return tmp_path / "out"


def outcomes(folder: Path) -> dict[str, Outcome]:
    return {each.id.partition("::")[2]: each.outcome for each in kept(folder)[1]}


def test_the_report_is_drawn_from_a_real_run_and_takes_nothing_from_the_last_one(made: Path) -> None:
    folder = made / "test-results"
    conduct(["real"], folder)
    assert outcomes(folder) == {
        "test_good": Outcome.NOT_RUN,
        "test_bad": Outcome.NOT_RUN,
        "test_reader": Outcome.NOT_RUN,
        "test_heavy": Outcome.PASSED,
    }
    assert main(["--suites", "checks", "--out", str(made)]) == 1
    assert outcomes(folder) == {
        "test_good": Outcome.PASSED,
        "test_bad": Outcome.FAILED,
        "test_reader": Outcome.SKIPPED,
        "test_heavy": Outcome.NOT_RUN,
    }
    run, results = kept(folder)
    assert {each.why for each in results if each.why} == {"assert 1 == 2", "no such reader"}
    assert [(each.name, each.exit) for each in run.suites] == [("checks", 1)]
    assert run.data == (Data("list.txt", 1, hashlib.sha256(b"abc").hexdigest()),)
    assert (run.commit, run.changed) == ("c" * 40, False)
    assert "cryptography" in {each.name for each in run.libraries}
    for name in ("system-test-report", "system-test-report.zh-Hant"):
        assert "assert 1 == 2" in (made / f"{name}.html").read_text(encoding="utf-8")
        assert (made / f"{name}.pdf").read_bytes().startswith(b"%PDF-")


def test_without_a_run_there_is_no_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--no-run", "--out", str(tmp_path)]) == 2
    assert list(tmp_path.iterdir()) == []


def test_the_digest_of_a_folder_is_that_of_its_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONFORMANCE_DIR", str(tmp_path))
    (tmp_path / "set" / "in").mkdir(parents=True)
    (tmp_path / "set" / "b").write_bytes(b"2")
    (tmp_path / "set" / "in" / "a").write_bytes(b"1")
    one, two = (hashlib.sha256(each).hexdigest() for each in (b"1", b"2"))
    whole = hashlib.sha256(f"{two}  b\n{one}  in/a\n".encode()).hexdigest()
    assert digest_of("set") == Data("set", 2, whole)
    (tmp_path / "set" / "b").write_bytes(b"3")
    assert digest_of("set").sha256 != whole
