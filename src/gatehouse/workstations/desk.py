"""The devices of one desk, as they come and go, and the document that lies there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

from gatehouse.device.reading_report import ReportedCheck
from gatehouse.documents.chip.access import CanKey
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import GatehouseError, NotFoundError, RefusedError
from gatehouse.kernel.results import Check, Result
from gatehouse.workstations import messages
from gatehouse.workstations.boarding_pass import boarding_pass_of
from gatehouse.workstations.chip import ReadChip
from gatehouse.workstations.devices import (
    Arrived,
    Device,
    DeviceGoneError,
    DeviceKind,
    Driver,
    Observation,
    Placed,
    Removed,
    SymbolRead,
)
from gatehouse.workstations.document import Document
from gatehouse.workstations.messages import DeviceState, FromAgent
from gatehouse.workstations.settings import Reading
from gatehouse.workstations.telemetry import Record, RecordKind, Spool

#: A self-test that takes longer has failed.
_TEST_S = 10.0


@dataclass
class _Plugged:
    device: Device
    watching: asyncio.Task[None] | None = None
    health: Check | None = None

    @property
    def state(self) -> DeviceState:
        info = self.device.info
        health = ReportedCheck.of(self.health) if self.health else None
        return DeviceState(id=info.id, kind=info.kind, name=info.name, health=health)


@dataclass
class Desk:
    """`publish` gets every message for the console, in order."""

    name: str
    agent: str
    drivers: Sequence[Driver]
    read_chip: ReadChip
    reading: Reading
    spool: Spool
    clock: Clock
    publish: Callable[[FromAgent], None]
    #: The document on the reader, or the last one, until a console took it or its time is over.
    document: Document | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self._plugged: dict[str, _Plugged] = {}
        self._forgetting: asyncio.TimerHandle | None = None
        self._awaited = False

    async def run(self) -> None:
        """Follow the drivers until this is cancelled."""
        try:
            async with asyncio.TaskGroup() as group:
                for driver in self.drivers:
                    group.create_task(self._follow(driver))
        finally:
            await self._close()

    @property
    def devices(self) -> tuple[DeviceState, ...]:
        return tuple(plugged.state for plugged in self._plugged.values())

    async def await_document(self) -> None:
        """The console waits for the next document. One that nobody took yet is that document."""
        if self.document is not None:
            return
        self._awaited = True
        for plugged in list(self._plugged.values()):
            await _quietly(plugged.device.ready())

    def open_with_number(self, document: object, number: str) -> None:
        """Open the chip of the document on the reader with its card access number. Raises `RefusedError`."""
        if self.document is None or self.document.id != document:
            raise RefusedError("the document has left the reader: lay it down again")
        self.document.chip_reader = self._of_kind(DeviceKind.CHIP_READER)
        self.document.open_with_number(CanKey(number))
        self._account_at_end(self.document)

    def forget(self, document: object) -> None:
        """The console has this document, and nothing of it is kept here; one that is another is left as it is."""
        if self.document is not None and self.document.id == document and self.document.finished.done():
            self.document.said.clear()
            self.document = None

    async def capture(self, device: str) -> bytes:
        """One picture. Raises `NotFoundError`, `RefusedError`, `DeviceGoneError`."""
        return await self._find(device).device.capture()

    async def self_test(self, device: str) -> DeviceState:
        """Test a device again. Raises `NotFoundError`."""
        return await self._test(self._find(device))

    def telemetry(self, kind: RecordKind, device: str = "", /, **facts: Any) -> None:
        timings = facts.pop("timings_ms", {})
        self.spool.add(Record(kind, self.clock.now(), self.name, device, facts, timings))

    async def heartbeat(self, every_s: float) -> None:
        """Say regularly that the agent lives, and how its devices are."""
        while True:
            states = {plugged.device.info.id: _word(plugged.health) for plugged in self._plugged.values()}
            self.telemetry(RecordKind.HEARTBEAT, devices=states, dropped=self.spool.dropped, every_s=every_s)
            await asyncio.sleep(every_s)

    async def _follow(self, driver: Driver) -> None:
        async with aclosing(driver.watch()) as changes:  # type: ignore[type-var]
            async for change in changes:
                if isinstance(change, Arrived):
                    await self._plug(change.device)
                else:
                    await self._unplug(change.id)

    async def _plug(self, device: Device) -> None:
        plugged = self._plugged[device.info.id] = _Plugged(device)
        await self._test(plugged)
        self.publish(messages.DeviceArrived(device=plugged.state))
        self.telemetry(RecordKind.DEVICE, device.info.id, state="arrived", health=_word(plugged.health))
        plugged.watching = asyncio.create_task(self._watch(device))
        if self._awaited:
            await _quietly(device.ready())

    async def _unplug(self, id_: str) -> None:
        plugged = self._plugged.pop(id_, None)
        if plugged is None:
            return
        if self.document is not None:
            self.document.lose(plugged.device)
        if plugged.watching is not None and plugged.watching is not asyncio.current_task():
            plugged.watching.cancel()
        self.publish(messages.DeviceLeft(device=id_))
        self.telemetry(RecordKind.DEVICE, id_, state="left")

    async def _watch(self, device: Device) -> None:
        try:
            async for seen in device.observe():
                await self._saw(device, seen)
        except DeviceGoneError:
            await self._unplug(device.info.id)
        except GatehouseError as error:
            self.telemetry(RecordKind.FAULT, device.info.id, reason=str(error))
            await self._unplug(device.info.id)

    async def _saw(self, device: Device, seen: Observation) -> None:
        if isinstance(seen, Placed):
            await self._place(device)
        elif isinstance(seen, SymbolRead):
            self.publish(_barcode(device, seen, self.clock))
        elif self.document is not None and self.document.page is device:
            if isinstance(seen, Removed):
                self.document.leave()
                self._forget_later(self.document)
            else:
                self.document.observe(seen)

    async def _place(self, device: Device) -> None:
        if self.document is not None:
            await self.document.close()
        self._awaited = False
        document = self.document = Document(
            page=device,
            chip_reader=self._of_kind(DeviceKind.CHIP_READER),
            read_chip=self.read_chip,
            publish=self.publish,
            clock=self.clock,
            agent=self.agent,
            longest_s=self.reading.longest_s,
        )
        self._account_at_end(document)

    def _account_at_end(self, document: Document) -> None:
        document.finished.add_done_callback(lambda _: self._account(document))

    def _account(self, document: Document) -> None:
        outcome = document.failure.code.value if document.failure else "read"
        self.telemetry(
            RecordKind.READING,
            document.page.info.id,
            outcome=outcome,
            own_ms=round(document.own_ms, 3),
            timings_ms=document.timings_ms,
        )

    def _forget_later(self, document: Document) -> None:
        """What nobody took is forgotten some time after the document has left."""
        if self._forgetting is not None:
            self._forgetting.cancel()
        loop = asyncio.get_running_loop()
        self._forgetting = loop.call_later(self.reading.kept_s, self.forget, document.id)

    def _of_kind(self, kind: DeviceKind) -> Device | None:
        return next((each.device for each in self._plugged.values() if each.device.info.kind is kind), None)

    def _find(self, id_: str) -> _Plugged:
        found = self._plugged.get(id_)
        if found is None:
            raise NotFoundError("no device %(device)s is plugged in", device=id_)
        return found

    async def _test(self, plugged: _Plugged) -> DeviceState:
        try:
            async with asyncio.timeout(_TEST_S):  # unlike `wait_for` of Python 3.11 it never loses a cancellation
                plugged.health = await plugged.device.self_test()
        except GatehouseError as error:
            plugged.health = Check("self_test", Result.FAILED, error.reason)
        except TimeoutError:
            gone = DeviceGoneError("%(device)s does not answer its test", device=plugged.device.info.name)
            plugged.health = Check("self_test", Result.ABORTED, gone.reason)
        return plugged.state

    async def _close(self) -> None:
        if self._forgetting is not None:
            self._forgetting.cancel()
        for plugged in self._plugged.values():
            if plugged.watching is not None:
                plugged.watching.cancel()
        if self.document is not None:
            await self.document.close()


async def _quietly(work: Any) -> None:
    """A courtesy to people, such as a light: a device that fails at it is found out when it is used."""
    try:
        await work
    except GatehouseError:
        return


def _word(health: Check | None) -> str:
    return health.result.value if health else "untested"


def _barcode(device: Device, seen: SymbolRead, clock: Clock) -> FromAgent:
    text = seen.data.decode("utf-8", "replace")
    return messages.BarcodeRead(
        device=device.info.id,
        symbology=seen.symbology,
        text=text,
        boarding_pass=boarding_pass_of(text, on=clock.now().date()),
    )
