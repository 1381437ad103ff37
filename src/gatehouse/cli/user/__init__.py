"""`gatehouse user`: the accounts of people."""

from gatehouse.cli.command import LazyGroup

user = LazyGroup(
    "user",
    help="The accounts of people.",
    commands={
        "close": "gatehouse.cli.user.close:close",
        "create": "gatehouse.cli.user.create:create",
        "list": "gatehouse.cli.user.listing:listing",
        "passphrase": "gatehouse.cli.user.passphrase:passphrase",
        "passkeys": "gatehouse.cli.user.passkeys:passkeys",
        "reopen": "gatehouse.cli.user.close:reopen",
        "reset": "gatehouse.cli.user.reset:reset",
        "roles": "gatehouse.cli.user.roles:roles",
        "sign-on": "gatehouse.cli.user.sign_on:sign_on",
        "unlock": "gatehouse.cli.user.unlock:unlock",
    },
)
