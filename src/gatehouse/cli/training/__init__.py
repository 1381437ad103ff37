"""`gatehouse training`: a house to learn on."""

from gatehouse.cli.command import LazyGroup

training = LazyGroup(
    "training",
    help="A house to learn on, apart from every other.",
    commands={
        "debrief": "gatehouse.cli.training.scenarios:debrief",
        "list": "gatehouse.cli.training.scenarios:listing",
        "load": "gatehouse.cli.training.scenarios:load",
        "reset": "gatehouse.cli.training.reset:reset",
    },
)
