"""`gatehouse report`: the agency's annual report."""

from gatehouse.cli.command import LazyGroup

report = LazyGroup(
    "report",
    help="The agency's annual report on its plans and indicators.",
    commands={
        "audit": "gatehouse.cli.report.audit:audit",
        "build": "gatehouse.cli.report.build:build",
        "load": "gatehouse.cli.report.load:load",
        "publish": "gatehouse.cli.report.publish:publish",
    },
)
