"""`gatehouse gate revoke`: a person withdraws their enrolment."""

from __future__ import annotations

from uuid import UUID

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.store import open_store
from gatehouse.cli.streams import show


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse gate revoke 01920000-0000-7000-8000-000000000000 --reason 'withdrawn at the service station'",
)
@click.argument("traveller", type=click.UUID)
@click.option("--reason", required=True, help="Why; it is kept in the audit tree.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def revoke(traveller: UUID, reason: str, as_json: bool) -> None:
    """Destroy the key of the face that the person TRAVELLER enrolled: nobody can read it any more.

    From the next lists on no lane takes them for enrolled. Exit code 1 where they are not enrolled.
    """
    with open_store():
        from gatehouse.kernel.clock import SystemClock
        from gatehouse.platform.actors import Actor
        from gatehouse.travellers.api import enrolment_revoke

        enrolment_revoke(clock=SystemClock(), officer=Actor.system("cli"), traveller=traveller, reason=reason)
    show({"traveller": str(traveller), "revoked": True}, f"{traveller} is enrolled no more.", as_json=as_json)
