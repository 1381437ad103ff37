"""`gatehouse security posture`: what the system consists of, what is wrong with it, and what runs out."""

from __future__ import annotations

from gatehouse.cli.command import LazyGroup

posture = LazyGroup(
    "posture",
    help="Say what the system consists of, what is known to be wrong with it, and what runs out. Needs no network.",
    commands={
        "check": "gatehouse.cli.security.posture.check:check",
        "sbom": "gatehouse.cli.security.posture.sbom:sbom",
    },
)
