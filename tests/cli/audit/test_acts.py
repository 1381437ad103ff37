"""The way of detection: take acts out of the log, bring them into shape, and let the house's own rules look."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from gatehouse.audit.models import Leaf, Payload
from gatehouse.audit.sequencer import sequence_once
from gatehouse.audit.services import leaf_append, look_record
from gatehouse.cli import main
from gatehouse.kernel.clock import FixedClock
from gatehouse.platform.actors import Actor, ActorKind
from gatehouse.platform.permissions import Purpose

CLOCK = FixedClock(datetime(2026, 11, 22, 10, 0, tzinfo=UTC))


@pytest.fixture
def misuse(transactional_db: None) -> None:
    with transaction.atomic():
        for number in range(30):
            subject = f"p-{number}"
            look_record(
                clock=CLOCK,
                reader=Actor(ActorKind.USER, "chen", frozenset(), purposes=frozenset(Purpose)),
                subject=subject,
                purpose="case",
                case="none",
                shown=["stays"],
                searched_by=["traveller"],
            )
        leaf_append(clock=CLOCK, actor="user:lin", action="border.decision_admit", detail={"proposed": "refuse"})
    sequence_once(clock=CLOCK)


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[Any, str]:
    with pytest.raises(SystemExit) as left:
        main(list(map(str, arguments)))
    return left.value.code, capsys.readouterr().out


def test_misuse_is_found_in_what_the_house_wrote_down(
    misuse: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    acts, events = tmp_path / "acts.jsonl", tmp_path / "events.jsonl"
    code, out = run(capsys, "audit", "acts", "--out", acts, "--json")
    assert (code, json.loads(out)) == (0, {"entries": 31, "file": str(acts)})
    assert acts.stat().st_mode & 0o777 == 0o600
    code, out = run(capsys, "security", "normalise", acts)
    assert code == 0
    events.write_text(out)
    code, out = run(capsys, "security", "detect", "--rules", "own", events, "--json")
    found = {alert["title"]: alert["event_lines"] for alert in json.loads(out)["alerts"]}
    assert (code, found) == (
        1,
        {
            "Let through against the proposal, with no second person": [31],
            "Many travellers looked up in a short time": list(range(1, 31)),
        },
    )


def test_that_acts_were_taken_out_is_in_the_log(
    misuse: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "audit", "acts", "--after", 29, "--out", tmp_path / "a")[0] == 0
    leaf = Leaf.objects.latest("written_at")
    assert json.loads(leaf.body)["action"] == "audit.acts_export"
    said = json.loads(Payload.objects.get(leaf=leaf).body)
    assert (said["actor"], said["detail"]) == ("system:command_line", {"after": 29, "entries": 1})


def test_what_was_erased_is_not_there(misuse: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Payload.objects.filter(subject="p-3").delete()
    assert run(capsys, "audit", "acts", "--out", tmp_path / "a")[0] == 0
    lines = [json.loads(line) for line in (tmp_path / "a").read_text().splitlines()]
    assert [line["index"] for line in lines if "payload" not in line] == [3]
    assert len(lines) == 31


def test_an_empty_log_has_no_acts(transactional_db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "audit", "acts", "--out", tmp_path / "a")[0] == 0
    assert (tmp_path / "a").read_bytes() == b""
