"""`gatehouse workstation`: the programs of a desk and of a handheld."""

from gatehouse.cli.command import LazyGroup

workstation = LazyGroup(
    "workstation",
    help="The programs of a desk and of a handheld.",
    commands={
        "agent": "gatehouse.cli.workstation.agent:agent",
        "deliver": "gatehouse.cli.workstation.deliver:deliver",
        "mobile": "gatehouse.cli.workstation.mobile:mobile",
    },
)
