"""`gatehouse backup list`: which copies there are."""

from __future__ import annotations

from pathlib import Path

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.streams import show


@click.command(
    name="list",
    cls=Command,
    permission=OPERATOR,
    example="gatehouse backup list /mnt/backups --json",
    help="List the copies in a FOLDER, the oldest first. Exit code 1: there is none.",
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print their manifests as JSON.")
def listing(folder: Path, as_json: bool) -> int:
    from gatehouse.platform.backup.catalogue import backups

    found = [manifest for _, manifest in backups(folder)]
    lines = [
        f"{each.label}  finished {each.finished_at.isoformat(timespec='seconds')}  {each.audit_entries} audit entries"
        for each in found
    ]
    plain = {"backups": [each.model_dump(mode="json") for each in found]}
    show(plain, "\n".join(lines) or "There is no backup.", as_json=as_json)
    return 0 if found else 1
