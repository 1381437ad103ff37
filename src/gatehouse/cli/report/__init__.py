"""`gatehouse report`: the annual performance report."""

from gatehouse.cli.command import LazyGroup

report = LazyGroup(
    "report",
    help="The annual performance report: its records, its editions, and what is wrong with a published one.",
    commands={
        "load": "gatehouse.cli.report.load:load",
        "publish": "gatehouse.cli.report.publish:publish",
    },
)
