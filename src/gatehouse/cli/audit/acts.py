"""`gatehouse audit acts`: what was done, by whom and on whom, for detection."""

from __future__ import annotations

from pathlib import Path

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.store import open_store
from gatehouse.cli.streams import Counted, show, write_whole


@click.command(cls=Command, permission=OPERATOR, example="gatehouse audit acts --out acts.jsonl")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The file to write, one entry a line.")
@click.option("--after", type=click.IntRange(min=-1), default=-1, help="Only entries after this index.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def acts(out: Path, after: int, as_json: bool) -> int:
    """Write entries of the log with who acted and on whom, for `gatehouse security normalise`.

    The file names persons and only its owner can read it. That it was written stands in the log.
    """
    with open_store():
        from gatehouse.audit.api import acts_export
        from gatehouse.kernel.clock import SystemClock

        lines = Counted(acts_export(clock=SystemClock(), actor="system:command_line", after=after), "entries")
        write_whole(out, lines, is_private=True)
    show({"entries": lines.count, "file": str(out)}, f"{lines.count} entries written to {out}", as_json=as_json)
    return 0
