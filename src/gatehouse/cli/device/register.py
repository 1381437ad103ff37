"""`gatehouse device register`: give a lane the token by which the centre knows it."""

from __future__ import annotations

import json

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.store import open_store
from gatehouse.cli.witness import witnessed


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse device register TPE-E01 --port TPE",
    help="Register the device NAME and print its token, once. Registered again, the old token ends.",
)
@click.argument("name")
@click.option("--port", required=True, help="The port where the device stands.")
@click.option("--json", "as_json", is_flag=True, help="Print the token as JSON.")
def register(name: str, port: str, as_json: bool) -> None:
    with open_store():
        from gatehouse.platform.services import device_register

        with witnessed("platform.device_register", site=port, device=name):
            token = device_register(name=name, port=port)
    click.echo(json.dumps({"device": name, "port": port, "token": token}) if as_json else token)
