"""`gatehouse biometrics erase`: make what was captured of a person unreadable."""

from __future__ import annotations

from uuid import UUID

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.store import open_store
from gatehouse.cli.streams import show


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse biometrics erase 01920000-0000-7000-8000-000000000000 --reason 'asked for by the person'",
)
@click.argument("traveller", type=click.UUID)
@click.option("--reason", required=True, help="Why; it is kept in the audit tree.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def erase(traveller: UUID, reason: str, as_json: bool) -> None:
    """Destroy the key of the person TRAVELLER: nothing biometric that was kept of them until now can be read any more.

    Copies of the database from before hold the wrapped key still: they need an end of their own. Exit code 1 where
    nothing of the person is kept.
    """
    with open_store():
        from gatehouse.kernel.clock import SystemClock
        from gatehouse.platform.actors import Actor
        from gatehouse.travellers.api import biometrics_erase

        biometrics_erase(clock=SystemClock(), officer=Actor.system("cli"), traveller=traveller, reason=reason)
    done = f"What was captured of {traveller} can be read no more."
    show({"traveller": str(traveller), "erased": True}, done, as_json=as_json)
