"""`gatehouse user passphrase`: let an officer sign on at devices without the centre."""

from __future__ import annotations

import json

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.store import open_store
from gatehouse.cli.witness import witnessed
from gatehouse.kernel.clock import SystemClock


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse user passphrase chen",
    help="Set the passphrase of USERNAME for devices without the centre; it is asked for, and not kept.",
)
@click.argument("username")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def passphrase(username: str, as_json: bool) -> None:
    """It counts from the next bundle on."""
    given = click.prompt("Passphrase", hide_input=True, confirmation_prompt=True, err=True)
    with open_store():
        from gatehouse.platform.services import offline_passphrase_set

        with witnessed("platform.passphrase_set", user=f"user:{username}"):
            offline_passphrase_set(clock=SystemClock(), username=username, passphrase=given)
    said = f"{username} can sign on with bundles issued from now on."
    click.echo(json.dumps({"username": username, "passphrase": True}) if as_json else said)
