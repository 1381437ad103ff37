"""What a lane shows and says beside its page: lamps and a voice, at each change of the instruction."""

from __future__ import annotations

import asyncio
import logging

from gatehouse.gates.devices import Lights, Tone, Voice
from gatehouse.gates.guidance.screens import Screen
from gatehouse.kernel.errors import GatehouseError

_log = logging.getLogger(__name__)


#: Lamps that did not answer are asked again after so many seconds, until they show what they should.
AGAIN_S = 1.0


class Signals:
    """Follows the page. A lamp or a voice that fails is a line in the log: nobody is kept waiting for it."""

    def __init__(self, lights: Lights | None = None, voice: Voice | None = None) -> None:
        self._lights, self._voice = lights, voice
        self._last = ("", "")
        self._tone = Tone.USUAL
        self._lighting: asyncio.Task[None] | None = None
        self._speaking: set[asyncio.Task[None]] = set()

    def follow(self, screen: Screen) -> None:
        """Called in the lane's loop with whatever the page shows."""
        if (screen.code, screen.language) == self._last:
            return
        self._last, self._tone = (screen.code, screen.language), screen.tone
        loop = asyncio.get_running_loop()
        if self._lights and (self._lighting is None or self._lighting.done()):
            self._lighting = loop.create_task(self._light(self._lights))
        if self._voice:
            task = loop.create_task(self._speak(self._voice, *self._last))
            self._speaking.add(task)
            task.add_done_callback(self._speaking.discard)

    async def _light(self, lights: Lights) -> None:
        """One question after the other, until the lamps show the newest: an old one never comes after it."""
        shown: Tone | None = None
        while shown is not self._tone:
            asked = self._tone
            try:
                await lights.show(asked)
                shown = asked
            except GatehouseError as error:
                _log.warning("%s", error)
                await asyncio.sleep(AGAIN_S)

    async def _speak(self, voice: Voice, code: str, language: str) -> None:
        try:
            await voice.say(code, language)
        except GatehouseError as error:  # what was to be said is past when it could be said again
            _log.warning("%s", error)
