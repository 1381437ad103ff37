"""`gatehouse user sign-on`: whom of the agency's sign-on an account belongs to."""

from __future__ import annotations

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.store import open_store
from gatehouse.cli.streams import show
from gatehouse.cli.witness import witnessed


@click.command(
    "sign-on",
    cls=Command,
    permission=OPERATOR,
    example="gatehouse user sign-on chen --forget",
    help="Show whom of the agency's sign-on USERNAME is tied to, or untie it: the next who comes by this name is tied.",
)
@click.argument("username")
@click.option("--forget", is_flag=True, help="Untie the account.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def sign_on(username: str, forget: bool, as_json: bool) -> None:
    with open_store():
        from gatehouse.platform.models import SignOn
        from gatehouse.platform.sign_on import sign_on_forget

        if forget:
            with witnessed("platform.sign_on_forget", user=f"user:{username}"):
                subject = sign_on_forget(username=username)
            done = {"username": username, "forgotten": subject}
            show(done, f"{username} is tied to nobody of the agency's sign-on any more.", as_json=as_json)
            return
        tied = SignOn.objects.filter(user__username=username).first()
    known = {"issuer": tied.issuer, "subject": tied.subject} if tied else None
    said = f"{username} is {tied.subject} of {tied.issuer}" if tied else f"{username} is tied to nobody"
    show({"username": username, "tied": known}, said, as_json=as_json)
