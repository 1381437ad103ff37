"""`gatehouse audit export`: the log as a file, for an auditor to verify elsewhere."""

from __future__ import annotations

from pathlib import Path

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.store import open_store
from gatehouse.cli.streams import Counted, show, write_whole


@click.command(cls=Command, permission=OPERATOR, example="gatehouse audit export --out log.jsonl")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The file to write, one entry a line.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def export(out: Path, as_json: bool) -> int:
    """Write the whole log, one entry a line in the order of the tree. What names a person is not in it."""
    with open_store():
        from gatehouse.audit.api import log_lines

        lines = Counted(log_lines(), "entries")
        write_whole(out, lines)
    show({"entries": lines.count, "file": str(out)}, f"{lines.count} entries written to {out}", as_json=as_json)
    return 0
