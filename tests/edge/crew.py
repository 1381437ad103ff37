"""Processes that are started quickly and killed: one that has loaded the program forks them on demand.

A module with a `main` of its own says what they do, and hands its workers to `fork_on_demand`. Each line of standard
input is an order, a word and how far the worker's clock is off in seconds; the answer is `pid N`. What a worker writes
to standard output is a word and the rest; `died …` is what ended one that nobody killed.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Queue
from typing import NoReturn

import httpx

from gatehouse.device.delivery import Backoff, Delivery, UnreachableError
from gatehouse.device.ledger import Ledger, Outbox
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import GatehouseError

ROOT = Path(__file__).resolve().parents[2]
Worker = Callable[[float], NoReturn]


class OffClock:
    def __init__(self, off: float) -> None:
        self._off = timedelta(seconds=off)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._off


def opened(file: Path, device: str, clock: Clock) -> Ledger:
    """The one before was killed a moment ago, and the system lets its lock go when it has ended."""
    for _ in range(200):
        try:
            return Ledger(file, device=device, clock=clock)
        except GatehouseError as error:
            if "another program" not in str(error):
                raise
            time.sleep(0.01)
    raise RuntimeError("the ledger is still locked")


def sending(file: Path, device: str, address: str, token: str) -> NoReturn:
    delivery = Delivery(Outbox(file, device=device), httpx.Client(base_url=address), token)
    backoff = Backoff(first_s=0.02, longest_s=0.3)
    while True:
        try:
            done = delivery.deliver_once()
        except UnreachableError:
            time.sleep(backoff.failed())
            continue
        backoff.succeeded()
        if not done.waiting:
            time.sleep(0.02)


def fork_on_demand(workers: Mapping[str, Worker]) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children that were killed are gone at once
    for line in sys.stdin:
        word, _, off = line.strip().partition(" ")
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            try:
                workers[word](float(off))
            except BaseException as error:
                said = f"died {word}: {type(error).__name__}: {error}"
                os.write(1, " ".join(said.split()).encode() + b"\n")
                os._exit(1)
        os.write(1, f"pid {pid}\n".encode())


class Crew:
    """The process that forks, and what its workers say: lines by their first word, and those of workers that died."""

    def __init__(self, module: str, folder: Path, address: str, token: str) -> None:
        environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}", "DJANGO_SETTINGS_MODULE": "tests.settings"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", module, str(folder), address, token],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=environment,
            bufsize=1,
        )
        self.passed: list[str] = []
        self.refused = 0
        self.died: list[str] = []
        self._pids: Queue[int] = Queue()
        self.alive: dict[str, int] = {}
        threading.Thread(target=self._hear, daemon=True).start()

    def start(self, who: str, off: float = 0.0, *, how: str | None = None) -> None:
        """Let `who` work, as `how` says where it is not its own name."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{how or who} {off}\n")
        self.alive[who] = self._pids.get(timeout=30)

    def kill(self, who: str) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.alive.pop(who), signal.SIGKILL)

    def end(self) -> None:
        for who in list(self.alive):
            self.kill(who)
        self.process.kill()
        self.process.wait(timeout=10)
        for stream in (self.process.stdin, self.process.stdout):
            assert stream is not None
            stream.close()

    def _hear(self) -> None:
        assert self.process.stdout is not None
        with suppress(ValueError):
            for line in self.process.stdout:
                word, _, rest = line.strip().partition(" ")
                if word == "pid":
                    self._pids.put(int(rest))
                elif word == "passed":
                    self.passed.append(rest)
                elif word == "refused":
                    self.refused += 1
                else:
                    self.died.append(line)
