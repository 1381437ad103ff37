"""`gatehouse security normalise`: events of hosts and networks in one shape."""

from __future__ import annotations

import json

import click

from gatehouse.cli.command import ANYONE, Command
from gatehouse.cli.streams import open_input
from gatehouse.kernel.clock import SystemClock


@click.command(
    cls=Command,
    permission=ANYONE,
    example="gatehouse security normalise --format syslog /var/log/auth.log > events.jsonl",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["auto", "audit", "syslog", "json", "eve"]),
    default="auto",
    show_default=True,
    help="What the lines are: the log that `audit acts` or `audit export` writes, syslog by RFC 5424 or RFC "
    "3164, JSON, Suricata's eve.json.",
)
@click.argument("file", default="-", metavar="FILE")
def normalise(form: str, file: str) -> int:
    """Write each line of FILE (default: standard input) as a line of JSON with OCSF's names, which `detect` reads.

    Exit code 1: some lines are not understood. They are told on standard error, and the others are written.
    """
    from gatehouse.security.api import Form, normalised

    with open_input(file) as stream:
        found, bad = normalised(stream, Form(form), now=SystemClock().now())
    for each in found:
        click.echo(json.dumps(each.fields, ensure_ascii=False))
    for line in bad:
        click.echo(f"gatehouse: {file}: line {line.line}: {line.cause}", err=True)
    return 1 if bad else 0
