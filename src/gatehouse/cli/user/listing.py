"""`gatehouse user list`: who can sign in, and as what."""

from __future__ import annotations

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.store import open_store
from gatehouse.cli.streams import show


@click.command(
    "list",
    cls=Command,
    permission=OPERATOR,
    example="gatehouse user list --json",
    help="Show every account: its roles and port, whether it is open, and when it was last used.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def listing(as_json: bool) -> None:
    with open_store():
        from gatehouse.platform.models import User

        users = list(User.objects.prefetch_related("grants").order_by("username"))
    found = [
        {
            "username": user.get_username(),
            "roles": sorted(role.value for role in user.role_set),
            "port": user.port,
            "active": user.is_active,
            "last_sign_in": user.last_login.isoformat() if user.last_login else None,
        }
        for user in users
    ]
    lines = [
        f"{each['username']}  {', '.join(each['roles'])}  {each['port'] or 'all ports'}"  # type: ignore[arg-type]
        f"  {'open' if each['active'] else 'CLOSED'}  {each['last_sign_in'] or 'never signed in'}"
        for each in found
    ]
    show({"accounts": found}, "\n".join(lines) or "no accounts", as_json=as_json)
