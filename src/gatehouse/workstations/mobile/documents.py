"""The next document of a device's readers, as one reading; or a zone that a hand typed in."""

from __future__ import annotations

import asyncio
from base64 import b64decode

from gatehouse.device.examination import DocumentReading
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import UnreadableError
from gatehouse.workstations.desk import Desk
from gatehouse.workstations.messages import ChipRead, DocumentPlaced, DocumentRead, FromAgent


class Documents:
    """`hear` is what the desk publishes to; `next` waits for a document until it is read."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._heard: asyncio.Queue[FromAgent] = asyncio.Queue()
        self.desk: Desk | None = None

    def hear(self, message: FromAgent) -> None:
        if isinstance(message, DocumentPlaced | ChipRead | DocumentRead):
            self._heard.put_nowait(message)

    async def next(self, *, longest_s: float) -> DocumentReading:
        """Raises `UnreadableError` where no document comes within this time, or has no zone that can be read."""
        if self.desk is None:
            raise UnreadableError("this device has no reader: type the zone")
        await self.desk.await_document()
        try:
            return await asyncio.wait_for(self._next(), longest_s)
        except TimeoutError as error:
            raise UnreadableError("no document came within %(seconds)d seconds", seconds=round(longest_s)) from error

    async def _next(self) -> DocumentReading:
        files: dict[str, bytes] = {}
        read_at = self._clock.now()
        while True:
            message = await self._heard.get()
            if isinstance(message, DocumentPlaced):
                files, read_at = {}, self._clock.now()
            elif isinstance(message, ChipRead):
                files = {name: b64decode(data) for name, data in message.files.items()}
            elif isinstance(message, DocumentRead):
                if self.desk is not None:
                    self.desk.forget(message.document)
                if not message.mrz:
                    raise UnreadableError("no machine readable zone was found on the page: type it")
                return DocumentReading(mrz=message.mrz, read_at=read_at, files=files, report=message.report)
