"""What a lane shows and says beside its page: lamps and a voice, at each change of the instruction."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from gatehouse.gates.devices import Lights, Voice
from gatehouse.gates.guidance.screens import Screen
from gatehouse.kernel.errors import GatehouseError

_log = logging.getLogger(__name__)


class Signals:
    """Follows the page. A lamp or a voice that fails is a line in the log: nobody is kept waiting for it."""

    def __init__(self, lights: Lights | None = None, voice: Voice | None = None) -> None:
        self._lights, self._voice = lights, voice
        self._last = ("", "")
        self._asking: set[asyncio.Task[None]] = set()

    def follow(self, screen: Screen) -> None:
        """Called in the lane's loop with whatever the page shows."""
        if (screen.code, screen.language) == self._last:
            return
        self._last = screen.code, screen.language
        if self._lights:
            self._ask(self._lights.show(screen.tone))
        if self._voice:
            self._ask(self._voice.say(screen.code, screen.language))

    def _ask(self, asked: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(_watched(asked))
        self._asking.add(task)
        task.add_done_callback(self._asking.discard)


async def _watched(asked: Coroutine[Any, Any, None]) -> None:
    try:
        await asked
    except GatehouseError as error:
        _log.warning("%s", error)
