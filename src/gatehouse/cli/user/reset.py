"""`gatehouse user reset`: a password for who forgot theirs."""

from __future__ import annotations

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.store import open_store
from gatehouse.cli.streams import show
from gatehouse.cli.user.passwords import require_good
from gatehouse.cli.witness import witnessed


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse user reset chen",
    help="Give USERNAME a password with which they choose another; it is asked for, and every session of theirs ends.",
)
@click.argument("username")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def reset(username: str, as_json: bool) -> None:
    password = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    with open_store():
        from gatehouse.platform.accounts import password_reset

        require_good(password)
        with witnessed("platform.password_reset", user=f"user:{username}"):
            password_reset(username=username, password=password)
    done = {"username": username, "must_change_password": True}
    show(done, f"{username} signs in with it and chooses another.", as_json=as_json)
