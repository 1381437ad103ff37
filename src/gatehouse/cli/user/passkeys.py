"""`gatehouse user passkeys`: the passkeys of a person, and the end of one that was lost."""

from __future__ import annotations

from uuid import UUID

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.store import open_store
from gatehouse.cli.streams import show
from gatehouse.cli.witness import witnessed
from gatehouse.kernel.errors import NotFoundError


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse user passkeys chen",
    help="Show the passkeys of USERNAME, or remove one that was lost: they sign in by other means and add another.",
)
@click.argument("username")
@click.option("--remove", "lost", type=click.UUID, metavar="ID", help="The passkey that is to open nothing any more.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def passkeys(username: str, lost: UUID | None, as_json: bool) -> None:
    with open_store():
        from gatehouse.platform.models import User
        from gatehouse.platform.passkeys import passkey_remove

        user = User.objects.filter(username=username).first()
        if user is None:
            raise NotFoundError("there is no account %(name)s", name=username)
        if lost is not None:
            with witnessed("platform.passkey_remove", user=f"user:{username}", passkey=str(lost)):
                name = passkey_remove(username=username, passkey=lost)
            done = {"username": username, "removed": str(lost), "name": name}
            show(done, f"The passkey “{name}” of {username} opens nothing any more.", as_json=as_json)
            return
        kept = [
            {
                "id": str(each.pk),
                "name": each.name,
                "added_at": each.added_at.isoformat(timespec="seconds"),
                "used_at": each.used_at.isoformat(timespec="seconds") if each.used_at else None,
            }
            for each in user.passkeys.all()
        ]
    lines = [f"{each['id']}  {each['name']}  used {each['used_at'] or 'never'}" for each in kept]
    show({"username": username, "passkeys": kept}, "\n".join(lines) or "no passkeys", as_json=as_json)
