"""`gatehouse audit answer`: tell a person who looked at their records, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.store import open_store
from gatehouse.cli.streams import show
from gatehouse.kernel.clock import SystemClock

if TYPE_CHECKING:
    from gatehouse.audit.api import AnsweredLook


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse audit answer 0193… --reason 'letter of 3 November 2026' --json",
)
@click.argument("traveller", type=click.UUID)
@click.option("--reason", required=True, help="Which request this answers; it stands in the log.")
@click.option("--lift", is_flag=True, help="Tell also of looks for law enforcement, where the authority lets you.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def answer(traveller: UUID, reason: str, lift: bool, as_json: bool) -> int:
    """List every look at the record of TRAVELLER: when, where, for which purpose, which kinds of data.

    Which officer looked is not told: the authority answers for them. Each look names its leaf, whose proof stands in
    `gatehouse audit export`. How many looks are withheld is said on standard error, to you alone.
    """
    with open_store():
        from gatehouse.audit.api import RESTRICTED, person_answer
        from gatehouse.platform.actors import Actor
        from gatehouse.platform.profile import profile

        found = person_answer(
            clock=SystemClock(),
            reader=Actor.system("command_line"),
            subject=str(traveller),
            reason=reason,
            lifted=RESTRICTED if lift else (),
        )
        authority = profile().agency.name
    if found.withheld:
        click.echo(f"gatehouse: {found.withheld} looks are withheld", err=True)
    document = {
        "traveller": str(traveller),
        "authority": authority,
        "looks": [as_document(look) for look in found.looks],
    }
    lines = [
        f"{look.at.isoformat(timespec='seconds')}  {look.purpose.value}  {look.site or '-'}  {', '.join(look.shown)}"
        for look in found.looks
    ]
    show(document, "\n".join(lines) or "the log has no look at this record", as_json=as_json)
    return 0


def as_document(look: AnsweredLook) -> dict[str, object]:
    return {
        "at": look.at.isoformat(),
        "purpose": look.purpose.value,
        "site": look.site,
        "shown": list(look.shown),
        "searched_by": list(look.searched_by),
        "leaf": str(look.leaf),
        "index": look.index,
    }
