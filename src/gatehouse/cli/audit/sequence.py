"""`gatehouse audit sequence`: the one sequencer of the tree, as a process of its own."""

from __future__ import annotations

import signal
from threading import Event

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.store import open_store


@click.command(cls=Command, permission=OPERATOR, example="gatehouse audit sequence")
@click.option("--once", is_flag=True, help="Place what waits, sign, and end.")
def sequence(once: bool) -> None:
    """Give new leaves their places, sign checkpoints and keep them outside, until interrupted.

    A second one waits while the first works. `gatehouse serve` starts its own.
    """
    with open_store():
        from gatehouse.audit.api import run_sequencer, sequence_once
        from gatehouse.kernel.clock import SystemClock

        if once:
            click.echo(f"{sequence_once(clock=SystemClock())} leaves placed")
            return
        stop = Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        run_sequencer(stop)
