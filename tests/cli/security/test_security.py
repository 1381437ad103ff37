"""`gatehouse security`: which rules can be used, and what they find."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.security.leaves import look
from tests.security.made import ID, rule

from gatehouse.cli import gatehouse

EVIL = rule({"s": {"f|contains": "evil"}, "condition": "s"}, 1)


def run(*arguments: str) -> int:
    code: Any = gatehouse.main(args=list(arguments), standalone_mode=False)
    return int(code or 0)


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    folder.mkdir()
    (folder / "evil.yml").write_text(yaml.safe_dump(EVIL))
    return folder


def test_rules_that_can_all_be_used(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("security", "rules", "check", str(rules), "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"rules": 1, "loaded": 1, "rejected": []}


def test_a_rule_that_cannot_be_used_is_named(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (rules / "broken.yml").write_text("title: broken")
    assert run("security", "rules", "check", str(rules), "--json") == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["rules"], found["loaded"]) == (2, 1)
    assert [each["file"] for each in found["rejected"]] == ["broken.yml"]
    assert run("security", "rules", "check", str(rules)) == 1
    assert "1 of 2 rules can be used" in capsys.readouterr().out


def test_what_rules_find_in_a_file(rules: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    events = tmp_path / "events.jsonl"
    events.write_text('{"f": "good"}\n{"f": "EVIL"}\nno event\n{"f": ["x", "Evil!"]}\n')
    assert run("security", "detect", "--rules", str(rules), str(events), "--json") == 1
    said = capsys.readouterr()
    assert json.loads(said.out) == {
        "events": 3,
        "alerts": [
            {
                "rule_id": ID.format(1),
                "title": "Rule 1",
                "author": "A. N. Author",
                "level": "high",
                "event_lines": [2, 4],
            }
        ],
        "rejected": [],
        "unreadable": [3],
    }
    assert "line 3 is no event" in said.err
    assert run("security", "detect", "--rules", str(rules), str(events)) == 1
    assert "[high] Rule 1 (A. N. Author): lines 2, 4" in capsys.readouterr().out


def test_nothing_found_is_no_finding(rules: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "events.jsonl").write_text("")
    assert run("security", "detect", "--rules", str(rules), str(tmp_path / "events.jsonl"), "--json") == 0
    assert json.loads(capsys.readouterr().out) == {
        "events": 0,
        "alerts": [],
        "rejected": [],
        "unreadable": [],
    }


def test_what_was_not_looked_at_is_a_finding(rules: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (rules / "broken.yml").write_text("title: broken")
    (tmp_path / "events.jsonl").write_text('{"f": "good"}\n')
    assert run("security", "detect", "--rules", str(rules), str(tmp_path / "events.jsonl"), "--json") == 1
    said = capsys.readouterr()
    assert [each["file"] for each in json.loads(said.out)["rejected"]] == ["broken.yml"]
    assert "not used: broken.yml" in said.err


def test_the_houses_own_rules_are_at_hand(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("security", "rules", "check", "own", "--json") == 0
    assert json.loads(capsys.readouterr().out)["rejected"] == []
    (tmp_path / "log.jsonl").write_bytes(
        look("t1", officer_person="t1") + b"\n" + look("t2", officer_person="t1") + b"\n"
    )
    assert run("security", "normalise", "--format", "audit", str(tmp_path / "log.jsonl")) == 0
    (tmp_path / "events.jsonl").write_text(capsys.readouterr().out)
    assert run("security", "detect", "--rules", "own", str(tmp_path / "events.jsonl"), "--json") == 1
    (alert,) = json.loads(capsys.readouterr().out)["alerts"]
    assert (alert["title"], alert["author"], alert["event_lines"]) == ("Looking up oneself", "Gatehouse", [1])


def test_lines_of_syslog_become_events(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = tmp_path / "auth.log"
    log.write_text("Feb 28 03:10:01 h sshd[1]: Failed password for wu from 10.0.0.9 port 1 ssh2\nnot a line\n")
    assert run("security", "normalise", "--format", "syslog", str(log)) == 1
    said = capsys.readouterr()
    assert json.loads(said.out)["user.name"] == "wu"
    assert "line 2: it is no line of syslog" in said.err
