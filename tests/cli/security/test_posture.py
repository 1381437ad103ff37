"""`gatehouse security posture`: what the system consists of, what is wrong with it, what runs out."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.security.domain.posture.feeds import advisory

from gatehouse.cli import gatehouse, main

RANGE = ({"introduced": "0"}, {"fixed": "1.1"})


def run(*arguments: str) -> int:
    code: Any = gatehouse.main(args=["security", "posture", *arguments], standalone_mode=False)
    return int(code or 0)


@pytest.fixture
def bill(tmp_path: Path) -> str:
    components = [{"name": "thing", "version": "1.0", "purl": "pkg:pypi/thing@1.0"}, {"name": "nameless"}]
    path = tmp_path / "bill.json"
    path.write_text(json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.6", "components": components}))
    return str(path)


def archive(path: Path, *entries: dict[str, Any]) -> str:
    with zipfile.ZipFile(path, "w") as made:
        for each in entries:
            made.writestr(f"{each['id']}.json", json.dumps(each | {"modified": datetime.now(UTC).isoformat()}))
    return str(path)


def test_the_bill_of_materials_of_this_installation(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("sbom") == 0
    shown = json.loads(capsys.readouterr().out)
    assert run("sbom", "--out", str(tmp_path / "own.json")) == 0
    written = json.loads((tmp_path / "own.json").read_text())
    assert written["components"] == shown["components"]
    assert written["metadata"]["component"]["name"] == "gatehouse"
    assert written["serialNumber"] != shown["serialNumber"]


def test_a_component_that_is_affected(tmp_path: Path, bill: str, capsys: pytest.CaptureFixture[str]) -> None:
    feed = archive(tmp_path / "all.zip", advisory("A", ("PyPI", "thing"), *RANGE, summary="It leaks"))
    assert run("check", "--sbom", bill, "--osv", feed, "--json") == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["components"], found["checked"], found["unchecked"]) == (2, 1, ["nameless"])
    assert [(each["name"], each["entries"], each["age_days"]) for each in found["feeds"]] == [("OSV", 1, 0)]
    assert found["findings"] == [
        {
            "kind": "vulnerability",
            "level": None,
            "subject": "pkg:pypi/thing@1.0",
            "ids": ["A"],
            "evidence": "version 1.0 is affected: It leaks",
            "action": "update to 1.1 or later",
            "open_days": None,
        }
    ]
    assert run("check", "--sbom", bill, "--osv", feed) == 1
    assert "of these nothing is known: nameless" in capsys.readouterr().out


def test_what_is_installed_here_and_falls_under_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    feed = archive(tmp_path / "all.zip", advisory("A", ("PyPI", "no-such-package"), *RANGE))
    assert run("check", "--osv", feed, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["checked"], found["unchecked"], found["findings"]) == (found["components"], [], [])
    assert found["components"] > 20


def test_an_entry_that_is_no_advisory_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "feed"
    folder.mkdir()
    entry = advisory("A", ("PyPI", "no-such-package")) | {"modified": datetime.now(UTC).isoformat()}
    (folder / "a.json").write_text(json.dumps(entry))
    (folder / "b.json").write_text("{")
    assert run("check", "--osv", str(folder), "--json") == 1
    said = capsys.readouterr()
    assert json.loads(said.out)["feeds"][0]["unreadable"] == ["b.json"]
    assert "b.json is no advisory" in said.err


def test_what_runs_out_needs_no_feed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    terms = tmp_path / "terms.csv"
    terms.write_text("kind,name,valid_until\nlicence,Old,2020-01-31\nlicence,New,2999-01-01\n")
    assert run("check", "--terms", str(terms), "--json") == 1
    found = json.loads(capsys.readouterr().out)
    assert [(each["kind"], each["level"], each["subject"]) for each in found["findings"]] == [
        ("expiry", "critical", "Old")
    ]
    assert (found["components"], found["feeds"]) == (0, [])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Nothing to check against"),
        (["--terms", "t", "--kev", "k"], "give --osv"),
        (["--osv", "absent.zip"], "absent.zip cannot be read"),
        (["--osv", "bad.zip"], "bad.zip cannot be read"),
        (["--osv", "empty"], "there are no advisories (*.json) in empty"),
    ],
)
def test_input_that_cannot_be_used(
    arguments: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.zip").write_bytes(b"no archive")
    (tmp_path / "empty").mkdir()
    with pytest.raises(SystemExit) as ended:
        main(["security", "posture", "check", *arguments])
    assert ended.value.code == 2
    assert said in capsys.readouterr().err
