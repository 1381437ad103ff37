"""`gatehouse backup create`: copy the whole database while it serves."""

from __future__ import annotations

from pathlib import Path

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.streams import show
from gatehouse.kernel.clock import SystemClock


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse backup create --to /mnt/backups",
    help="Copy the whole database while it serves, and verify the copy by its digests.",
)
@click.option("--to", "folder", required=True, type=click.Path(path_type=Path), help="The folder of the backups.")
@click.option("--json", "as_json", is_flag=True, help="Print its manifest as JSON.")
def create(folder: Path, as_json: bool) -> None:
    from gatehouse.platform.backup.creating import backup_create
    from gatehouse.platform.backup.tools import database

    with database() as there:
        made = backup_create(clock=SystemClock(), database=there, folder=folder.absolute())
    text = f"{folder / made.label}: verified, with {made.audit_entries} entries of the audit tree."
    show(made.model_dump(mode="json"), text, as_json=as_json)
