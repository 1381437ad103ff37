"""`gatehouse user create`: the first accounts of an installation."""

from __future__ import annotations

import json

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.store import open_store
from gatehouse.cli.user.passwords import require_good
from gatehouse.cli.witness import witnessed
from gatehouse.platform.permissions import Role


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse user create chen --role inspector --port TPE --full-name 陳怡君",
    help="Create the account USERNAME; the password is asked for, and changed at the first sign-in.",
)
@click.argument("username")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice([role.value for role in Role]))
@click.option("--full-name", default="", help="The name as colleagues write it.")
@click.option("--port", default="", help="The port of duty; empty for all.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def create(*, username: str, roles: tuple[str, ...], full_name: str, port: str, as_json: bool) -> None:
    password = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    with open_store():
        from gatehouse.platform.services import user_create

        require_good(password)
        with witnessed("platform.user_create", user=f"user:{username}", roles=list(roles), port=port):
            user_create(
                username=username,
                password=password,
                roles=map(Role, roles),
                full_name=full_name,
                port=port,
                must_change_password=True,
            )
    done = {"username": username, "roles": list(roles), "port": port}
    click.echo(json.dumps(done) if as_json else f"{username} can sign in as {', '.join(roles)}.")
