"""`gatehouse monitor run`: ask every network device again and again."""

from __future__ import annotations

import asyncio
import signal
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.kernel.clock import SystemClock

if TYPE_CHECKING:
    from gatehouse.monitoring.polling.config import Polling
    from gatehouse.monitoring.polling.sweep import Known, Polled


@click.command(cls=Command, permission=OPERATOR, example="gatehouse monitor run --config switches.yaml")
@click.option("--config", "file", required=True, type=click.Path(path_type=Path), help="Whom to ask, and how.")
def run(file: Path) -> int:
    """Ask every device of the file in each interval, and enter what is found into the ledger, until interrupted.

    Each change is one line. Who says nothing any more, to this program or to another, becomes unknown. Where the
    database does not answer, it goes on asking, and enters what it finds when it does.
    """
    from gatehouse.cli.store import open_store
    from gatehouse.monitoring.polling.config import Polling

    polling = Polling.read(file)
    with open_store():
        asyncio.run(_until_told(polling))
    return 0


async def _until_told(polling: Polling) -> None:
    stop = asyncio.Event()
    for ending in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(ending, stop.set)
    await sweep_until(stop, polling)


async def sweep_until(stop: asyncio.Event, polling: Polling) -> None:
    """Sweep in each interval, and enter what is found, until `stop` is set."""
    from gatehouse.monitoring.polling.asking import Asker
    from gatehouse.monitoring.polling.sweep import sweep

    asker = Asker(timeout_s=polling.timeout_s, retries=polling.retries)
    known: dict[str, Known] = {}
    loop = asyncio.get_running_loop()
    try:
        while not stop.is_set():
            due = loop.time() + polling.interval_s
            found = await sweep(polling, known, clock=SystemClock(), asker=asker)
            known = {each.device: each.known for each in found.polled}
            for each in found.changes:
                click.echo(f"{each.at.isoformat(timespec='seconds')} {each.device} {each.state.value}")
            await asyncio.to_thread(_enter, polling, found.polled)
            try:
                await asyncio.wait_for(stop.wait(), max(0.0, due - loop.time()))
            except TimeoutError:
                continue
    finally:
        await asker.close()


def _enter(polling: Polling, polled: tuple[Polled, ...]) -> None:
    from django.db import DatabaseError, connection

    from gatehouse.cli.monitor.recording import record
    from gatehouse.monitoring.api import incidents_update, pulse_record, silence_record
    from gatehouse.platform.actors import Actor

    try:
        record(polling, polled, clock=SystemClock())
        monitor = Actor.system("monitor")
        silence_record(clock=SystemClock(), actor=monitor)
        changes = incidents_update(clock=SystemClock(), actor=monitor)
        for number in changes.opened:
            click.echo(f"incident {number} opened")
        for number in changes.resolved:
            click.echo(f"incident {number} resolved")
        pulse_record(clock=SystemClock(), actor=monitor, name="monitor", every=timedelta(seconds=polling.interval_s))
    except DatabaseError as error:
        click.echo(f"gatehouse: nothing was entered: {' '.join(str(error).split())}", err=True)
    finally:
        connection.close()  # it is not needed before the next interval, and may be gone by then
