"""Asking all devices once, many at a time: a device that is silent costs its own time and nobody else's."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gatehouse.kernel.clock import Clock
from gatehouse.monitoring.domain.interfaces import device_state
from gatehouse.monitoring.domain.states import State
from gatehouse.monitoring.domain.uptime import Uptime, restarted
from gatehouse.monitoring.polling.asking import Answer, Asker
from gatehouse.monitoring.polling.config import Polling, Target

#: So many are asked at a time, each for so long; who has not answered by then is waited for beside the next. More at
#: once would only wait for this program, and look silent by its own slowness.
_BURST, _SOON_S = 32, 0.2


@dataclass(frozen=True, slots=True)
class Known:
    """What the last sweep found of a device."""

    state: State
    at: datetime
    uptime: Uptime | None = None


@dataclass(frozen=True, slots=True)
class Polled:
    """What a sweep found of one device, when, and whether it is otherwise than before."""

    device: str
    state: State
    at: datetime
    answer: Answer
    changed: bool
    restarted: bool

    @property
    def known(self) -> Known:
        return Known(self.state, self.at, self.answer.uptime)

    @property
    def detail(self) -> dict[str, Any]:
        """For the record of the device's condition."""
        found: dict[str, Any] = {}
        if self.answer.uptime is not None:
            found["uptime_s"] = self.answer.uptime.ticks // 100
        if self.answer.interfaces:
            faulty = [each.index for each in self.answer.interfaces if each.state not in (State.UP, None)]
            found["interfaces"] = {"watched": len(self.answer.interfaces), "faulty": faulty}
        if self.answer.trouble is not None:
            found["trouble"] = self.answer.trouble
        if self.restarted:
            found["restarted"] = True
        return found


@dataclass(frozen=True, slots=True)
class Sweep:
    polled: tuple[Polled, ...]
    seconds: float

    @property
    def answered(self) -> int:
        return sum(each.answer.answered for each in self.polled)

    @property
    def changes(self) -> tuple[Polled, ...]:
        return tuple(each for each in self.polled if each.changed)


async def sweep(polling: Polling, before: Mapping[str, Known], *, clock: Clock, asker: Asker | None = None) -> Sweep:
    """Ask every target once; in the order of the file. A device that was never asked is a change, whatever it is."""
    began = time.monotonic()
    asking = asker or Asker(timeout_s=polling.timeout_s, retries=polling.retries)
    slots, burst = asyncio.Semaphore(polling.concurrency), asyncio.Semaphore(_BURST)

    async def one(target: Target) -> Polled:
        async with slots:
            async with burst:
                asked = asyncio.create_task(asking.ask(target))
                await asyncio.wait({asked}, timeout=_SOON_S)
            answer = await asked
        return _polled(target.device, answer, before.get(target.device), clock.now())

    try:
        found = await asyncio.gather(*map(one, polling.targets))
    finally:
        if asker is None:
            await asking.close()
    return Sweep(tuple(found), time.monotonic() - began)


def _polled(device: str, answer: Answer, before: Known | None, at: datetime) -> Polled:
    state = device_state(answer.interfaces) if answer.answered else State.UNKNOWN
    again = (
        before is not None
        and before.uptime is not None
        and answer.uptime is not None
        and restarted(before.uptime, answer.uptime, (at - before.at).total_seconds())
    )
    return Polled(device, state, at, answer, before is None or before.state is not state, again)
