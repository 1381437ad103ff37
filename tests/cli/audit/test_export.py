"""The way of an audit: export the log, verify the file elsewhere, verify the database."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from gatehouse.audit.selectors import log_lines
from gatehouse.audit.sequencer import sequence_once
from gatehouse.audit.services import look_record
from gatehouse.cli import main
from gatehouse.kernel.clock import FixedClock
from gatehouse.platform.actors import Actor, ActorKind
from gatehouse.platform.config import config
from gatehouse.platform.permissions import Purpose

Captured = pytest.CaptureFixture[str]
CLOCK = FixedClock(datetime(2026, 11, 22, 10, 0, tzinfo=UTC))


@pytest.fixture
def looks(transactional_db: None) -> None:
    with transaction.atomic():
        for number in range(5):
            look_record(
                clock=CLOCK,
                reader=Actor(ActorKind.USER, "chen", frozenset(), purposes=frozenset(Purpose)),
                subject=f"p-{number}",
                purpose="border_check",
                shown=["stays"],
                searched_by=["document number"],
            )
    sequence_once(clock=CLOCK)


def run(capsys: Captured, *arguments: object) -> tuple[Any, str, str]:
    with pytest.raises(SystemExit) as left:
        main(["audit", *map(str, arguments)])
    printed = capsys.readouterr()
    return left.value.code, printed.out, printed.err


def test_an_exported_log_is_verified_elsewhere(looks: None, tmp_path: Path, capsys: Captured) -> None:
    log = tmp_path / "log.jsonl"
    assert run(capsys, "export", "--out", log, "--json") == (
        0,
        json.dumps({"entries": 5, "file": str(log)}, indent=2) + "\n",
        "",
    )
    assert log.read_bytes() == b"".join(log_lines())
    assert b"chen" not in log.read_bytes()
    code, out, _ = run(capsys, "verify", "--log", log, "--checkpoint", config().audit_kept / "checkpoint", "--json")
    verdict = json.loads(out)
    assert (code, verdict["ok"], verdict["size"], verdict["vouched"]) == (0, True, 5, 5)
    assert verdict["signature"]["result"] == "successful"
    assert json.loads(run(capsys, "verify", "--json")[1]) == verdict


def test_the_database_is_verified_against_a_checkpoint_kept_elsewhere(
    looks: None, tmp_path: Path, capsys: Captured
) -> None:
    elsewhere = tmp_path / "checkpoint"
    elsewhere.write_text((config().audit_kept / "checkpoint").read_text())
    code, out, _ = run(capsys, "verify", "--checkpoint", elsewhere)
    assert (code, out.splitlines()[:2]) == (0, ["the log holds", "5 entries read, 5 of them under a checkpoint"])


def test_without_any_checkpoint_nothing_is_verified(looks: None, tmp_path: Path, capsys: Captured) -> None:
    code, _, error = run(capsys, "verify", "--log", tmp_path / "log.jsonl")
    assert (code, error.count("\n")) == (2, 1)
    (config().audit_kept / "checkpoint").unlink()
    assert run(capsys, "verify")[0] == 2


def test_a_place_that_cannot_be_written(looks: None, tmp_path: Path, capsys: Captured) -> None:
    code, _, error = run(capsys, "export", "--out", tmp_path / "none" / "log.jsonl")
    assert (code, error) == (2, f"gatehouse: {tmp_path}/none/log.jsonl cannot be written: No such file or directory\n")


def test_sequencing_once(looks: None, capsys: Captured) -> None:
    assert run(capsys, "sequence", "--once") == (0, "0 leaves placed\n", "")
