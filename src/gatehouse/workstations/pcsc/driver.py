"""The driver of chip readers by PC/SC: each reader that pcscd knows is a device, as it comes and goes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gatehouse.documents.chip.errors import TransportError
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Check, Reason, Result
from gatehouse.workstations.devices import (
    Arrived,
    Change,
    ChipLink,
    Device,
    DeviceGoneError,
    DeviceInfo,
    DeviceKind,
    Left,
)
from gatehouse.workstations.pcsc.card import Card
from gatehouse.workstations.pcsc.context import Context, ReaderState
from gatehouse.workstations.pcsc.errors import ReaderError

NAME = "pcsc"
#: How long a wait for changes lasts, and how long after there was no service it is looked for again.
_LOOK_S, _AGAIN_S = 1.0, 5.0
#: A contactless reader polls: a chip that has just been laid down may be seen only then.
_SEEN_WITHIN_S, _POLL_S = 2.0, 0.05


class Options(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    #: Parts of the names of the readers to use; all of them where none is named.
    readers: Annotated[tuple[str, ...], Field(max_length=16)] = ()


class PcscDriver:
    """A `Driver`. Raises `UnreadableError` for options that it does not know."""

    name = NAME

    def __init__(self, options: Mapping[str, Any]) -> None:
        try:
            self._wanted = Options.model_validate(dict(options)).readers
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"])
            raise UnreadableError(
                "the driver %(driver)s: %(place)s: %(cause)s", driver=NAME, place=place, cause=first["msg"]
            ) from error

    async def watch(self) -> AsyncIterator[Change]:
        known: tuple[ReaderState, ...] = ()
        while True:
            try:
                states = await asyncio.to_thread(_changed, known)
            except TransportError:  # no service: its readers are gone until it is back
                states = ()
                await asyncio.sleep(_AGAIN_S)
            before, now = self._named(known), self._named(states)
            known = states
            for reader in before - now:
                yield Left(_id(reader))
            for reader in sorted(now - before):
                yield Arrived(PcscReader(reader))

    def _named(self, states: tuple[ReaderState, ...]) -> set[str]:
        names = {state.reader for state in states}
        return {name for name in names if not self._wanted or any(part in name for part in self._wanted)}


class PcscReader(Device):
    def __init__(self, reader: str) -> None:
        super().__init__(DeviceInfo(_id(reader), DeviceKind.CHIP_READER, reader, NAME))
        self._reader = reader

    async def self_test(self) -> Check:
        state = await asyncio.to_thread(_state_of, self._reader)
        if state is None:
            return Check("self_test", Result.FAILED, Reason("the PC/SC service no longer knows the reader"))
        return Check("self_test", Result.SUCCESSFUL, Reason("the PC/SC service reaches the reader"))

    async def connect(self) -> ChipLink | None:
        until = time.monotonic() + _SEEN_WITHIN_S
        while True:
            state = await asyncio.to_thread(_state_of, self._reader)
            if state is None:
                raise DeviceGoneError("%(device)s was unplugged", device=self._reader)
            if state.has_card:
                return _Connection(self._reader)
            if time.monotonic() > until:
                return None
            await asyncio.sleep(_POLL_S)


class _Connection:
    """Connects at the first command, in the thread that reads the chip, as PC/SC asks."""

    def __init__(self, reader: str) -> None:
        self._reader = reader
        self._context: Context | None = None
        self._card: Card | None = None

    def transmit(self, command: bytes) -> bytes:
        if self._card is None:
            self._context = Context()
            self._card = self._context.connect(self._reader)
        return self._card.transmit(command)

    def close(self) -> None:
        if self._card is not None:
            self._card.close()
        if self._context is not None:
            self._context.close()
        self._card = self._context = None


def _id(reader: str) -> str:
    return f"{NAME}:{reader}"[:120]


def _changed(known: tuple[ReaderState, ...]) -> tuple[ReaderState, ...]:
    with Context() as context:
        return context.wait(known, _LOOK_S)


def _state_of(reader: str) -> ReaderState | None:
    try:
        with Context() as context:
            return next((state for state in context.states() if state.reader == reader), None)
    except ReaderError:
        return None
