"""Between the lanes' officer lines and the page at the supervisor's desk.

The desk holds the lanes' tokens; the page holds none. Who opens the page names themselves and the desk's code; their
name goes with each command into the lane's ledger.
"""

from __future__ import annotations

import asyncio
import hmac
import json
from importlib.resources import files
from typing import Any

import yaml
from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidMessage
from websockets.http11 import Request, Response

from gatehouse.gates.officers import COMMANDS, LONGEST_NAME
from gatehouse.gates.pages import answered, read
from gatehouse.gates.supervisor.settings import LaneAddress
from gatehouse.kernel.errors import UnreadableError

_PAGES = {"/": "desk.html", "/desk.css": "desk.css", "/desk.js": "desk.js"}
_SOCKETS = frozenset({"/live"})
_AGAIN_S = 0.5
_LARGEST = 1024 * 1024
LANGUAGES = ("zh-hant", "en")


def texts(language: str) -> dict[str, Any]:
    file = files(__package__) / "texts" / f"{language}.yaml"
    found: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return found


class Relay:
    """`run` keeps the lines to the lanes; `serve` answers the page."""

    def __init__(self, lanes: tuple[LaneAddress, ...], *, code: str) -> None:
        self._lanes, self._code = lanes, code
        self._lines: dict[str, ClientConnection] = {}
        self._states: dict[str, dict[str, Any]] = {each.name: _gone(each.name) for each in lanes}
        self._pages: set[ServerConnection] = set()

    async def run(self) -> None:
        await asyncio.gather(*(self._follow(each) for each in self._lanes))

    async def serve(self, port: int) -> Server:
        """On 127.0.0.1. Raises `UnreadableError` where the port is taken."""
        try:
            return await serve(self._talk, "127.0.0.1", port, process_request=self._page, max_size=4096, max_queue=8)
        except OSError as error:
            cause = error.strerror or str(error)
            raise UnreadableError("the port %(port)d cannot be used: %(cause)s", port=port, cause=cause) from error

    async def _follow(self, lane: LaneAddress) -> None:
        while True:
            try:
                token = await asyncio.to_thread(lane.token.read_text)
                async with connect(f"{lane.address}/officer", max_size=_LARGEST, proxy=None) as line:
                    await line.send(json.dumps({"token": token.strip()}))
                    async for text in line:
                        said = read(text)
                        if said.get("type") == "state":
                            self._lines[lane.name] = line
                            await self._tell({**said, "lane": lane.name})
            except (OSError, ConnectionClosed, InvalidHandshake, InvalidMessage):
                pass
            self._lines.pop(lane.name, None)
            await self._tell(_gone(lane.name))
            await asyncio.sleep(_AGAIN_S)

    async def _tell(self, state: dict[str, Any]) -> None:
        if self._states[state["lane"]] == state:
            return
        self._states[state["lane"]] = state
        for page in tuple(self._pages):
            await _send(page, state)

    def _page(self, connection: ServerConnection, request: Request) -> Response | None:
        return answered(connection, request, package=__package__ or "", pages=_PAGES, sockets=_SOCKETS)

    async def _talk(self, connection: ServerConnection) -> None:
        try:
            await connection.send(json.dumps({"type": "texts", "texts": {each: texts(each) for each in LANGUAGES}}))
            officer = await self._signed_on(connection)
            self._pages.add(connection)
            for state in self._states.values():
                await _send(connection, state)
            async for text in connection:
                await self._order(read(text), officer)
        except ConnectionClosed:
            return
        finally:
            self._pages.discard(connection)

    async def _signed_on(self, connection: ServerConnection) -> str:
        """The officer's name, once the desk's code is right; each wrong one takes its time."""
        while True:
            said = read(await connection.recv())
            code, officer = said.get("code"), said.get("officer")
            named = isinstance(officer, str) and 0 < len(officer.strip()) <= LONGEST_NAME
            if named and isinstance(code, str) and hmac.compare_digest(code.encode(), self._code.encode()):
                await connection.send(json.dumps({"type": "signed_on"}))
                return str(officer).strip()
            await asyncio.sleep(_AGAIN_S)
            await connection.send(json.dumps({"type": "refused"}))

    async def _order(self, said: dict[str, Any], officer: str) -> None:
        line = self._lines.get(str(said.get("lane")))
        if line is not None and said.get("command") in COMMANDS:
            await line.send(json.dumps({"command": said["command"], "officer": officer}))


def _gone(name: str) -> dict[str, Any]:
    return {"type": "state", "lane": name, "state": "unreachable", "trouble": "", "direction": "", "hand_over": None}


async def _send(page: ServerConnection, message: dict[str, Any]) -> None:
    try:
        await page.send(json.dumps(message))
    except ConnectionClosed:
        return
