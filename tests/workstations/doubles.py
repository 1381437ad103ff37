"""Devices, chips and drivers that do what a test tells them, and a desk made of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from gatehouse.documents.chip.access import AccessKey
from gatehouse.documents.chip.apdu import Transport
from gatehouse.documents.chip.reading import ChipReading
from gatehouse.kernel.clock import FixedClock
from gatehouse.kernel.results import Check, Reason, Result
from gatehouse.workstations.chip import ReadChip
from gatehouse.workstations.desk import Desk
from gatehouse.workstations.devices import (
    Arrived,
    Change,
    Device,
    DeviceGoneError,
    DeviceInfo,
    DeviceKind,
    Left,
    Observation,
    Placed,
)
from gatehouse.workstations.messages import FromAgent
from gatehouse.workstations.settings import Reading
from gatehouse.workstations.telemetry import Spool

NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
ZONE = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"


class Page(Device):
    """A page reader at which happens what is put into `seen`; None unplugs it."""

    def __init__(self, id_: str = "page") -> None:
        super().__init__(DeviceInfo(id_, DeviceKind.PAGE_READER, "Page reader", "double"))
        self.seen: asyncio.Queue[Observation | None] = asyncio.Queue()
        self.lit = 0

    async def ready(self) -> None:
        self.lit += 1

    async def observe(self) -> AsyncIterator[Observation]:
        while (seen := await self.seen.get()) is not None:
            yield seen
        raise DeviceGoneError("%(device)s was unplugged", device=self.info.name)


@dataclass
class Link:
    """A chip that answers every command with what `answer` says."""

    answer: Callable[[bytes], bytes] = lambda _: b"\x90\x00"
    closed: int = 0

    def transmit(self, command: bytes) -> bytes:
        return self.answer(command)

    def close(self) -> None:
        self.closed += 1


class ChipReader(Device):
    def __init__(self, link: Link | None, id_: str = "chip") -> None:
        super().__init__(DeviceInfo(id_, DeviceKind.CHIP_READER, "Chip reader", "double"))
        self.link = link

    async def self_test(self) -> Check:
        return Check("self_test", Result.SUCCESSFUL, Reason("it answers"))

    async def connect(self) -> Link | None:
        return self.link


class Camera(Device):
    def __init__(self, picture: bytes = b"\xff\xd8\xff a face") -> None:
        super().__init__(DeviceInfo("camera", DeviceKind.CAMERA, "Camera", "double"))
        self.picture = picture

    async def capture(self) -> bytes:
        return self.picture


class Plugs:
    """A driver whose devices a test plugs in and out."""

    name = "double"

    def __init__(self, *devices: Device) -> None:
        self.changes: asyncio.Queue[Change] = asyncio.Queue()
        for device in devices:
            self.plug(device)

    def plug(self, device: Device) -> None:
        self.changes.put_nowait(Arrived(device))

    def unplug(self, id_: str) -> None:
        self.changes.put_nowait(Left(id_))

    async def watch(self) -> AsyncIterator[Change]:
        while True:
            yield await self.changes.get()


def found(**changed: Any) -> ChipReading:
    """What a reading of a small chip gives."""
    whole: dict[str, Any] = {
        "files": {"COM": b"\x60\x00", "SOD": b"\x77\x00"},
        "access": "BAC",
        "checks": (),
        "events": (),
        "timings_ms": {"access": 20.0},
    }
    return ChipReading(**{**whole, **changed})


def reads(reading: ChipReading | None = None, *, commands: int = 1) -> ReadChip:
    """A `ReadChip` that sends so many commands and then has found this."""

    def read(transport: Transport, key: AccessKey | None, **_: Any) -> ChipReading:
        for _number in range(commands):
            transmit(transport)
        return reading or found()

    return read


def transmit(transport: Transport) -> bytes:
    return transport.transmit(b"\x00\x84\x00\x00\x08")


def desk_of(*devices: Device, read: ReadChip | None = None, said: list[FromAgent] | None = None) -> tuple[Desk, Plugs]:
    """A desk of these devices; what it publishes is collected in `said`."""
    plugs = Plugs(*devices)
    heard: list[FromAgent] = said if said is not None else []
    desk = Desk(
        name="TPE-A12",
        agent="agent/1",
        drivers=(plugs,),
        read_chip=read or reads(),
        reading=Reading(longest_s=5),
        spool=Spool(None, most_bytes=0),
        clock=FixedClock(NOW),
        publish=heard.append,
    )
    return desk, plugs


async def until(condition: Callable[[], object], *, within_s: float = 5.0) -> None:
    """Wait for something that will be so; the test fails where it is not in time."""
    async with asyncio.timeout(within_s):
        while not condition():
            await asyncio.sleep(0.002)


@asynccontextmanager
async def running(desk: Desk) -> Any:
    task = asyncio.create_task(desk.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def types(said: list[FromAgent]) -> list[str]:
    return [message.type for message in said if message.type != "device_arrived"]


def place(page: Page, *seen: Any) -> None:
    for each in (Placed(), *seen):
        page.seen.put_nowait(each)
