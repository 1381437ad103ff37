"""What a device at a desk can do, whatever its maker: the one interface that drivers are written against.

A driver is a class with `watch`, named under the entry-point group `gatehouse.workstations.drivers`. It says which
devices come and go; a device says what happens at it, tests itself, and does what its kind can do. A plug-in brings
both.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, TypeAlias

from gatehouse.documents.chip.apdu import Transport
from gatehouse.kernel.errors import GatehouseError, RefusedError
from gatehouse.kernel.results import Check, Reason, Result


class DeviceKind(StrEnum):
    PAGE_READER = "page_reader"
    MRZ_SWIPE = "mrz_swipe"
    CHIP_READER = "chip_reader"
    CAMERA = "camera"
    FINGERPRINT_SCANNER = "fingerprint_scanner"
    BARCODE_READER = "barcode_reader"


class Light(StrEnum):
    """Under which light a page was taken (BSI TR-03135-1 v2.5 clause 4): visible, infrared B900, ultraviolet 365 nm."""

    VISIBLE = "visible"
    INFRARED = "infrared"
    ULTRAVIOLET = "ultraviolet"


class DeviceGoneError(GatehouseError):
    """The device was unplugged, or answers no more. Its driver announces when it is back."""


@dataclass(frozen=True, slots=True)
class DeviceInfo:
    """One device. `id` is the same each time it is plugged in: the driver's name and the device's serial or place."""

    id: str
    kind: DeviceKind
    #: Maker and model, as the device or its driver names them.
    name: str
    driver: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A document lies on the reader, or began its way through the swipe."""


@dataclass(frozen=True, slots=True)
class ZoneRead:
    """The machine readable zone as the device reads it: its lines, joined by a newline."""

    lines: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ImageTaken:
    """A picture of the page under one light, JPEG or PNG."""

    light: Light
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class PageDone:
    """All that this device takes of the document by itself has been delivered."""


@dataclass(frozen=True, slots=True)
class SymbolRead:
    """A bar code: its symbology ("PDF417", "Aztec", "QRCode" …) and its bytes."""

    symbology: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Removed:
    """The document has left the reader."""


Observation: TypeAlias = Placed | ZoneRead | ImageTaken | PageDone | SymbolRead | Removed


class ChipLink(Transport, Protocol):
    """The way to one chip, used and closed by one thread."""

    def close(self) -> None:
        """Let the chip go; it forgets its session."""


class Device:
    """One device that is plugged in. A kind overrides what it can do; the rest is refused in words."""

    def __init__(self, info: DeviceInfo) -> None:
        self.info = info

    async def observe(self) -> AsyncIterator[Observation]:
        """What happens at the device, as it happens. Raises `DeviceGoneError` when it is unplugged."""
        nothing: tuple[Observation, ...] = ()  # a device at which nothing happens by itself
        for seen in nothing:
            yield seen

    async def self_test(self) -> Check:
        """Whether the device works, as far as it can tell without a document or a person."""
        return Check("self_test", Result.NOT_SUPPORTED, Reason("the device has no test of its own"))

    async def ready(self) -> None:
        """The console waits for a document: switch on a light, show an arrow; nothing where there is neither."""

    async def capture(self) -> bytes:
        """Take one picture (JPEG): a face, or a finger. Raises `DeviceGoneError`, `RefusedError`."""
        raise RefusedError("%(device)s takes no pictures", device=self.info.name)

    async def connect(self) -> ChipLink | None:
        """The way to the chip that lies on the reader; None where none answers. Raises `DeviceGoneError`."""
        raise RefusedError("%(device)s reads no chips", device=self.info.name)


@dataclass(frozen=True, slots=True)
class Arrived:
    device: Device


@dataclass(frozen=True, slots=True)
class Left:
    id: str


Change: TypeAlias = Arrived | Left


class Driver(Protocol):
    """Finds the devices of one make or interface."""

    #: The name under which settings and entry points know it.
    name: str

    def watch(self) -> AsyncIterator[Change]:
        """The devices that are there, then each that comes or goes. Runs until it is closed."""
        ...
