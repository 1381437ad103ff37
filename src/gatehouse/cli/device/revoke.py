"""`gatehouse device revoke`: end the token of a lane that was lost, sold or opened."""

from __future__ import annotations

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.store import open_store
from gatehouse.cli.streams import show
from gatehouse.cli.witness import witnessed
from gatehouse.kernel.clock import SystemClock


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse device revoke TPE-E01",
    help="Let the device NAME in no more, by token or certificate. Registered again, it gets a new token.",
)
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def revoke(name: str, as_json: bool) -> None:
    with open_store():
        from gatehouse.platform.services import device_revoke

        with witnessed("platform.device_revoke", device=name):
            device_revoke(clock=SystemClock(), name=name)
    show({"device": name, "active": False}, f"{name} is let in no more.", as_json=as_json)
