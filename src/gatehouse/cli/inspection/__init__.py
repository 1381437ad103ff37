"""`gatehouse inspection`: what inspections were like, without saying whose."""

from gatehouse.cli.command import LazyGroup

inspection = LazyGroup(
    "inspection",
    help="Take out the log of inspections by BSI TR-03135, and figures of operation.",
    commands={
        "log": "gatehouse.cli.inspection.log:log",
        "summary": "gatehouse.cli.inspection.summary:summary",
    },
)
