"""`gatehouse workstation`: the programs of a desk."""

from gatehouse.cli.command import LazyGroup

workstation = LazyGroup(
    "workstation",
    help="The programs of a desk.",
    commands={"agent": "gatehouse.cli.workstation.agent:agent"},
)
