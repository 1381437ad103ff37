"""Reading the chip of a document that lies on the reader: in a thread of its own, watched, with a limit of time."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from gatehouse.documents.chip.access import AccessKey
from gatehouse.documents.chip.apdu import Transport
from gatehouse.documents.chip.errors import CardRemovedError, CardTimeoutError, TransportError
from gatehouse.documents.chip.reading import ChipReading, Event, Progress


class ReadChip(Protocol):
    """Reads a chip: `documents.chip.reading.attempt` with a policy. It raises nothing for what a chip does."""

    def __call__(
        self,
        transport: Transport,
        key: AccessKey | None,
        *,
        observe: Callable[[Event], None],
        progress: Callable[[Progress], None],
    ) -> ChipReading: ...


@dataclass
class WatchedTransport:
    """A transport that can be cut from outside; it counts what reader and chip themselves took."""

    inner: Transport = field(repr=False)
    commands: int = 0
    #: Seconds within the reader and the chip.
    spent_s: float = 0.0
    #: Why it was cut, once it was.
    broken: TransportError | None = None

    def cut(self, error: TransportError) -> None:
        """From now on every command fails with this. The first reason stands."""
        self.broken = self.broken or error

    def transmit(self, command: bytes) -> bytes:
        if self.broken is not None:
            raise self.broken
        began = time.monotonic()
        try:
            response = self.inner.transmit(command)
        except TransportError as error:
            self.cut(error)
            raise
        finally:
            self.spent_s += time.monotonic() - began
            self.commands += 1
        if self.broken is not None:  # what arrived after the document had left is not taken
            raise self.broken
        return response


def slow(longest_s: float) -> CardTimeoutError:
    return CardTimeoutError("the chip was not read within %(seconds)d seconds", seconds=round(longest_s))


def removed() -> CardRemovedError:
    return CardRemovedError("the document was taken from the reader while its chip was read")


async def read_in_thread(work: Callable[[], ChipReading], *, at_most_s: float) -> ChipReading:
    """The result of blocking work. Raises what the work raises, and `CardTimeoutError` where it hangs.

    The thread is a daemon: one that a device never lets go does not keep the program from ending.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[ChipReading] = loop.create_future()

    def settle(result: ChipReading | None, error: BaseException | None) -> None:
        if done.done():
            return
        if error is not None:
            done.set_exception(error)
        elif result is not None:
            done.set_result(result)

    def run() -> None:
        result: ChipReading | None = None
        failure: BaseException | None = None
        try:
            result = work()
        except BaseException as error:
            failure = error
        try:
            loop.call_soon_threadsafe(settle, result, failure)
        except RuntimeError:  # the agent has ended meanwhile
            return

    threading.Thread(target=run, name="chip", daemon=True).start()
    try:
        return await asyncio.wait_for(done, at_most_s)
    except TimeoutError as error:
        raise slow(at_most_s) from error
