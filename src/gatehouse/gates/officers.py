"""The officer's line to a lane: what the lane is doing, and what an officer tells it. It needs the lane's token.

A message to the line is JSON: first `{"token"}`, then `{"command", "officer"}`. The lane says `{"type": "state", …}`
whenever something happens, and `{"type": "answer", "known"}` after a command. Faces go over it on a hand-over alone.
"""

from __future__ import annotations

import asyncio
import hmac
import json
from base64 import b64encode
from collections.abc import Callable
from datetime import datetime
from typing import Any

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from gatehouse.device.words import Direction
from gatehouse.gates.machine import Event, Situation, State
from gatehouse.gates.pages import read
from gatehouse.gates.view import View
from gatehouse.kernel.clock import Clock

#: What an officer may tell a lane.
COMMANDS = {
    each.name.lower(): each
    for each in (Event.RELEASE, Event.RETURN, Event.RESET, Event.CLOSE, Event.OPEN, Event.REVERSE, Event.EMERGENCY)
}
LONGEST_NAME = 150


class OfficerLine:
    """`obeyed` is called with the command and the officer's name, in the lane's loop."""

    def __init__(self, *, lane: str, token: str, obeyed: Callable[[Event, str], None], clock: Clock) -> None:
        self._lane, self._token, self._obeyed, self._clock = lane, token, obeyed, clock
        self._view = View(Situation(), (), Direction.ENTRY, "")
        self._since: datetime = clock.now()
        self._lines: set[ServerConnection] = set()
        self._sending: set[asyncio.Task[None]] = set()

    def show(self, view: View) -> None:
        if view.situation.state is not self._view.situation.state:
            self._since = self._clock.now()
        self._view = view
        text = json.dumps(self.state)
        for line in tuple(self._lines):
            task = asyncio.get_running_loop().create_task(_send(line, text))
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)

    @property
    def state(self) -> dict[str, Any]:
        situation = self._view.situation
        return {
            "type": "state",
            "lane": self._lane,
            "state": situation.state.value,
            "trouble": situation.trouble.value if situation.trouble else "",
            "direction": self._view.direction.value,
            "since": self._since.isoformat(timespec="seconds"),
            "inside": situation.inside,
            "hand_over": self._hand_over(),
        }

    def _hand_over(self) -> dict[str, Any] | None:
        view = self._view
        if view.situation.state not in (State.HANDED_OVER, State.SENT_TO_DESK):
            return None
        faces = view.situation.state is State.HANDED_OVER
        return {
            "nationality": view.nationality,
            "document": view.document,
            "reasons": [{"code": each.code, "text": str(each.reason)} for each in view.obstacles],
            "chip": _picture(view.chip_face) if faces else None,
            "live": _picture(view.live_face) if faces else None,
        }

    async def talk(self, connection: ServerConnection) -> None:
        token = read(await connection.recv()).get("token")
        if not isinstance(token, str) or not hmac.compare_digest(token.encode(), self._token.encode()):
            await connection.close(1008, "the token is not this lane's")
            return
        self._lines.add(connection)
        try:
            await connection.send(json.dumps(self.state))
            async for text in connection:
                said = read(text)
                command, officer = COMMANDS.get(str(said.get("command"))), said.get("officer")
                named = isinstance(officer, str) and 0 < len(officer.strip()) <= LONGEST_NAME
                if command is not None and named:
                    self._obeyed(command, str(officer).strip())
                await connection.send(json.dumps({"type": "answer", "known": command is not None and named}))
        finally:
            self._lines.discard(connection)


def _picture(data: bytes | None) -> str | None:
    return None if data is None else b64encode(data).decode()


async def _send(line: ServerConnection, text: str) -> None:
    try:
        await line.send(text)
    except ConnectionClosed:
        return
