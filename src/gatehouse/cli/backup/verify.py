"""`gatehouse backup verify`: whether the copies are still what was written."""

from __future__ import annotations

from pathlib import Path

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.streams import show


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse backup verify /mnt/backups",
    help="Read every file of every copy in a FOLDER again. Exit code 1: one is damaged, or there is none.",
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
def verify(folder: Path, as_json: bool) -> int:
    from gatehouse.platform.backup.verifying import verified

    found = verified(folder.absolute())
    text = "\n".join(f"{label}  {wrong or 'whole'}" for label, wrong in found.items()) or "There is no backup."
    plain = {"backups": [{"label": label, "whole": not wrong, "cause": wrong} for label, wrong in found.items()]}
    show(plain, text, as_json=as_json)
    return 0 if found and not any(found.values()) else 1
