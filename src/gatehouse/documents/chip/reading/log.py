"""The time that steps take, the events between them, and an end to waiting."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from gatehouse.documents.chip.apdu import Transport
from gatehouse.documents.chip.errors import CardTimeoutError
from gatehouse.documents.chip.reading.model import PROGRESS, Event
from gatehouse.kernel.results import Reason


class Log:
    """Events and timings of one reading. `clock` counts seconds from any start."""

    def __init__(self, observe: Callable[[Event], None] | None, clock: Callable[[], float] = time.perf_counter) -> None:
        self._observe, self._clock = observe, clock
        self._start = clock()
        self._steps: dict[str, float] = {}
        self.events: list[Event] = []

    def note(self, name: str, detail: Reason) -> None:
        event = Event(name, detail, self._elapsed)
        self.events.append(event)
        if self._observe is not None:
            self._observe(event)

    def progress(self, file: str, done: int, size: int) -> None:
        """How much of a file is read, for whoever waits for it."""
        if self._observe is not None:
            parts = {"file": file, "percent": 100 * done // max(size, 1), "done": done, "of": size}
            detail = Reason("%(file)s: %(percent)d %% read, %(done)d of %(of)d bytes", **parts)
            self._observe(Event(PROGRESS, detail, self._elapsed))

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Counts the time within to that step, also where it ends in an error; a step made twice takes both times."""
        begun = self._clock()
        try:
            yield
        finally:
            taken = 1000 * (self._clock() - begun)
            self._steps[name] = round(self._steps.get(name, 0.0) + taken, 3)

    @property
    def timings(self) -> dict[str, float]:
        return {**self._steps, "total": self._elapsed}

    @property
    def _elapsed(self) -> float:
        return round(1000 * (self._clock() - self._start), 3)


class Patience:
    """A `Transport` that gives up once all commands together have taken too long: a slow chip holds up no lane."""

    def __init__(self, transport: Transport, seconds: float, clock: Callable[[], float] = time.perf_counter) -> None:
        self._transport, self._seconds, self._clock = transport, seconds, clock
        self._end = clock() + seconds

    def transmit(self, command: bytes) -> bytes:
        if self._clock() > self._end:
            raise CardTimeoutError("the chip was not read within %(seconds)d seconds", seconds=round(self._seconds))
        return self._transport.transmit(command)
