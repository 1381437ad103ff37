"""`gatehouse user list`: who can sign in, and as what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.store import open_store
from gatehouse.cli.streams import show

if TYPE_CHECKING:
    from gatehouse.platform.models import User


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
    show(
        {"accounts": [as_document(user) for user in users]},
        "\n".join(map(_line, users)) or "no accounts",
        as_json=as_json,
    )


def as_document(user: User) -> dict[str, object]:
    return {
        "username": user.get_username(),
        "roles": sorted(role.value for role in user.role_set),
        "port": user.port,
        "active": user.is_active,
        "last_sign_in": user.last_login.isoformat() if user.last_login else None,
    }


def _line(user: User) -> str:
    used = user.last_login.isoformat(timespec="seconds") if user.last_login else "never signed in"
    roles = ", ".join(sorted(role.value for role in user.role_set))
    state = "open" if user.is_active else "CLOSED"
    return f"{user.get_username()}  {roles}  {user.port or 'all ports'}  {state}  {used}"
