"""`gatehouse gate`: e-Gates, their halls, and who may use them."""

from __future__ import annotations

from gatehouse.cli.command import LazyGroup

gate = LazyGroup(
    "gate",
    help="e-Gates: the halls that they stand in.",
    commands={
        "hall": "gatehouse.cli.gate.hall:hall",
    },
)
