"""Enrolment in the lane: consent, a good picture, one to one against the chip; nothing is kept without all three."""

from __future__ import annotations

import asyncio


class Consent:
    """What the traveller before the screen answers. An answer that nobody asked for is none."""

    def __init__(self) -> None:
        self._asked: asyncio.Future[bool] | None = None

    def answer(self, agrees: bool) -> None:
        if self._asked is not None and not self._asked.done():
            self._asked.set_result(agrees)

    async def ask(self) -> bool:
        """Until they answer, or the lane gives up on it."""
        self._asked = asyncio.get_running_loop().create_future()
        try:
            return await self._asked
        finally:
            self._asked = None
