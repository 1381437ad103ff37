"""`gatehouse backup`: copies of the database, and the way back to a moment."""

from __future__ import annotations

from gatehouse.cli.command import LazyGroup

backup = LazyGroup(
    "backup",
    help="Copies of the database, the way back to any moment since, and what is missing after it.",
    commands={
        "create": "gatehouse.cli.backup.create:create",
        "list": "gatehouse.cli.backup.listing:listing",
        "receive": "gatehouse.cli.backup.receive:receive",
        "reconcile": "gatehouse.cli.backup.reconcile:reconcile",
        "restore": "gatehouse.cli.backup.restore:restore",
        "verify": "gatehouse.cli.backup.verify:verify",
    },
)
