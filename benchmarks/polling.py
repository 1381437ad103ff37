"""A sweep of 1,000 simulated switches, 50 of them silent, beside a plain loop of the same library over 40 of them.

Aim: under 5 s on one core. Of the loop 40 switches with two silent ones are timed, and the figure is for 1,000.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from datetime import UTC, datetime

from benchmarks.table import Row
from gatehouse.kernel.clock import FixedClock
from gatehouse.monitoring.polling.asking import Asker
from gatehouse.monitoring.polling.config import Polling
from gatehouse.monitoring.polling.sweep import sweep

SWITCHES, DEAD_EACH, LOOPED = 1000, 20, 40


def run() -> list[Row]:
    command = [sys.executable, "-m", "tests.monitoring.polling.agents", str(SWITCHES), str(DEAD_EACH)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as agents:
        assert agents.stdin is not None
        assert agents.stdout is not None
        ports = agents.stdout.readline().split()
        targets = [
            {"device": f"S{number}", "host": "127.0.0.1", "port": int(port), "interfaces": [1, 2]}
            for number, port in enumerate(ports)
        ]
        polling = Polling.model_validate({"targets": targets})
        ours = asyncio.run(sweep(polling, {}, clock=FixedClock(datetime(2026, 1, 1, tzinfo=UTC))))
        loop = asyncio.run(_loop(polling)) * SWITCHES / LOOPED
        agents.stdin.close()
    if ours.answered != SWITCHES - SWITCHES // DEAD_EACH:
        msg = f"{ours.answered} devices answered"
        raise ValueError(msg)
    return [
        Row(
            f"sweep of {SWITCHES:,} switches, {SWITCHES // DEAD_EACH} silent",
            f"{ours.seconds:.2f} s",
            f"one after the other: {loop:.0f} s",
            f"{loop / ours.seconds:.0f} times",
        )
    ]


async def _loop(polling: Polling) -> float:
    asker = Asker(timeout_s=polling.timeout_s, retries=polling.retries)
    began = time.monotonic()
    for target in polling.targets[:LOOPED]:
        await asker.ask(target)
    taken = time.monotonic() - began
    await asker.close()
    return taken
