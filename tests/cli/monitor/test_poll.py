"""`gatehouse monitor poll`: without a store, and into the ledger."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.monitoring.equipment import gate, register

from gatehouse.cli import gatehouse
from gatehouse.kernel.clock import SystemClock
from gatehouse.kernel.errors import UnreadableError
from gatehouse.monitoring.api import State, conditions_of
from gatehouse.platform.actors import Actor


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    """Three simulated devices, of which the first is silent."""
    command = [sys.executable, "-m", "tests.monitoring.polling.agents", "3", "3"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as agents:
        assert agents.stdin is not None
        assert agents.stdout is not None
        ports = agents.stdout.readline().split()
        targets = [{"device": f"S{n}", "host": "127.0.0.1", "port": int(port)} for n, port in enumerate(ports, 1)]
        path = tmp_path / "switches.yaml"
        path.write_text(yaml.safe_dump({"timeout_s": 0.3, "retries": 0, "targets": targets}))
        yield path
        agents.stdin.close()


def run(*arguments: str) -> int:
    def main() -> int:
        code: Any = gatehouse.main(args=["monitor", "poll", *arguments], standalone_mode=False)
        return int(code or 0)

    if "--record" in arguments:  # it needs the connection of the test
        return main()
    with ThreadPoolExecutor(1) as apart:  # a browser that another test opened has its loop in this thread
        return apart.submit(main).result()


def test_a_sweep_without_a_store(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--config", str(file), "--json") == 1
    first = json.loads(capsys.readouterr().out)
    assert (first["targets"], first["answered"]) == (3, 2)
    assert first["changes"] == [
        {"device": "S1", "state": "unknown"},
        {"device": "S2", "state": "up"},
        {"device": "S3", "state": "up"},
    ]
    run("--config", str(file), "--json")
    assert json.loads(capsys.readouterr().out)["changes"] == []
    run("--config", str(file), "--state", str(file.parent / "other"))
    assert "S1: never asked → unknown" in capsys.readouterr().out


def test_a_memory_that_is_none_is_told_and_left_alone(file: Path) -> None:
    memory = file.parent / "memory"
    memory.write_text("[]")
    with pytest.raises(UnreadableError, match="is no memory of an earlier sweep"):
        run("--config", str(file), "--state", str(memory))
    assert memory.read_text() == "[]"


@pytest.mark.django_db
def test_what_was_found_is_recorded_of_devices_in_the_register(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    register(gate("S1"), gate("S2"))
    run("--config", str(file), "--record", "--json")
    assert "S3 is not in the register of assets" in capsys.readouterr().err
    found = conditions_of(clock=SystemClock(), reader=Actor.system("test"))
    assert [(each.asset.tag, each.state) for each in found] == [("S1", State.UNKNOWN), ("S2", State.UP)]
