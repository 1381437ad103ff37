"""The guidance page on a port of this machine alone, and the officer's line to the lane, which needs the lane's token.

The page is what stands in `static`; what it shows comes over a WebSocket. A page of another origin is not answered.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import Callable
from http import HTTPStatus
from importlib.resources import files
from typing import Any

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from gatehouse.device.words import Direction
from gatehouse.gates.guidance.screens import language_of, languages, screen
from gatehouse.gates.machine import Event, Situation, State
from gatehouse.gates.program import View
from gatehouse.kernel.errors import UnreadableError

_log = logging.getLogger(__name__)
_TYPES = {
    "/": ("lane.html", "text/html"),
    "/lane.css": ("lane.css", "text/css"),
    "/lane.js": ("lane.js", "text/javascript"),
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_LARGEST_MESSAGE = 1024
_AT_REST = frozenset({State.IDLE, State.CLOSED})
#: What an officer may tell a lane.
OFFICERS = {
    each.name.lower(): each
    for each in (Event.RELEASE, Event.RETURN, Event.RESET, Event.CLOSE, Event.OPEN, Event.REVERSE, Event.EMERGENCY)
}


class Guidance:
    """`show` is the program's; `consented` and `told` are called in the loop of `run`."""

    def __init__(self, *, told: Callable[[Event], None], consented: Callable[[bool, str], None], token: str) -> None:
        self._told, self._consented, self._token = told, consented, token
        self._pages: set[ServerConnection] = set()
        self._sending: set[asyncio.Task[None]] = set()
        self._chosen: str | None = None
        self._view = View(Situation(), (), Direction.ENTRY, "")

    def show(self, view: View) -> None:
        if (
            view.situation.state in (State.IDLE, State.CLOSED)
            and self._view.situation.state is not view.situation.state
        ):
            self._chosen = None  # the next traveller reads their own language
        self._view = view
        self._publish()

    @property
    def language(self) -> str:
        return self._chosen or language_of(self._view.nationality)

    @property
    def message(self) -> dict[str, Any]:
        view = self._view
        return {
            "screen": screen(view.situation, view.obstacles, self.language).as_dict(),
            "languages": {tag: each.name for tag, each in languages().items()},
            "low": any(each.code == "height" for each in view.obstacles),
        }

    async def serve(self, port: int) -> Server:
        """Listen on 127.0.0.1; 0 takes any free port. Raises `UnreadableError` where it is taken."""
        try:
            return await serve(
                self._talk, "127.0.0.1", port, process_request=self._page, max_size=_LARGEST_MESSAGE, max_queue=8
            )
        except OSError as error:
            raise UnreadableError(
                "the port %(port)d cannot be used: %(cause)s", port=port, cause=error.strerror
            ) from error

    def _page(self, connection: ServerConnection, request: Request) -> Response | None:
        host = request.headers.get("Host", "")
        own = {f"{name}:{connection.local_address[1]}" for name in ("127.0.0.1", "localhost")}
        if host not in own:
            return _response(HTTPStatus.MISDIRECTED_REQUEST, b"", "text/plain")
        if request.path in ("/live", "/officer"):
            origin = request.headers.get("Origin")
            foreign = origin is not None and origin not in {f"http://{each}" for each in own}
            return _response(HTTPStatus.FORBIDDEN, b"", "text/plain") if foreign else None
        if request.path not in _TYPES:
            return _response(HTTPStatus.NOT_FOUND, b"", "text/plain")
        name, kind = _TYPES[request.path]
        return _response(HTTPStatus.OK, (files(__package__) / "static" / name).read_bytes(), kind)

    async def _talk(self, connection: ServerConnection) -> None:
        officer = connection.request is not None and connection.request.path == "/officer"
        try:
            if officer:
                await self._officer(connection)
            else:
                await self._traveller(connection)
        except ConnectionClosed:
            return

    async def _traveller(self, connection: ServerConnection) -> None:
        self._pages.add(connection)
        try:
            await connection.send(json.dumps(self.message))
            async for text in connection:
                said = _read(text)
                if said.get("language") in languages():
                    self._chosen = said["language"]
                    self._publish()
                if isinstance(said.get("consent"), bool):
                    self._consented(said["consent"], self.language)
        finally:
            self._pages.discard(connection)

    async def _officer(self, connection: ServerConnection) -> None:
        """First the token, then one command a message; each is answered with the lane's state."""
        token = _read(await connection.recv()).get("token")
        if not isinstance(token, str) or not hmac.compare_digest(token.encode(), self._token.encode()):
            await connection.close(1008, "the token is not this lane's")
            return
        async for text in connection:
            command = OFFICERS.get(str(_read(text).get("command")))
            if command is not None:
                self._told(command)
            await asyncio.sleep(0)
            await connection.send(json.dumps({"known": command is not None, "state": self._view.situation.state.value}))

    def _publish(self) -> None:
        text = json.dumps(self.message)
        for page in tuple(self._pages):
            task = asyncio.get_running_loop().create_task(_send(page, text))
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)


async def _send(page: ServerConnection, text: str) -> None:
    try:
        await page.send(text)
    except ConnectionClosed:
        return


def _read(text: str | bytes) -> dict[str, Any]:
    try:
        said = json.loads(text)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _response(status: HTTPStatus, body: bytes, kind: str) -> Response:
    headers = Headers(
        {
            "Content-Type": f"{kind}; charset=utf-8",
            "Content-Length": str(len(body)),
            "Content-Security-Policy": _POLICY,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
            "Connection": "close",
        }
    )
    return Response(status.value, status.phrase, headers, body)
