"""The guidance page on a port of this machine alone, and the officer's line to the lane, which needs the lane's token.

The page is what stands in `static`; what it shows comes over a WebSocket. A page of another origin is not answered.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from gatehouse.device.words import Direction
from gatehouse.gates.guidance.screens import Screen, language_of, languages, screen
from gatehouse.gates.guidance.signals import Signals
from gatehouse.gates.machine import Situation, State
from gatehouse.gates.officers import OfficerLine
from gatehouse.gates.pages import answered, read
from gatehouse.gates.view import View
from gatehouse.kernel.errors import UnreadableError

_PAGES = {"/": "lane.html", "/lane.css": "lane.css", "/lane.js": "lane.js"}
_SOCKETS = frozenset({"/live", "/officer"})
_LARGEST_MESSAGE = 1024
_AT_REST = frozenset({State.IDLE, State.CLOSED})


class Guidance:
    """`show` is the program's; `consented` is called in its loop. With `speaks` the page reads itself aloud."""

    def __init__(
        self,
        *,
        consented: Callable[[bool, str], None],
        officers: OfficerLine,
        signals: Signals | None = None,
        speaks: bool = False,
    ) -> None:
        self._consented, self._officers = consented, officers
        self._signals, self._speaks = signals or Signals(), speaks
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
        self._officers.show(view)

    @property
    def language(self) -> str:
        return self._chosen or language_of(self._view.nationality)

    @property
    def _screen(self) -> Screen:
        return screen(self._view.situation, self._view.obstacles, self.language)

    @property
    def message(self) -> dict[str, Any]:
        view = self._view
        return {
            "screen": self._screen.as_dict(),
            "speaks": self._speaks,
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
        return answered(connection, request, package=__package__ or "", pages=_PAGES, sockets=_SOCKETS)

    async def _talk(self, connection: ServerConnection) -> None:
        officer = connection.request is not None and connection.request.path == "/officer"
        try:
            if officer:
                await self._officers.talk(connection)
            else:
                await self._traveller(connection)
        except ConnectionClosed:
            return

    async def _traveller(self, connection: ServerConnection) -> None:
        self._pages.add(connection)
        try:
            await connection.send(json.dumps(self.message))
            async for text in connection:
                said = read(text)
                if said.get("language") in languages():
                    self._chosen = said["language"]
                    self._publish()
                if isinstance(said.get("consent"), bool):
                    self._consented(said["consent"], self.language)
        finally:
            self._pages.discard(connection)

    def _publish(self) -> None:
        self._signals.follow(self._screen)
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
