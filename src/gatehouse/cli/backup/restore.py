"""`gatehouse backup restore`: the database as it was at a moment, in a folder of its own."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.streams import show
from gatehouse.kernel.errors import UnreadableError


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse backup restore /mnt/backups --data /var/lib/postgresql/15/restored --until latest\n"
    "  gatehouse backup restore /mnt/backups --data /srv/restored --until 2026-05-01T08:30:00+08:00",
    help="Make a data folder of PostgreSQL as the database was at a moment. What serves now is not touched.",
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--data", required=True, type=click.Path(path_type=Path), help="The folder to make; empty or not there.")
@click.option("--until", required=True, help="A moment with its zone, or latest: as far as the changes reach.")
@click.option("--owner", default="postgres", show_default=True, help="As root: whose the folder becomes.")
@click.option("--user", default="gatehouse", show_default=True, help="Who asks the restored database what it holds.")
@click.option("--database", "dbname", default="gatehouse", show_default=True, help="The database that is asked.")
@click.option("--json", "as_json", is_flag=True, help="Print what was restored as JSON.")
def restore(*, folder: Path, data: Path, until: str, owner: str, user: str, dbname: str, as_json: bool) -> None:
    """Then start a server with that folder, name it in DATABASE_URL, and run gatehouse backup reconcile."""
    from gatehouse.platform.backup.catalogue import before
    from gatehouse.platform.backup.restoring import backup_restore
    from gatehouse.platform.backup.tools import programs

    moment, place = _moment(until), folder.absolute()
    _, manifest = before(place, moment)
    restored = backup_restore(
        folder=place,
        binaries=programs(manifest.server_version // 10_000),
        data=data.absolute(),
        until=moment,
        user=user,
        dbname=dbname,
        owner=owner,
    )
    last = restored.last_change.isoformat() if restored.last_change else None
    plain = {
        "data": str(restored.data),
        "backup": restored.backup.label,
        "last_change": last,
        "audit_entries": restored.audit_entries,
    }
    text = f"{data}: from {restored.backup.label}, the last change is of {last or 'the copy itself'}."
    show(plain, text, as_json=as_json)


def _moment(text: str) -> datetime | None:
    if text == "latest":
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise UnreadableError("%(text)s is no moment: write it as 2026-05-01T08:30:00+08:00", text=text) from error
    if found.tzinfo is None:
        raise UnreadableError("%(text)s names no zone: write it as 2026-05-01T08:30:00+08:00", text=text)
    return found
