"""`gatehouse device`: the lanes and desks that speak to the machine API."""

from gatehouse.cli.command import LazyGroup

device = LazyGroup(
    "device",
    help="The lanes, desks and handhelds that speak to the machine API.",
    commands={
        "bundle": "gatehouse.cli.device.bundle:bundle",
        "ca": "gatehouse.cli.device.ca:ca",
        "certificates": "gatehouse.cli.device.certificates:certificates",
        "ledgers": "gatehouse.cli.device.ledgers:ledgers",
        "register": "gatehouse.cli.device.register:register",
        "revoke": "gatehouse.cli.device.revoke:revoke",
    },
)
