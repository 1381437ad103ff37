"""`gatehouse user close` and `reopen`: whether a person is let in."""

from __future__ import annotations

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.store import open_store
from gatehouse.cli.streams import show
from gatehouse.cli.witness import witnessed


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse user close chen",
    help="Let USERNAME in no more; what they have open ends with its next page.",
)
@click.argument("username")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def close(username: str, as_json: bool) -> None:
    with open_store():
        from gatehouse.platform.accounts import user_close

        with witnessed("platform.user_close", user=f"user:{username}"):
            user_close(username=username)
    show({"username": username, "active": False}, f"{username} is let in no more.", as_json=as_json)


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse user reopen chen",
    help="Let USERNAME in again.",
)
@click.argument("username")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def reopen(username: str, as_json: bool) -> None:
    with open_store():
        from gatehouse.platform.accounts import user_reopen

        with witnessed("platform.user_reopen", user=f"user:{username}"):
            user_reopen(username=username)
    show({"username": username, "active": True}, f"{username} is let in again.", as_json=as_json)
