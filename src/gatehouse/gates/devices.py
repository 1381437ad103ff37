"""The devices of a lane, whatever their maker: one interface. A device tells what happens, and does what it is asked.

Each method raises `DeviceFaultError` where the device cannot; the lane then goes on by what is left, or hands over.
"""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from gatehouse.device.examination import DocumentReading
from gatehouse.documents.chip.apdu import Transport
from gatehouse.documents.chip.reading import ReadingPolicy
from gatehouse.gates.machine import Event
from gatehouse.kernel.errors import GatehouseError

#: What a lane reads of a chip.
READING = ReadingPolicy(files=("COM", "SOD", "DG1", "DG2", "DG14", "DG15"), seconds=12)
#: How a device says what happened; called in the lane's loop.
Tell: TypeAlias = Callable[[Event], None]


class DeviceFaultError(GatehouseError):
    """A device does not do what it was asked."""


class DoorName(StrEnum):
    ENTRY = "entry"
    EXIT = "exit"


class Tone(StrEnum):
    """What a screen is about at a glance: its colour, and that of the lamps."""

    USUAL = "usual"
    #: Go on.
    GOOD = "good"
    #: Go somewhere else.
    OTHER = "other"
    STOP = "stop"


class Device(ABC):  # noqa: B024 (every kind below has methods that its maker has to write)
    """What every device does: run for as long as the lane does."""

    #: In figures and messages.
    name = "device"

    async def run(self, tell: Tell) -> None:
        """Tell what happens, until cancelled. A device at which nothing happens by itself waits."""
        await asyncio.Event().wait()


class Controller(Device):
    """Doors, presence and tailgating sensors, fire and power contacts.

    After each `move` it tells what the door's sensor says, once the door has arrived.
    """

    name = "controller"

    @abstractmethod
    async def move(self, door: DoorName, *, opens: bool) -> None: ...

    @abstractmethod
    async def reverse(self) -> None:
        """Exit and entry change places."""


class Reader(Device):
    """The document reader. It tells `DOCUMENT` and `DOCUMENT_TAKEN`, or `TOKEN`."""

    name = "reader"

    @abstractmethod
    async def zone(self) -> str:
        """The machine readable zone, lines joined by a newline."""

    @abstractmethod
    async def chip(self) -> Transport | None:
        """The way to the chip; None where none answers."""

    @abstractmethod
    async def optical(self) -> None:
        """Take the page's pictures under each light."""


@dataclass(frozen=True, slots=True)
class Look:
    """One picture of whoever stands there (JPEG)."""

    picture: bytes
    #: How many people the camera sees.
    people: int = 1
    #: Whether the camera's own detection of presentation attacks raised an alarm.
    attack: bool = False


class Camera(Device):
    name = "camera"

    @abstractmethod
    async def look(self) -> Look: ...

    @abstractmethod
    async def height_cm(self) -> float | None:
        """None where it cannot tell."""


class Scanner(Device):
    """The fingerprint scanner."""

    name = "fingerprint scanner"

    @abstractmethod
    async def finger(self) -> bytes: ...


class Lights(Device):
    """The lamps above the lane."""

    name = "lights"

    @abstractmethod
    async def show(self, tone: Tone) -> None: ...


class Voice(Device):
    """Says an instruction aloud, by the code of its screen (`guidance.screens.SCREENS`) and the tag of a language."""

    name = "voice"

    @abstractmethod
    async def say(self, code: str, language: str) -> None: ...


class Tokens(Device):
    """Between a kiosk and its gates: what the kiosk read of somebody. The token may be the document itself."""

    name = "tokens"

    @abstractmethod
    async def give(self, reading: DocumentReading) -> None:
        """At the kiosk, for whoever it sends to a gate."""

    @abstractmethod
    async def taken(self) -> DocumentReading | None:
        """At the gate, of whoever shows their token there; None where no kiosk read it. Given once."""


@dataclass(frozen=True, slots=True)
class Devices:
    """What a lane has. None: it has none of the kind."""

    controller: Controller
    reader: Reader
    camera: Camera
    scanner: Scanner | None = None
    lights: Lights | None = None
    voice: Voice | None = None
    tokens: Tokens | None = None

    def all(self) -> tuple[Device, ...]:
        every = (self.controller, self.reader, self.camera, self.scanner, self.lights, self.voice, self.tokens)
        return tuple(device for device in every if device is not None)
