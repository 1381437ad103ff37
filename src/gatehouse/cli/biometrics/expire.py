"""`gatehouse biometrics expire`: erase what may be kept no longer."""

from __future__ import annotations

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.store import open_store
from gatehouse.cli.streams import show


@click.command(cls=Command, permission=OPERATOR, example="gatehouse biometrics expire --json")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def expire(as_json: bool) -> None:
    """Erase the biometrics of everybody whose last capture is past the term of the profile's law/biometrics.yaml.

    Exit code 1 where the profile knows no term.
    """
    with open_store():
        from gatehouse.kernel.clock import SystemClock
        from gatehouse.platform.actors import Actor
        from gatehouse.travellers.api import biometrics_expire

        persons = biometrics_expire(clock=SystemClock(), officer=Actor.system("cli"))
    show({"persons": persons}, f"Erased the biometrics of {persons} persons.", as_json=as_json)
