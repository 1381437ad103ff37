"""`gatehouse indicator`: what is measured of the agency, and how."""

from gatehouse.cli.command import LazyGroup

indicator = LazyGroup(
    "indicator",
    help="What is measured of the agency, and how.",
    commands={
        "list": "gatehouse.cli.indicator.listing:listing",
        "show": "gatehouse.cli.indicator.show:show",
    },
)
