"""A lane and its page in a thread of their own, for tests with a browser."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.gates.lanes import LANE
from tests.gates.running import Running, guest, running

from gatehouse.device.ledger import Event as Entry
from gatehouse.gates.enrolment import Consent
from gatehouse.gates.guidance.server import Guidance
from gatehouse.gates.machine import Event, State
from gatehouse.gates.officers import OfficerLine
from gatehouse.gates.simulated import Guest
from gatehouse.kernel.clock import SystemClock


class LiveLane:
    """A lane and its page in a thread of their own; `do` runs in its loop."""

    def __init__(self, folder: Path, *, speaks: bool = False) -> None:
        self._folder, self._ready, self._speaks = folder, threading.Event(), speaks
        self._thread = threading.Thread(target=lambda: asyncio.run(self._live()), daemon=True)

    def __enter__(self) -> LiveLane:
        self._thread.start()
        assert self._ready.wait(30)
        return self

    def __exit__(self, *_: object) -> None:
        self.loop.call_soon_threadsafe(self._end.set)
        self._thread.join(30)

    async def _live(self) -> None:
        self.loop, self._end, consent = asyncio.get_running_loop(), asyncio.Event(), Consent()
        officers = OfficerLine(lane=LANE, token="t", obeyed=self._obeyed, clock=SystemClock())
        guidance = Guidance(consented=consent.answer, officers=officers, speaks=self._speaks)
        server = await guidance.serve(0)
        self.address = f"http://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}/"
        slow = {State.HANDED_OVER: 60.0}
        async with running(
            self._folder, enrolled=(guest(),), consent=consent, shown=guidance.show, limits=slow, pace_s=0.4
        ) as self.lane:
            self._ready.set()
            await self._end.wait()
        server.close()
        await server.wait_closed()

    lane: Running

    def _obeyed(self, command: Event, officer: str) -> None:
        self.lane.program.obey(command, officer)

    def do(self, work: Callable[[Running], Any]) -> None:
        self.loop.call_soon_threadsafe(work, self.lane)

    def come(self, somebody: Guest) -> None:
        self.do(lambda lane: lane.simulated.come(somebody))

    def tell(self, event: Event) -> None:
        self.do(lambda lane: lane.program.tell(event))

    def events(self) -> list[Entry]:
        async def read() -> list[Entry]:
            return list(self.lane.ledger.events())

        return asyncio.run_coroutine_threadsafe(read(), self.loop).result(10)

    def kinds(self) -> list[str]:
        return [event.kind for event in self.events() if event.kind != "lane"]
