"""One document on the reader, from its placing to its end: optical and chip work side by side, each step timed.

The chip is begun as soon as the zone is read, while pictures still come. What goes wrong is said in words and ends in a
report; it never hides what was read before.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from gatehouse.device.reading_report import ZONE_OF_CHIP, ReadingReport, ReportedCheck, ReportedEvent, Sentence
from gatehouse.documents import lds
from gatehouse.documents.chip.access import AccessKey, CanKey, MrzKey
from gatehouse.documents.chip.errors import (
    CardRemovedError,
    CardTimeoutError,
    ChipError,
    TransportError,
    UnsupportedProtocolError,
)
from gatehouse.documents.chip.reading import ChipReading, Event, Progress
from gatehouse.documents.lds import dg1 as dg1_file
from gatehouse.documents.mrz import Mrz, parse_mrz
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import GatehouseError, RefusedError, UnreadableError
from gatehouse.kernel.ids import new_id
from gatehouse.kernel.results import Reason, Result
from gatehouse.workstations import messages
from gatehouse.workstations.chip import ReadChip, WatchedTransport, read_in_thread, removed
from gatehouse.workstations.devices import Device, DeviceGoneError, ImageTaken, Observation, PageDone, ZoneRead
from gatehouse.workstations.messages import Code, FromAgent

_log = logging.getLogger(__name__)
_FILES = frozenset(file.name for file in lds.FILES)
#: Events of a reading by which a file is not what it says it is.
_LIES = frozenset({"file_short", "file_too_large", "file_unreadable", "file_empty"})
#: A report holds so many; a chip that causes more says nothing new by them.
_MOST_EVENTS = 50
_ZONE_OF_CHIP = Reason("the zone on the page could not be read: this is the one of the chip")


@dataclass(frozen=True, slots=True)
class Failure:
    code: Code
    reason: Reason


@dataclass
class Document:
    """A document that lies, or lay, on a reader. `publish` is called in the agent's loop, in order."""

    page: Device
    chip_reader: Device | None
    read_chip: ReadChip
    publish: Callable[[FromAgent], None]
    clock: Clock
    agent: str
    longest_s: float
    id: UUID = field(init=False)
    #: Everything said of it so far, for a console that comes later.
    said: list[FromAgent] = field(default_factory=list, init=False, repr=False)
    timings_ms: dict[str, float] = field(default_factory=dict, init=False)
    failure: Failure | None = field(default=None, init=False)
    #: Milliseconds that reader and chip themselves took, for the agent's own share.
    within_chip_ms: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        self.id = new_id(self.clock.now())
        self._began = time.monotonic()
        self._mrz: Mrz | None = None
        self._transport: WatchedTransport | None = None
        self._reading: ChipReading | None = None
        self._chip: asyncio.Task[None] | None = None
        self._page_done = asyncio.Event()
        self._left = self._zone_of_chip = False
        self._cut: TransportError | DeviceGoneError | None = None
        self._say(messages.DocumentPlaced, device=self.page.info.id)
        self.finished = asyncio.create_task(self._finish())

    def observe(self, seen: Observation) -> None:
        """What its reader says of it."""
        if isinstance(seen, ZoneRead) and self._chip is None:
            self._zone(seen.lines)
        elif isinstance(seen, ImageTaken):
            self._step(f"image_{seen.light.value}")
            self._say(messages.Image, light=seen.light, data=messages.in_base64(seen.data))
        elif isinstance(seen, PageDone):
            self._step("page")
            self._page_done.set()

    def leave(self) -> None:
        """It was taken from the reader: what is still under way is aborted."""
        self._left = True
        if not self.finished.done():
            self._abort(removed(), Code.REMOVED)
        self._say(messages.DocumentRemoved)

    def open_with_number(self, key: CanKey) -> None:
        """Read the chip once more, with the card access number that an officer read from the page.

        Its zone then stands in for one that the page does not give. The number is kept nowhere. Raises `RefusedError`
        where there is nothing to read, or something is being read.
        """
        if self.chip_reader is None:
            raise RefusedError("no chip reader is plugged in")
        if self._left or self._cut is not None:
            raise RefusedError("the document has left the reader: lay it down again")
        if not self.finished.done():
            raise RefusedError("the document is being read")
        self.failure = self._reading = self._transport = None
        self._chip = asyncio.create_task(self._read(self.chip_reader, key))
        self.finished = asyncio.create_task(self._finish())

    def lose(self, device: Device) -> None:
        """A device that reads it was unplugged."""
        if self.finished.done() or device not in (self.page, self.chip_reader):
            return
        error = DeviceGoneError("%(device)s was unplugged", device=device.info.name)
        self._abort(CardRemovedError(error.reason.text, **error.reason.parts), Code.DEVICE_LEFT)

    @property
    def own_ms(self) -> float:
        """The agent's own part of the chip's reading: all of it, without what reader and chip took."""
        return max(0.0, self.timings_ms.get("chip", 0.0) - self.within_chip_ms)

    def _zone(self, lines: str) -> None:
        self._step("mrz")
        try:
            self._mrz = parse_mrz(lines, on=self.clock.now().date())
        except UnreadableError as error:
            self._fail(Code.ZONE_UNREADABLE, error.reason)
            return
        self._say(messages.MrzRead, lines="\n".join(self._mrz.lines), valid=self._mrz.valid)
        if self.chip_reader is not None and self.failure is None:
            self._chip = asyncio.create_task(self._read(self.chip_reader, MrzKey.from_mrz(self._mrz)))

    async def _read(self, reader: Device, key: AccessKey) -> None:
        began = time.monotonic()
        try:
            inner = await reader.connect()
            if inner is None:
                return
            transport = self._transport = WatchedTransport(inner)
            if isinstance(self._cut, TransportError):
                transport.cut(self._cut)
            loop = asyncio.get_running_loop()

            def observe(event: Event) -> None:
                loop.call_soon_threadsafe(self._chip_event, event)

            shown: list[tuple[str, int]] = []

            def progress(far: Progress) -> None:
                """A person sees ten steps of a file; more would only cost time."""
                step = far.file, 10 * far.octets // max(far.size, 1)
                if step not in shown[-1:]:
                    shown.append(step)
                    loop.call_soon_threadsafe(self._chip_progress, far)

            def read() -> ChipReading:
                with closing(inner):
                    return self.read_chip(transport, key, observe=observe, progress=progress)

            self._reading = await read_in_thread(read, at_most_s=self.longest_s + 2)
            failure = _failure_of(self._reading, key)
            if failure is not None:
                self._fail(failure.code, failure.reason)
            elif isinstance(key, CanKey):
                self._take_zone_of_chip(self._reading.files.get("DG1", b""))
        except (ChipError, DeviceGoneError) as error:
            self._fail(_code(error), error.reason)
        except Exception as error:  # a mistake of this program or of a plug-in: the traveller is served all the same
            _log.exception("reading a chip failed")
            kind = type(error).__name__
            self._fail(Code.CHIP_FAULT, Reason("the agent itself failed while it read the chip: %(kind)s", kind=kind))
        finally:
            self.timings_ms["chip"] = _ms(began)
            if self._transport is not None:
                self.within_chip_ms = self._transport.spent_s * 1000

    def _take_zone_of_chip(self, dg1: bytes) -> None:
        """The chip's own zone, where the page gave none whose check digits are right."""
        if self._mrz is not None and self._mrz.valid:
            return
        try:
            held = dg1_file.read(dg1)
            self._mrz = parse_mrz("\n".join(held.lines), on=self.clock.now().date())
        except UnreadableError as error:
            self._fail(Code.CHIP_FAULT, error.reason)
            return
        self._zone_of_chip = True
        self._say(messages.MrzRead, lines="\n".join(self._mrz.lines), valid=self._mrz.valid)

    def _chip_event(self, event: Event) -> None:
        self._say(messages.ChipEvent, name=event.name, detail=Sentence.of(event.detail))

    def _chip_progress(self, far: Progress) -> None:
        percent = min(100, 100 * far.octets // far.size) if far.size else 0
        self._say(messages.ChipProgress, file=far.file, percent=percent, done=far.done, of=far.wanted)

    def _abort(self, error: TransportError, code: Code) -> None:
        self._cut = error
        if self._transport is not None:
            self._transport.cut(error)
        self._fail(code, error.reason)
        self._page_done.set()

    async def _finish(self) -> None:
        await self._page_done.wait()
        if self._chip is not None:
            await self._chip
        elif self._mrz is None:
            self._fail(Code.ZONE_UNREADABLE, Reason("no machine readable zone was found on the page"))
        self._step("total")
        if self._reading is not None:
            files = {name: messages.in_base64(data) for name, data in self._reading.files.items() if name in _FILES}
            self._say(messages.ChipRead, access=self._reading.access, files=files)
        failure = self.failure.code if self.failure else None
        zone = "\n".join(self._mrz.lines) if self._mrz else ""
        self._say(messages.DocumentRead, mrz=zone, failure=failure, report=self._report())

    def _report(self) -> ReadingReport:
        devices = {"optical": self.page.info.name}
        if self.chip_reader is not None:
            devices["chip"] = self.chip_reader.info.name
        reading = self._reading
        return ReadingReport(
            agent=self.agent,
            devices=devices,
            access=reading.access if reading and _is_open(reading) else "",
            checks=tuple(map(ReportedCheck.of, reading.checks)) if reading else (),
            events=tuple(self._events()),
            timings_ms={**_chip_steps(reading), **self.timings_ms},
            failure=Sentence.of(self.failure.reason) if self.failure else None,
        )

    def _events(self) -> list[ReportedEvent]:
        found = _reported(self._reading.events) if self._reading else []
        if self._zone_of_chip:
            found.append(ReportedEvent(name=ZONE_OF_CHIP, detail=Sentence.of(_ZONE_OF_CHIP), at_ms=_ms(self._began)))
        return found

    def _fail(self, code: Code, reason: Reason) -> None:
        if self.failure is None:  # the first cause stands; others follow from it
            self.failure = Failure(code, reason)
            self._say(messages.Failed, code=code, reason=Sentence.of(reason))

    def _step(self, name: str) -> None:
        self.timings_ms[name] = _ms(self._began)

    def _say(self, kind: Callable[..., FromAgent], **content: Any) -> None:
        message = kind(document=self.id, at_ms=_ms(self._began), **content)
        self.said.append(message)
        self.publish(message)

    async def close(self) -> None:
        """End what is under way, without a word."""
        self.publish = lambda _: None
        if not self.finished.done():
            self._abort(removed(), Code.REMOVED)
            with suppress(asyncio.CancelledError):
                await self.finished


def _code(error: GatehouseError) -> Code:
    if isinstance(error, CardRemovedError):
        return Code.REMOVED
    if isinstance(error, CardTimeoutError):
        return Code.TOO_SLOW
    if isinstance(error, DeviceGoneError):
        return Code.DEVICE_LEFT
    return Code.CHIP_FAULT


def _failure_of(reading: ChipReading, key: AccessKey) -> Failure | None:
    """Why the reading did not come to its end, or what the chip said of a file that is not so."""
    if reading.stopped is not None:
        return Failure(_code_of(reading, reading.stopped, key), reading.stopped.reason)
    lie = next((event for event in reading.events if event.name in _LIES), None)
    return Failure(Code.CHIP_FAULT, lie.detail) if lie else None


def _code_of(reading: ChipReading, stopped: GatehouseError, key: AccessKey) -> Code:
    if isinstance(key, CanKey) and isinstance(stopped, UnsupportedProtocolError):
        return Code.NO_PACE
    opened = next((check.result for check in reading.checks if check.id == "chip_access"), None)
    if opened is not Result.FAILED:
        return _code(stopped)
    return Code.WRONG_NUMBER if isinstance(key, CanKey) else Code.WRONG_KEY


def _is_open(reading: ChipReading) -> bool:
    return all(check.result is Result.SUCCESSFUL for check in reading.checks if check.id == "chip_access")


def _reported(events: tuple[Event, ...]) -> list[ReportedEvent]:
    return [
        ReportedEvent(name=event.name, detail=Sentence.of(event.detail), at_ms=max(0.0, event.at_ms))
        for event in events[:_MOST_EVENTS]
    ]


def _chip_steps(reading: ChipReading | None) -> Mapping[str, float]:
    return {f"chip.{name}": taken for name, taken in reading.timings_ms.items()} if reading else {}


def _ms(since: float) -> float:
    return round((time.monotonic() - since) * 1000, 3)
