"""`gatehouse device`: the lanes and desks that speak to the machine API."""

from gatehouse.cli.command import LazyGroup

device = LazyGroup(
    "device",
    help="The lanes and desks that speak to the machine API.",
    commands={
        "register": "gatehouse.cli.device.register:register",
        "revoke": "gatehouse.cli.device.revoke:revoke",
    },
)
