"""`gatehouse migrate`: bring the tables of the database up to date, or say what that would do."""

from __future__ import annotations

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.store import migrate as bring_up_to_date
from gatehouse.cli.store import missing, open_store


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="DATABASE_URL=postgresql://… GATEHOUSE_SECRET_KEY=… gatehouse migrate --check",
)
@click.option("--check", is_flag=True, help="Change nothing: say which migrations are missing. Exit code 1 if any is.")
def migrate(check: bool) -> int:
    """Bring the tables of the database up to date."""
    with open_store(migrating=True):
        absent = missing() if check else []
        if not check:
            bring_up_to_date()
    if absent:
        click.echo("\n".join(("Missing in the database, in this order:", *(f"  {name}" for name in absent))))
        return 1
    click.echo("The tables are up to date.")
    return 0
