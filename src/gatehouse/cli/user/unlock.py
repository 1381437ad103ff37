"""`gatehouse user unlock`: end the wait of a name that was tried too often."""

from __future__ import annotations

import json

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.store import open_store
from gatehouse.cli.witness import witnessed


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse user unlock chen",
    help="Let USERNAME try to sign in at once, after too many wrong passwords.",
)
@click.argument("username")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def unlock(username: str, as_json: bool) -> None:
    with open_store():
        from gatehouse.platform.sign_in import sign_in_unlock

        with witnessed("platform.sign_in_unlock", user=f"user:{username}"):
            tries = sign_in_unlock(username=username)
    said = f"{username} may try at once; {tries} tries are forgotten."
    click.echo(json.dumps({"username": username, "tries": tries}) if as_json else said)
