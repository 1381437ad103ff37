"""`gatehouse gate`: e-Gates, their halls, and who may use them."""

from __future__ import annotations

from gatehouse.cli.command import LazyGroup

gate = LazyGroup(
    "gate",
    help="e-Gates: who may use them, and the halls that they stand in.",
    commands={
        "desk": "gatehouse.cli.gate.desk:desk",
        "eligible": "gatehouse.cli.gate.eligible:eligible",
        "enrolments": "gatehouse.cli.gate.enrolments:enrolments",
        "hall": "gatehouse.cli.gate.hall:hall",
        "lists": "gatehouse.cli.gate.lists:lists",
        "revoke": "gatehouse.cli.gate.revoke:revoke",
        "run": "gatehouse.cli.gate.run:run",
    },
)
