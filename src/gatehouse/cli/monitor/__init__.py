"""`gatehouse monitor`: how the equipment is."""

from __future__ import annotations

from gatehouse.cli.command import LazyGroup

monitor = LazyGroup(
    "monitor",
    help="Ask the equipment how it is.",
    commands={
        "canary": "gatehouse.cli.monitor.canary:canary",
        "incidents": "gatehouse.cli.monitor.incidents:incidents",
        "notify": "gatehouse.cli.monitor.notify:notify",
        "poll": "gatehouse.cli.monitor.poll:poll",
        "rules": "gatehouse.cli.monitor.rules:rules",
        "run": "gatehouse.cli.monitor.run:run",
        "watchdog": "gatehouse.cli.monitor.watchdog:watchdog",
    },
)
