"""A real agent process with its simulated devices, documents for it, and a console that speaks to it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from gatehouse.device.desk_ticket import issue, key_of_token
from gatehouse.simulation.holders import made_up_holder
from gatehouse.simulation.issuing import IssuedDocument, Issuer
from gatehouse.simulation.portraits import portrait
from gatehouse.simulation.waiting import WaitingDocument

DESK, TOKEN = "TPE-A12", "the token that the centre gave this desk"
ORIGIN = Origin("https://border.example")
#: Quick people, and a chip as slow as chips are.
OPTIONS = {"comes_after_ms": 30, "step_ms": 20, "chip_delay_ms": 1}


@cache
def passport(seed: int = 7) -> IssuedDocument:
    today = datetime.now(UTC).date()
    return Issuer("UT", "UTO", seed=1, on=today).personalise(made_up_holder("UTO", seed, on=today, youngest=18))


def lay_out(folder: Path, mishaps: Sequence[str], document: IssuedDocument | None = None) -> Path:
    """Documents that come to the desk one after the other, each with what happens to it; "" for nothing."""
    document = document or passport()
    folder.mkdir(parents=True, exist_ok=True)
    live = portrait(document.holder.seed, pose=0.2, light=0.9)
    for number, mishap in enumerate(mishaps, 1):
        waiting = WaitingDocument("\n".join(document.mrz_lines), document.image, live, mishap)
        waiting.write(folder / f"entry-{number:04d}.json")
    return folder


@dataclass
class Agent:
    """The process. `start` again after `stop` is a restart on the same port."""

    folder: Path
    mishaps: Sequence[str] = ("",)
    origin: Origin = ORIGIN
    token: str = TOKEN
    port: int = 0
    longest_s: float = 3
    options: dict[str, Any] | None = None
    document: IssuedDocument | None = None
    #: Names of further drivers.
    drivers: Sequence[str] = ()
    process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        documents = lay_out(self.folder / "documents", self.mishaps, self.document)
        pairing = self.folder / "desk.json"
        pairing.write_text(json.dumps({"device": DESK, "port": "TPE", "token": self.token}))
        pairing.chmod(0o600)
        options = {**OPTIONS, **(self.options or {})}
        lines = [f"port = {self.port}", f'origins = ["{self.origin}"]', f'pairing = "{pairing}"']
        lines += ["[reading]", f"longest_s = {self.longest_s}"]
        lines += ["[telemetry]", f'spool = "{self.spool}"', "heartbeat_s = 0.2"]
        lines += ["[[drivers]]", 'name = "simulated"', "[drivers.options]", f'documents = "{documents}"']
        lines += [f"{name} = {value}" for name, value in options.items()]
        for name in self.drivers:
            lines += ["[[drivers]]", f'name = "{name}"']
        config = self.folder / "desk.toml"
        config.write_text("\n".join(lines))
        command = [sys.executable, "-m", "gatehouse", "workstation", "agent", "--config", str(config), "--json"]
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        assert self.process.stdout is not None
        said = ""
        while not said.endswith("}\n"):
            line = self.process.stdout.readline()
            assert line, "the agent did not start"
            said += line
        self.port = int(json.loads(said)["address"].rpartition(":")[2])

    def stop(self, how: int = signal.SIGTERM) -> int:
        """End it, and give its exit code."""
        assert self.process is not None
        self.process.send_signal(how)
        code = self.process.wait(timeout=10)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code

    def end(self) -> None:
        """Leave no process and no pipe behind, whatever happened."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(timeout=10)
            assert self.process.stdout is not None
            self.process.stdout.close()

    @property
    def spool(self) -> Path:
        return self.folder / "telemetry.jsonl"

    @contextmanager
    def console(self) -> Iterator[ClientConnection]:
        """A console with its ticket, which waits for a document."""
        with connect(f"ws://127.0.0.1:{self.port}", origin=self.origin, max_size=None) as console:
            challenge = hear(console)["challenge"]
            console.send(json.dumps({"type": "authenticate", "protocol": 1, "ticket": self.ticket(challenge)}))
            assert hear(console)["type"] == "welcome"
            console.send('{"type": "await_document"}')
            yield console

    def ticket(self, challenge: str, **changed: Any) -> str:
        here = {
            "desk": DESK,
            "challenge": challenge,
            "origin": self.origin,
            "port": self.port,
            "now": datetime.now(UTC),
        }
        key = key_of_token(changed.pop("token", self.token))
        return issue(key, **{**here, "officer": "user:chen", "now": datetime.now(UTC), **changed}).ticket


@contextmanager
def agent(folder: Path, *mishaps: str, **settings: Any) -> Iterator[Agent]:
    started = Agent(folder, mishaps or ("",), **settings)
    try:
        started.start()
        yield started
    finally:
        started.end()


def hear(console: ClientConnection) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(console.recv(timeout=10))
    return said


def hear_until(console: ClientConnection, type_: str) -> list[dict[str, Any]]:
    said = [hear(console)]
    while said[-1]["type"] != type_:
        said.append(hear(console))
    return said
