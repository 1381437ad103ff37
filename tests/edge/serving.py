"""The real server in processes of its own, for tests that kill them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection


class Server:
    """The real server, in its own process group, on the database of this test."""

    def __init__(self, *options: str) -> None:
        self.options = options
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        settings = connection.settings_dict
        url = f"postgresql://{settings['USER']}:{settings['PASSWORD']}@/{settings['NAME']}?host="
        url += str(settings["OPTIONS"].get("host") or settings["HOST"]).replace("/", "%2F")
        self.environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = ["-m", "gunicorn", "gatehouse.cli.wsgi", f"--bind=127.0.0.1:{self.port}", "--threads=4"]
        self.process = subprocess.Popen(
            [sys.executable, *command, *self.options, "--log-level=critical"],
            env=self.environment,
            start_new_session=True,
        )

    @property
    def workers(self) -> list[int]:
        """The processes that answer; another takes the place of one that ends."""
        if self.process is None:
            return []
        master = self.process.pid
        return [int(pid) for pid in Path(f"/proc/{master}/task/{master}/children").read_text().split()]

    def kill(self) -> None:
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@contextmanager
def serving(*options: str) -> Iterator[Server]:
    server = Server(*options)
    server.start()
    try:
        yield server
    finally:
        server.kill()
