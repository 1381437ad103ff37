"""The agent as a program: settings and drivers in, a desk and its WebSocket out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from functools import partial

from gatehouse import __version__
from gatehouse.documents.chip.reading import ReadingPolicy, attempt
from gatehouse.kernel.clock import Clock, SystemClock
from gatehouse.workstations.desk import Desk
from gatehouse.workstations.pairing import Pairing
from gatehouse.workstations.registry import Factory, drivers
from gatehouse.workstations.server import ConsoleServer
from gatehouse.workstations.settings import Settings
from gatehouse.workstations.telemetry import Spool
from gatehouse.workstations.telling import keep_telling

AGENT = f"gatehouse-workstation/{__version__}"


async def run(
    settings: Settings,
    *,
    given: Mapping[str, Factory],
    started: Callable[[str, int], None] = lambda desk, port: None,
    clock: Clock | None = None,
) -> None:
    """Serve the desk until this is cancelled. `given` are drivers of the composition, `started` hears desk and port.

    Raises `UnreadableError` for a pairing, a driver or a port that cannot be used; nothing was started then.
    """
    clock = clock or SystemClock()
    pairing = Pairing.load(settings.pairing)
    found = tuple(drivers(settings.drivers, given))
    policy = ReadingPolicy(
        files=settings.reading.files,
        bac_after_failed_pace=settings.reading.bac_after_failed_pace,
        seconds=settings.reading.longest_s,
    )
    server = ConsoleServer(pairing=pairing, agent=AGENT, origins=settings.origins, clock=clock)
    desk = Desk(
        name=pairing.desk,
        agent=AGENT,
        drivers=found,
        read_chip=partial(attempt, policy=policy),
        reading=settings.reading,
        spool=Spool(settings.telemetry.spool, most_bytes=settings.telemetry.spool_kib * 1024),
        clock=clock,
        publish=server.publish,
    )
    server.desk = desk
    async with await server.start(settings.port):
        started(pairing.desk, server.port)
        async with asyncio.TaskGroup() as group:
            group.create_task(desk.run())
            group.create_task(desk.heartbeat(settings.telemetry.heartbeat_s))
            if settings.telemetry.centre is not None:
                group.create_task(keep_telling(desk.spool, pairing, settings.telemetry, settings.identity, clock=clock))
