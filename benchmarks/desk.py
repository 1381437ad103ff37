"""What the agent of a desk adds to the reading of a chip: from the document's placing to the console's last message.

The same simulated chip is read by the terminal's procedure alone and through the agent: thread, watched transport,
progress messages, report, files in base64, and a real WebSocket to a console that reads everything. They take turns.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from statistics import median

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

from benchmarks.table import Row
from gatehouse.device.desk_ticket import issue, key_of_token
from gatehouse.documents.chip.reading import ReadingPolicy, attempt
from gatehouse.documents.chip.simulator import ChipImage, SimulatedChip
from gatehouse.kernel.clock import SystemClock
from gatehouse.simulation.holders import made_up_holder
from gatehouse.simulation.issuing import ChipKind, IssuedDocument, Issuer
from gatehouse.workstations.desk import Desk
from gatehouse.workstations.devices import (
    Arrived,
    Change,
    Device,
    DeviceInfo,
    DeviceKind,
    Observation,
    PageDone,
    Placed,
    ZoneRead,
)
from gatehouse.workstations.pairing import Pairing
from gatehouse.workstations.server import ConsoleServer
from gatehouse.workstations.settings import Reading
from gatehouse.workstations.telemetry import Spool

_RUNS, _ON = 15, date(2026, 11, 22)
_FILES = ("COM", "SOD", "DG1", "DG2")
_KEY, _DESK, _ORIGIN = key_of_token("bench"), "UTO-A1", Origin("http://127.0.0.1:8000")


def run() -> list[Row]:
    document = Issuer("UT", "UTO", seed=1, on=_ON, chips=ChipKind.BAC).personalise(made_up_holder("UTO", 7, on=_ON))
    alone, through, own = asyncio.run(_measured(document))
    what = "document read at a desk, BAC, to the console"
    return [Row(what, f"{through:.0f} ms", f"the procedure alone: {alone:.0f} ms", f"+{own:.0f} ms", "+50 ms")]


async def _measured(document: IssuedDocument) -> tuple[float, float, float]:
    """Medians in milliseconds: the procedure alone, through the agent, and of their differences."""
    policy, image = ReadingPolicy(files=_FILES), document.image
    alone, through = [], []
    async with _desk(document, policy) as (page, console):
        for _ in range(_RUNS + 1):
            begin = time.perf_counter()
            attempt(SimulatedChip(image), image.mrz, policy=policy)
            alone.append(1000 * (time.perf_counter() - begin))
            begin = time.perf_counter()
            page.place()
            while json.loads(await console.recv())["type"] != "document_read":
                pass
            through.append(1000 * (time.perf_counter() - begin))
    pairs = list(zip(alone, through, strict=True))[1:]  # the first warms up
    return (
        median(one for one, _ in pairs),
        median(other for _, other in pairs),
        median(other - one for one, other in pairs),
    )


@asynccontextmanager
async def _desk(document: IssuedDocument, policy: ReadingPolicy) -> AsyncIterator[tuple[_Page, ClientConnection]]:
    server = ConsoleServer(pairing=Pairing(_DESK, _KEY), agent="bench", origins=(_ORIGIN,), clock=SystemClock())
    page = _Page("\n".join(document.mrz_lines))
    desk = Desk(
        name=_DESK,
        agent="bench",
        drivers=(_Plugs(page, _Chip(document.image)),),
        read_chip=lambda transport, key, **more: attempt(transport, key, policy=policy, **more),
        reading=Reading(),
        spool=Spool(None, most_bytes=0),
        clock=SystemClock(),
        publish=server.publish,
    )
    server.desk = desk
    async with await server.start(0):
        work = asyncio.create_task(desk.run())
        url = f"ws://127.0.0.1:{server.port}"
        async with connect(url, origin=_ORIGIN, max_size=None, compression=None) as console:
            challenge = json.loads(await console.recv())["challenge"]
            here = {"desk": _DESK, "challenge": challenge, "origin": _ORIGIN, "port": server.port}
            ticket = issue(_KEY, **here, officer="bench", now=SystemClock().now()).ticket
            await console.send(json.dumps({"type": "authenticate", "protocol": 1, "ticket": ticket}))
            while len(desk.devices) < 2:
                await asyncio.sleep(0.01)
            yield page, console
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)


class _Page(Device):
    def __init__(self, zone: str) -> None:
        super().__init__(DeviceInfo("page", DeviceKind.PAGE_READER, "page", "bench"))
        self._seen: asyncio.Queue[Observation] = asyncio.Queue()
        self._zone = zone

    def place(self) -> None:
        for seen in (Placed(), ZoneRead(self._zone), PageDone()):
            self._seen.put_nowait(seen)

    async def observe(self) -> AsyncIterator[Observation]:
        while True:
            yield await self._seen.get()


class _Link:
    def __init__(self, chip: SimulatedChip) -> None:
        self.transmit = chip.transmit

    def close(self) -> None:
        """Nothing holds on to it."""


class _Chip(Device):
    def __init__(self, image: ChipImage) -> None:
        super().__init__(DeviceInfo("chip", DeviceKind.CHIP_READER, "chip", "bench"))
        self._image = image

    async def connect(self) -> _Link:
        return _Link(SimulatedChip(self._image))


class _Plugs:
    name = "bench"

    def __init__(self, *devices: Device) -> None:
        self._devices = devices

    async def watch(self) -> AsyncIterator[Change]:
        for device in self._devices:
            yield Arrived(device)
        await asyncio.Event().wait()
