"""`gatehouse security`: what goes wrong in and around the inspection system."""

from __future__ import annotations

from gatehouse.cli.command import LazyGroup

security = LazyGroup(
    "security",
    help="Find what goes wrong in and around the inspection system, by Sigma rules.",
    commands={
        "detect": "gatehouse.cli.security.detect:detect",
        "normalise": "gatehouse.cli.security.normalise:normalise",
        "posture": "gatehouse.cli.security.posture:posture",
        "alerts": "gatehouse.cli.security.alerts:alerts",
        "rules": "gatehouse.cli.security.rules:rules",
        "watch": "gatehouse.cli.security.watch:watch",
    },
)
