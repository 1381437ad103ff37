"""`gatehouse security watch`: keep what rules find in the house's own log."""

from __future__ import annotations

import json
import signal
from datetime import timedelta
from pathlib import Path
from threading import Event

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.store import open_store
from gatehouse.kernel.clock import SystemClock


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse security watch --every 10",
)
@click.option(
    "--rules",
    "folder",
    default="own",
    show_default=True,
    type=click.Path(path_type=Path),
    help="A folder of Sigma rules.",
)
@click.option("--every", type=click.FloatRange(min=1), help="Again after so many seconds, until interrupted.")
@click.option("--device", help="Say in the ledger of availability that this part of the security platform works.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document, a line for each round.")
def watch(folder: Path, every: float | None, device: str | None, as_json: bool) -> int:
    """Look at what was added to the audit log since the last round, and keep what rules find, for the screen of alerts.

    What correlations have to remember is kept with it: stopped and started again, nothing is found twice and nothing
    missed. With --device each round is a heartbeat: down while the log does not grow, degraded while rules cannot be
    used; what comes no more is unknown, never up. Exit code 1: rules that cannot be used.
    """
    from django.db import DatabaseError, connection

    from gatehouse.security.api import OWN_RULES, load_rules

    if device is not None and every is None:
        raise click.UsageError("--device needs --every: one round does not say how long it holds")
    ruleset = load_rules(OWN_RULES if str(folder) == "own" else folder)
    for rejected in ruleset.rejected:
        click.echo(f"gatehouse: not used: {rejected.file}: {rejected.reason}", err=True)
    stop = Event()
    if every is not None:
        for ending in (signal.SIGINT, signal.SIGTERM):
            signal.signal(ending, lambda *_: stop.set())
    with open_store():
        from gatehouse.monitoring.api import pulse_record
        from gatehouse.platform.actors import Actor
        from gatehouse.security.kept import platform_beat, platform_require, watch_once

        actor, clock = Actor.system("security"), SystemClock()
        if device is not None:
            platform_require(reader=actor, device=device)
        while True:
            try:
                done = watch_once(clock=clock, actor=actor, ruleset=ruleset)
                if every is not None:
                    pulse_record(clock=clock, actor=actor, name="security", every=timedelta(seconds=every))
                if every is not None and device is not None:
                    lasting, unused = timedelta(seconds=every), len(ruleset.rejected)
                    platform_beat(clock=clock, actor=actor, device=device, every=lasting, rejected=unused)
                if every is None or done.raised:
                    found = {"entries": done.entries, "alerts": done.raised}
                    text = f"{done.entries} entries, {done.raised} alerts new or grown"
                    click.echo(json.dumps(found) if as_json else text)
            except DatabaseError as error:
                if every is None:
                    raise
                click.echo(f"gatehouse: nothing was looked at: {' '.join(str(error).split())}", err=True)
                connection.close()
            if every is None or stop.wait(every):
                return 1 if ruleset.rejected else 0
