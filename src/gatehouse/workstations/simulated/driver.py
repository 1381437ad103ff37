"""The simulated driver: one device of each kind, all at the same desk."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from io import BytesIO
from typing import Annotated, Any

import numpy as np
from PIL import Image
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gatehouse.kernel.errors import RefusedError, UnreadableError
from gatehouse.kernel.results import Check, Reason, Result
from gatehouse.workstations.devices import Arrived, Change, ChipLink, Device, DeviceInfo, DeviceKind, Left, Observation
from gatehouse.workstations.simulated.chip import chip_of
from gatehouse.workstations.simulated.desk import SimulatedDesk
from gatehouse.workstations.simulated.specimen import Source

NAME = "simulated"
#: How long an unplugged reader stays away.
_AWAY_S = 0.5
_FINGER = 200


class Options(BaseModel):
    """The options of the driver in the settings of an agent."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kinds: tuple[DeviceKind, ...] = (
        DeviceKind.PAGE_READER,
        DeviceKind.CHIP_READER,
        DeviceKind.CAMERA,
        DeviceKind.FINGERPRINT_SCANNER,
        DeviceKind.BARCODE_READER,
    )
    comes_after_ms: Annotated[int, Field(ge=0)] = 1500
    step_ms: Annotated[int, Field(ge=0)] = 150
    #: Added to each command to the chip: a contactless chip takes some milliseconds for each.
    chip_delay_ms: Annotated[int, Field(ge=0)] = 5

    @classmethod
    def read(cls, options: Mapping[str, Any]) -> Options:
        """Raises `UnreadableError` for an option that is unknown or wrong."""
        try:
            return cls.model_validate(dict(options))
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"])
            raise UnreadableError(
                "the driver %(driver)s: %(place)s: %(cause)s", driver=NAME, place=place, cause=first["msg"]
            ) from error


class SimulatedDriver:
    """A `Driver`. `options` are those of the settings, `source` gives the documents."""

    name = NAME

    def __init__(self, options: Mapping[str, Any], source: Source) -> None:
        self._options = Options.read(options)
        self._desk = SimulatedDesk(source, self._options.comes_after_ms / 1000, self._options.step_ms / 1000)
        self._changes: asyncio.Queue[Change] = asyncio.Queue()

    async def watch(self) -> AsyncIterator[Change]:
        self._desk.unplugged = self._unplug
        for kind in self._options.kinds:
            self._changes.put_nowait(Arrived(self._device(kind)))
        while True:
            yield await self._changes.get()

    def _device(self, kind: DeviceKind) -> Device:
        info = DeviceInfo(f"{NAME}:{kind.value}", kind, f"Simulated {kind.value.replace('_', ' ')}", NAME)
        if kind is DeviceKind.CHIP_READER:
            return _ChipReader(info, self._desk, self._options.chip_delay_ms / 1000)
        return _DEVICES[kind](info, self._desk)

    def _unplug(self) -> None:
        self._changes.put_nowait(Left(f"{NAME}:{DeviceKind.CHIP_READER.value}"))
        again = Arrived(self._device(DeviceKind.CHIP_READER))
        asyncio.get_running_loop().call_later(_AWAY_S, self._changes.put_nowait, again)


class _Simulated(Device):
    def __init__(self, info: DeviceInfo, desk: SimulatedDesk) -> None:
        super().__init__(info)
        self._desk = desk

    async def self_test(self) -> Check:
        return Check("self_test", Result.SUCCESSFUL, Reason("simulated: nothing of it can break"))


class _PageReader(_Simulated):
    async def ready(self) -> None:
        self._desk.awaited()

    async def observe(self) -> AsyncIterator[Observation]:
        while True:
            yield await self._desk.page.get()


class _ChipReader(_Simulated):
    def __init__(self, info: DeviceInfo, desk: SimulatedDesk, delay_s: float) -> None:
        super().__init__(info, desk)
        self._delay_s = delay_s

    async def connect(self) -> ChipLink | None:
        if self._desk.specimen is None:
            return None
        happens = self._desk.mishap_in(asyncio.get_running_loop())
        return chip_of(self._desk.specimen, delay_s=self._delay_s, mishap=happens)


class _Camera(_Simulated):
    async def capture(self) -> bytes:
        specimen = self._desk.specimen
        if specimen is None or specimen.live_image is None:
            raise RefusedError("nobody stands before the camera")
        return specimen.live_image


class _BarcodeReader(_Simulated):
    async def observe(self) -> AsyncIterator[Observation]:
        while True:
            yield await self._desk.symbols.get()


class _FingerprintScanner(_Simulated):
    async def capture(self) -> bytes:
        """Rings that are plainly no finger."""
        if self._desk.specimen is None:
            raise RefusedError("no finger lies on the scanner")
        y, x = np.mgrid[:_FINGER, :_FINGER] - _FINGER / 2
        rings = (128 + 100 * np.sin(np.hypot(x, y * 0.8) / 2)).astype(np.uint8)
        out = BytesIO()
        Image.fromarray(rings).save(out, "JPEG", quality=85)
        return out.getvalue()


_DEVICES = {
    DeviceKind.PAGE_READER: _PageReader,
    DeviceKind.MRZ_SWIPE: _PageReader,
    DeviceKind.CAMERA: _Camera,
    DeviceKind.BARCODE_READER: _BarcodeReader,
    DeviceKind.FINGERPRINT_SCANNER: _FingerprintScanner,
}
