"""`gatehouse user`: the accounts of people."""

from gatehouse.cli.command import LazyGroup

user = LazyGroup(
    "user",
    help="The accounts of people.",
    commands={
        "create": "gatehouse.cli.user.create:create",
        "passphrase": "gatehouse.cli.user.passphrase:passphrase",
        "unlock": "gatehouse.cli.user.unlock:unlock",
    },
)
