"""`gatehouse security detect`: what rules find in a file of events."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from gatehouse.cli.command import ANYONE, Command
from gatehouse.cli.streams import open_input, show

#: Lines that are shown of one alert, where a person reads.
_SHOWN = 10


@click.command(
    cls=Command,
    permission=ANYONE,
    example="gatehouse security detect --rules rules/ events.jsonl --json",
)
@click.option(
    "--rules",
    "folder",
    required=True,
    type=click.Path(path_type=Path),
    help="A folder of Sigma rules, or own: the rules for misuse at a border that come with this.",
)
@click.argument("file", default="-", metavar="FILE.jsonl")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def detect(folder: Path, file: str, as_json: bool) -> int:
    """Find what rules are true of in the events of FILE (default: standard input), one JSON object a line.

    One alert for each rule with the numbers of its lines, one for each window of a correlation. Rules that cannot be
    used, and lines that are no events, are told on standard error; the others are used. Exit code 1: there are alerts,
    or not everything was looked at.
    """
    from gatehouse.security.api import OWN_RULES, load_rules, read_events
    from gatehouse.security.api import detect as found_in

    ruleset = load_rules(OWN_RULES if str(folder) == "own" else folder)
    with open_input(file) as stream:
        events, bad = read_events(stream)
    for rejected in ruleset.rejected:
        click.echo(f"gatehouse: not used: {rejected.file}: {rejected.reason}", err=True)
    for line in bad:
        click.echo(f"gatehouse: {file}: line {line.line} is no event: {line.cause}", err=True)
    alerts = found_in(ruleset, events)
    document = {
        "events": len(events),
        "alerts": [asdict(alert) for alert in alerts],
        "rejected": [{"file": each.file, "reason": str(each.reason)} for each in ruleset.rejected],
        "unreadable": [line.line for line in bad],
    }
    lines = [f"{len(events)} events, {len(alerts)} alerts"]
    for alert in alerts:
        shown = ", ".join(map(str, alert.event_lines[:_SHOWN])) + (" …" if len(alert.event_lines) > _SHOWN else "")
        lines.append(f"  [{alert.level or '–'}] {alert.title} ({alert.author or '–'}): lines {shown}")
    show(document, "\n".join(lines), as_json=as_json)
    sys.stdout.flush()
    return 1 if alerts or ruleset.rejected or bad else 0
