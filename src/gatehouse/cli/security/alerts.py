"""`gatehouse security alerts`: what rules found in the log, and what people found of it."""

from __future__ import annotations

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.store import open_store
from gatehouse.cli.streams import show


@click.command(cls=Command, permission=OPERATOR, example="gatehouse security alerts --open --json")
@click.option("--open", "is_open", is_flag=True, help="Only those that nobody is done with.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def alerts(is_open: bool, as_json: bool) -> int:
    """Show the alerts that are kept, the gravest first. Exit code 1: some are open."""
    with open_store():
        from gatehouse.platform.actors import Actor
        from gatehouse.security.kept import alerts_of

        found = alerts_of(reader=Actor.system("operator"), is_open=True if is_open else None)
    plain = [
        {
            "id": str(each.id),
            "rule": each.rule,
            "title": each.title,
            "author": each.author,
            "level": each.level,
            "actor": each.actor,
            "count": each.count,
            "first_at": each.first_at.isoformat(),
            "last_at": each.last_at.isoformat(),
            "finding": each.finding.value if each.finding else None,
        }
        for each in found
    ]
    lines = [f"[{each.level or '-'}] {each.title}, {each.count} events, {each.actor or 'several'}" for each in found]
    show({"alerts": plain}, "\n".join(lines) or "There are no alerts.", as_json=as_json)
    return 1 if any(each.is_open for each in found) else 0
