"""`gatehouse backup receive`: keep every change as it is written."""

from __future__ import annotations

import signal
import subprocess
import threading
from pathlib import Path

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.kernel.errors import UnreadableError


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse backup receive --to /mnt/backups",
    help="Keep every change of the database as it is written, until interrupted; started again it goes on.",
)
@click.option("--to", "folder", required=True, type=click.Path(path_type=Path), help="The folder of the backups.")
def receive(folder: Path) -> None:
    """With it a database comes back as it was at any moment, without it as it was at the end of a copy.

    The database keeps what is not received yet (slot gatehouse_backup): where this stays off, its disk fills.
    """
    from gatehouse.platform.backup.creating import receiving
    from gatehouse.platform.backup.tools import database

    ending = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: ending.set())
    with database() as there:
        process = receiving(there, folder.absolute())
        try:
            while not ending.wait(0.2):
                if process.poll() is not None:
                    raise UnreadableError("the changes are no more received; the reason stands above")
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
