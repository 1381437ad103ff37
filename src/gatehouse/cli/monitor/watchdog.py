"""`gatehouse monitor watchdog`: whether the monitor itself is alive."""

from __future__ import annotations

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.streams import show
from gatehouse.kernel.clock import SystemClock


@click.command(cls=Command, permission=OPERATOR, example="gatehouse monitor watchdog || page-somebody")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def watchdog(as_json: bool) -> int:
    """Look whether each part of the monitor that ever ran still goes its rounds.

    Run it from elsewhere than the monitor: by a timer of another machine, or whatever pages people. Exit code 1: a part
    missed three rounds, or none ever ran; 2: the store does not answer. Each of these is a reason to wake somebody.
    """
    from gatehouse.cli.store import open_store

    with open_store():
        from gatehouse.monitoring.api import pulses_of
        from gatehouse.platform.actors import Actor

        found = pulses_of(clock=SystemClock(), reader=Actor.system("watchdog"))
    document = {
        "parts": [
            {
                "name": each.name,
                "at": each.at.isoformat(),
                "every_s": each.every.total_seconds(),
                "late": each.is_late,
            }
            for each in found
        ]
    }
    lines = [
        f"{each.name}: {'SILENT since' if each.is_late else 'last round'} {each.at.isoformat(timespec='seconds')}"
        for each in found
    ]
    show(document, "\n".join(lines) or "no part of the monitor ever ran here", as_json=as_json)
    return 1 if not found or any(each.is_late for each in found) else 0
