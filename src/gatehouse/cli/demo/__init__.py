"""`gatehouse demo`: a simulated day at an airport, and proof of what was made of it."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.demo_mode import take_demo_mode
from gatehouse.cli.store import open_store
from gatehouse.cli.streams import show

_EVERY = 20


@click.command(cls=Command, permission=OPERATOR, example="gatehouse demo --travellers 2000")
@click.option("--travellers", type=click.IntRange(20, 9000), default=2000, show_default=True, help="How many come.")
@click.option("--seed", type=int, default=1, show_default=True, help="From which people and journeys follow.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def demo(travellers: int, seed: int, as_json: bool) -> int:
    """Run a simulated day at an airport through the services of a desk, and verify what was recorded.

    Each time it runs the next day. Exit code 0: everything planted was found, no valid traveller was stopped, the
    crossings agree and the audit tree verifies; 1: not so.
    """
    take_demo_mode()
    began = time.monotonic()
    with open_store():
        from gatehouse.cli.demo.report import as_dict, as_text
        from gatehouse.cli.demo.run import run

        done = run(travellers, seed, _progress(travellers))
        seconds = time.monotonic() - began
        show(as_dict(done, seconds), as_text(done, seconds), as_json=as_json)
    return 0 if done.holds else 1


def _progress(whole: int) -> Callable[[int], None] | None:
    """How many have passed, how fast, and how long it will take; None where nobody watches."""
    if not sys.stderr.isatty():
        return None
    began = time.monotonic()

    def report(done: int) -> None:
        if done % _EVERY and done != whole:
            return
        rate = done / (time.monotonic() - began)
        line = f"\r{done:,} of {whole:,} travellers, {rate:.0f} a second, {(whole - done) / rate:.0f} s left "
        click.echo(line, nl=done == whole, err=True)

    return report
