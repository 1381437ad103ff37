"""`gatehouse training`: a house to learn on."""

from gatehouse.cli.command import LazyGroup

training = LazyGroup(
    "training",
    help="A house to learn on, apart from every other.",
    commands={"reset": "gatehouse.cli.training.reset:reset"},
)
