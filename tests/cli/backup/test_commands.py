"""`gatehouse backup`: the whole way, by the commands alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gatehouse.platform import postgres
from gatehouse.platform.backup.catalogue import BASE


@pytest.fixture
def state(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "state"
    postgres.remove(tmp_path / "state")


def command(state: Path, *arguments: object) -> tuple[int, Any, str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("GATEHOUSE_", "DJANGO_", "DATABASE"))
    }
    environment = {**kept, "GATEHOUSE_MODE": "demo", "GATEHOUSE_STATE": str(state)}
    line = [sys.executable, "-m", "gatehouse", *map(str, arguments)]
    done = subprocess.run(line, capture_output=True, text=True, check=False, env=environment, timeout=120)
    out = json.loads(done.stdout) if "--json" in arguments and done.stdout else done.stdout
    return done.returncode, out, done.stderr


@pytest.mark.real
def test_a_copy_is_made_listed_verified_and_restored(state: Path, tmp_path: Path) -> None:
    folder, data = tmp_path / "backups", Path("/var/tmp") / f"gatehouse-restored-{os.getpid()}"
    assert command(state, "migrate")[0] == 0
    assert command(state, "user", "list", "--json")[0] == 0
    code, made, err = command(state, "backup", "create", "--to", folder, "--json")
    assert (code, err) == (0, "")
    code, listed, _ = command(state, "backup", "list", folder, "--json")
    assert (code, listed) == (0, {"backups": [made]})
    assert command(state, "backup", "verify", folder, "--json")[:2] == (
        0,
        {"backups": [{"label": made["label"], "whole": True, "cause": ""}]},
    )
    options = ("--until", "latest", "--owner", postgres.SERVER_USER)
    try:
        code, restored, err = command(state, "backup", "restore", folder, "--data", data, *options, "--json")
        assert (code, err) == (0, "")
        assert (restored["data"], restored["backup"]) == (str(data), made["label"])
        assert restored["audit_entries"] == made["audit_entries"]
        again = command(state, "backup", "restore", folder, "--data", data, *options)
        assert (again[0], again[1]) == (1, "")
        assert again[2] == f"gatehouse: {data} holds something already: name a folder that is empty or not there\n"
    finally:
        subprocess.run(["rm", "-rf", str(data)], check=True)
    (folder / made["label"] / BASE / "PG_VERSION").write_text("17")
    assert command(state, "backup", "verify", folder)[:2] == (
        1,
        f"{made['label']}  PG_VERSION is not what was written\n",
    )


@pytest.mark.real
def test_reconciling_an_untouched_centre_finds_nothing_lost(state: Path) -> None:
    assert command(state, "migrate")[0] == 0
    code, found, err = command(state, "backup", "reconcile", "--json")
    assert (code, err) == (0, "")
    assert found["audit"] == {"entries": 0, "signed": None, "lost": 0, "forked": False}
    assert found["devices"] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("restore", "/nowhere", "--data", "/tmp/x", "--until", "noon"), "noon is no moment: write it as"),
        (("restore", "/nowhere", "--data", "/tmp/x", "--until", "2026-05-01T08:30:00"), "names no zone: write it as"),
        (("restore", "/nowhere", "--data", "/tmp/x", "--until", "latest"), "there is no folder /nowhere"),
        (("list", "/nowhere"), "there is no folder /nowhere"),
        (("verify", "/nowhere"), "there is no folder /nowhere"),
    ],
)
def test_bad_input_is_one_line(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    code, out, err = command(tmp_path, "backup", *arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1
