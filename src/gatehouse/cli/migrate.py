"""`gatehouse migrate`: bring the tables of the database up to date."""

from __future__ import annotations

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.store import migrate as bring_up_to_date
from gatehouse.cli.store import open_store


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="DATABASE_URL=postgresql://… GATEHOUSE_SECRET_KEY=… gatehouse migrate",
    help="Bring the tables of the database up to date.",
)
def migrate() -> None:
    with open_store(migrating=True):
        bring_up_to_date()
    click.echo("The tables are up to date.")
