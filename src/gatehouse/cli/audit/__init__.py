"""`gatehouse audit`: prove that the log of what was done and looked at is whole."""

from gatehouse.cli.command import LazyGroup

audit = LazyGroup(
    "audit",
    help="Prove that the log of what was done and looked at is whole.",
    commands={
        "answer": "gatehouse.cli.audit.answer:answer",
        "acts": "gatehouse.cli.audit.acts:acts",
        "export": "gatehouse.cli.audit.export:export",
        "sequence": "gatehouse.cli.audit.sequence:sequence",
        "verify": "gatehouse.cli.audit.verify:verify",
    },
)
