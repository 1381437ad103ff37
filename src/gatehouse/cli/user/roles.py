"""`gatehouse user roles`: what a person may do."""

from __future__ import annotations

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.store import open_store
from gatehouse.cli.streams import show
from gatehouse.cli.witness import witnessed
from gatehouse.platform.permissions import Role


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse user roles chen --role inspector --role second_line",
    help="Give USERNAME these roles and no others. It holds from their next page on.",
)
@click.argument("username")
@click.option("--role", "wanted", multiple=True, required=True, type=click.Choice([role.value for role in Role]))
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def roles(username: str, wanted: tuple[str, ...], as_json: bool) -> None:
    with open_store():
        from gatehouse.platform.accounts import roles_set

        with witnessed("platform.role_grant", user=f"user:{username}", roles=sorted(set(wanted))):
            added, taken = roles_set(username=username, roles=map(Role, wanted))
    done = {"username": username, "added": sorted(added), "taken": sorted(taken)}
    words = [*(f"+{role.value}" for role in sorted(added)), *(f"-{role.value}" for role in sorted(taken))]
    show(done, f"{username}: {' '.join(words) or 'as before'}", as_json=as_json)
