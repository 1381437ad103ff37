"""A lane without iron: doors that move, people who walk, devices that can be told to fail."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from gatehouse.device.examination import DocumentReading
from gatehouse.documents.chip.access import MrzKey
from gatehouse.documents.chip.apdu import Transport
from gatehouse.documents.chip.reading import attempt
from gatehouse.documents.chip.simulator import ChipImage, SimulatedChip
from gatehouse.documents.mrz import parse_mrz
from gatehouse.gates.devices import (
    READING,
    Camera,
    Controller,
    DeviceFaultError,
    Devices,
    DoorName,
    Lights,
    Look,
    Reader,
    Scanner,
    Tell,
    Tokens,
    Tone,
    Voice,
)
from gatehouse.gates.machine import Event, Lane, Topology


class Manner(StrEnum):
    """How a guest behaves."""

    USUAL = "usual"
    #: Somebody follows them in.
    TAILGATED = "tailgated"
    #: Somebody holds a second face into the picture.
    TWO_FACES = "two faces"
    #: A presentation attack that the camera notices.
    ATTACK = "attack"
    #: The document is taken away while it is read.
    TAKES_DOCUMENT = "takes the document"
    #: They do not go in.
    STAYS_OUT = "stays out"
    #: They turn back while the entry is open.
    TURNS_BACK = "turns back"
    #: They do not leave by the exit.
    STAYS_IN = "stays in"
    #: They leave something behind.
    LEAVES_BAG = "leaves a bag"


class Failing(StrEnum):
    """What a device can be told to do wrong."""

    ENTRY_STUCK = "entry stuck"
    EXIT_STUCK = "exit stuck"
    READER = "reader"
    CHIP = "chip"
    CAMERA = "camera"
    SCANNER = "scanner"
    #: The lamps and the voice.
    SIGNALS = "signals"


@dataclass(frozen=True, slots=True)
class Guest:
    zone: str = field(repr=False)
    chip: ChipImage | None = field(repr=False)
    #: How they look before the camera (JPEG).
    face: bytes = field(repr=False)
    height_cm: float = 170
    manner: Manner = Manner.USUAL


class SimulatedLane:
    """`come` lets somebody step up; they walk as doors open. `pace_s` is the time of a door's or a person's move."""

    def __init__(
        self,
        lane: Lane,
        guests: Iterable[Guest] = (),
        *,
        pace_s: float = 0.0,
        tokens: dict[str, DocumentReading] | None = None,
    ) -> None:
        self.lane, self.pace_s = lane, pace_s
        #: What kiosks read, by the zone of the document; the same one for a kiosk and its gates.
        self.tokens: dict[str, DocumentReading] = {} if tokens is None else tokens
        self.failing: set[Failing] = set()
        self.guest: Guest | None = None
        self.open: dict[DoorName, bool] = {DoorName.ENTRY: False, DoorName.EXIT: False}
        self.inside = 0
        #: Passages that really took place.
        self.passages = 0
        #: What the lamps show, and what the voice said, by screen and language.
        self.lamps = Tone.USUAL
        self.said: list[tuple[str, str]] = []
        self._waiting = iter(guests)
        self._tell: Tell = lambda _: None
        self._moving: set[asyncio.Task[None]] = set()

    def devices(self) -> Devices:
        return Devices(
            _Controller(self), _Reader(self), _Camera(self), _Scanner(self), _Lights(self), _Voice(self), _Tokens(self)
        )

    def come(self, guest: Guest | None = None) -> bool:
        """The next guest lays their document on the reader; whether somebody came."""
        self.guest = guest or next(self._waiting, None)
        if self.guest is None:
            return False
        self.happen(Event.TOKEN if self.lane.topology is Topology.GATE else Event.DOCUMENT)
        return True

    def leave(self) -> None:
        """Whoever is there takes their document, and whoever is inside goes back by the open entry."""
        self.happen(Event.DOCUMENT_TAKEN)
        if self.open[DoorName.ENTRY] and self.inside:
            self.inside = 0
            self.happen(Event.VACANT)
        self.guest = None

    def happen(self, event: Event) -> None:
        self._tell(event)

    def listen(self, tell: Tell) -> None:
        self._tell = tell

    async def move(self, door: DoorName, *, opens: bool) -> None:
        stuck = Failing.ENTRY_STUCK if door is DoorName.ENTRY else Failing.EXIT_STUCK
        if stuck in self.failing:
            raise DeviceFaultError("the door does not move")
        self._later(lambda: self._arrive(door, opens))

    def _later(self, then: Callable[[], None]) -> None:
        async def after() -> None:
            await asyncio.sleep(self.pace_s)
            then()

        task = asyncio.get_running_loop().create_task(after())
        self._moving.add(task)
        task.add_done_callback(self._moving.discard)

    def _arrive(self, door: DoorName, opens: bool) -> None:
        self.open[door] = opens
        if not opens:
            self.happen(Event.ENTRY_SHUT if door is DoorName.ENTRY else Event.EXIT_SHUT)
        elif door is DoorName.ENTRY:
            self._later(self._walk_in if not self.inside else self._walk_back)
        else:
            self._later(self._walk_out)

    def _walk_in(self) -> None:
        guest = self.guest
        if guest is None or not self.open[DoorName.ENTRY] or guest.manner is Manner.STAYS_OUT or self.inside:
            return
        if guest.manner is Manner.TURNS_BACK:
            self.happen(Event.ENTERED)
            self.happen(Event.VACANT)
            return
        self.inside = 1
        self.happen(Event.ENTERED)
        if guest.manner is Manner.TAILGATED:
            self.inside = 2
            self.happen(Event.TAILGATING)
            self._later(self._walk_back)

    def _walk_back(self) -> None:
        if self.inside and self.open[DoorName.ENTRY] and not self.open[DoorName.EXIT]:
            self.inside = 0
            self.guest = None
            self.happen(Event.VACANT)

    def _walk_out(self) -> None:
        guest = self.guest
        if guest is None or not self.open[DoorName.EXIT] or guest.manner is Manner.STAYS_IN:
            return
        self.passages += 1
        self.inside = 0
        self.guest = None
        self.happen(Event.PASSED)
        self.happen(Event.VACANT)
        if guest.manner is Manner.LEAVES_BAG:
            self.happen(Event.OBJECT_LEFT)

    def require(self, failing: Failing) -> Guest:
        """Whoever is there. Raises `DeviceFaultError` where the device was told to fail, or nobody is."""
        if failing in self.failing or self.guest is None:
            raise DeviceFaultError("the device answers nothing")
        return self.guest


class _Controller(Controller):
    def __init__(self, lane: SimulatedLane) -> None:
        self._lane = lane
        self.reversed = 0

    async def run(self, tell: Tell) -> None:
        self._lane.listen(tell)
        await asyncio.Event().wait()

    async def move(self, door: DoorName, *, opens: bool) -> None:
        await self._lane.move(door, opens=opens)

    async def reverse(self) -> None:
        self.reversed += 1


class _Reader(Reader):
    def __init__(self, lane: SimulatedLane) -> None:
        self._lane = lane

    async def zone(self) -> str:
        guest = self._lane.require(Failing.READER)
        if guest.manner is Manner.TAKES_DOCUMENT:
            self._lane.happen(Event.DOCUMENT_TAKEN)
        return guest.zone

    async def chip(self) -> Transport | None:
        guest = self._lane.require(Failing.CHIP)
        return SimulatedChip(guest.chip) if guest.chip is not None else None

    async def optical(self) -> None:
        self._lane.require(Failing.READER)
        await asyncio.sleep(self._lane.pace_s)


class _Camera(Camera):
    def __init__(self, lane: SimulatedLane) -> None:
        self._lane = lane

    async def look(self) -> Look:
        guest = self._lane.require(Failing.CAMERA)
        await asyncio.sleep(self._lane.pace_s)
        people = 2 if guest.manner is Manner.TWO_FACES else 1
        return Look(guest.face, people=people, attack=guest.manner is Manner.ATTACK)

    async def height_cm(self) -> float | None:
        return self._lane.require(Failing.CAMERA).height_cm


class _Scanner(Scanner):
    def __init__(self, lane: SimulatedLane) -> None:
        self._lane = lane

    async def finger(self) -> bytes:
        self._lane.require(Failing.SCANNER)
        return b""


class _Lights(Lights):
    def __init__(self, lane: SimulatedLane) -> None:
        self._lane = lane

    async def show(self, tone: Tone) -> None:
        if Failing.SIGNALS in self._lane.failing:
            raise DeviceFaultError("the lamps do not answer")
        self._lane.lamps = tone


class _Voice(Voice):
    def __init__(self, lane: SimulatedLane) -> None:
        self._lane = lane

    async def say(self, code: str, language: str) -> None:
        if Failing.SIGNALS in self._lane.failing:
            raise DeviceFaultError("the voice does not answer")
        self._lane.said.append((code, language))


class _Tokens(Tokens):
    def __init__(self, lane: SimulatedLane) -> None:
        self._lane = lane

    async def give(self, reading: DocumentReading) -> None:
        self._lane.tokens[reading.mrz] = reading

    async def taken(self) -> DocumentReading | None:
        return self._lane.tokens.pop(self._lane.require(Failing.READER).zone, None)


def read_at_kiosk(guest: Guest, at: datetime) -> DocumentReading:
    """What a kiosk reads of somebody, where there is a gate and no kiosk before it."""
    key = MrzKey.from_mrz(parse_mrz(guest.zone, on=at.date()))
    files = attempt(SimulatedChip(guest.chip), key, policy=READING).files if guest.chip is not None else {}
    return DocumentReading(mrz=guest.zone, read_at=at, files=dict(files))
