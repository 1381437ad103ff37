"""The WebSocket on 127.0.0.1: who may connect, and one console at a time.

Nobody learns anything, not even which devices there are, before their ticket was accepted. A console that does not take
what it is sent is let go; the reading goes on.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from gatehouse.device.desk_ticket import Ticket, accept, fresh_challenge, proof
from gatehouse.device.reading_report import Sentence
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import ForbiddenError, GatehouseError, UnreadableError
from gatehouse.workstations import messages
from gatehouse.workstations.desk import Desk
from gatehouse.workstations.messages import FromAgent, FromConsole
from gatehouse.workstations.pairing import Pairing

#: The one address that is ever listened on.
HOST = "127.0.0.1"
#: What a console sends is short.
LARGEST_MESSAGE = 8 * 1024
#: Seconds to show a ticket, and to take a message that is being sent.
_SHOW_TICKET_S, _TAKE_S = 10.0, 10.0
#: Messages that wait for a console, the pictures and the chip of one document included.
_MOST_WAITING = 512
_MOST_CONNECTIONS = 8
#: Close codes of this protocol (RFC 6455 clause 7.4.2 leaves 4000 to 4999 to applications).
FORBIDDEN, TAKEN_OVER, TOO_SLOW = 4003, 4001, 4008


@dataclass
class _Console:
    """One connection that has shown its ticket."""

    connection: ServerConnection
    ticket: Ticket
    proof: str
    waiting: asyncio.Queue[FromAgent] = field(default_factory=lambda: asyncio.Queue(_MOST_WAITING))
    too_slow: bool = False

    def put(self, message: FromAgent) -> None:
        try:
            self.waiting.put_nowait(message)
        except asyncio.QueueFull:
            self.too_slow = True

    async def write(self) -> None:
        """Send what waits, until the connection ends or does not keep up."""
        while not self.too_slow:
            message = await self.waiting.get()
            try:
                await asyncio.wait_for(self.connection.send(message.model_dump_json()), _TAKE_S)
            except TimeoutError:
                break
            if isinstance(message, messages.TakenOver):
                await self.connection.close(TAKEN_OVER, "taken over")
                return
        self.connection.transport.abort()  # it reads nothing, so it would not read a farewell either


class ConsoleServer:
    """Offers a desk to its console. `publish` is for the desk to call; `start` makes it listen."""

    def __init__(self, *, pairing: Pairing, agent: str, origins: Collection[str], clock: Clock) -> None:
        self._pairing, self._agent, self._origins, self._clock = pairing, agent, frozenset(origins), clock
        self._console: _Console | None = None
        self._open = 0
        self._port = 0
        self.desk: Desk | None = None

    def publish(self, message: FromAgent) -> None:
        """To the console that is connected; nobody hears it where there is none."""
        if self._console is not None:
            self._console.put(message)

    async def start(self, port: int) -> Server:
        """Listen. Raises `UnreadableError` where the port is taken: another program would answer in our name."""
        try:
            server = await serve(
                self._serve,
                HOST,
                port,
                process_request=self._admit,
                max_size=LARGEST_MESSAGE,
                max_queue=4,
                compression=None,
                ping_interval=20,
                ping_timeout=20,
                server_header=None,
            )
        except OSError as error:
            cause = os.strerror(error.errno or 0)
            raise UnreadableError(
                "%(host)s:%(port)d cannot be listened on: %(cause)s", host=HOST, port=port, cause=cause
            ) from error
        self._port = next(iter(server.sockets)).getsockname()[1]
        return server

    @property
    def port(self) -> int:
        return self._port

    def _admit(self, connection: ServerConnection, request: Request) -> Response | None:
        """Before the handshake: the page must be of a console's address, and the agent must be asked for by its own.

        The second is against a foreign name that somebody lets point to 127.0.0.1.
        """
        origins, hosts = request.headers.get_all("Origin"), request.headers.get_all("Host")
        if len(origins) != 1 or origins[0] not in self._origins or hosts != [f"{HOST}:{self._port}"]:
            return _refused(HTTPStatus.FORBIDDEN)
        if self._open >= _MOST_CONNECTIONS:
            return _refused(HTTPStatus.SERVICE_UNAVAILABLE)
        return None

    async def _serve(self, connection: ServerConnection) -> None:
        self._open += 1
        try:
            with suppress(ConnectionClosed):
                console = await self._authenticated(connection)
                if console is not None:
                    await self._converse(console)
        finally:
            self._open -= 1

    async def _authenticated(self, connection: ServerConnection) -> _Console | None:
        challenge = fresh_challenge()
        hello = messages.Hello(agent=self._agent, desk=self._pairing.desk, challenge=challenge)
        await connection.send(hello.model_dump_json())
        try:
            said = messages.read(await asyncio.wait_for(connection.recv(), _SHOW_TICKET_S))
            if not isinstance(said, messages.Authenticate):
                raise ForbiddenError("the first message of a console is its ticket")
            ticket = accept(
                self._pairing.key,
                said.ticket,
                desk=self._pairing.desk,
                challenge=challenge,
                origin=connection.request.headers["Origin"] if connection.request else "",
                port=self._port,
                now=self._clock.now(),
            )
        except TimeoutError:
            await connection.close(FORBIDDEN, "no ticket was shown")
            return None
        except GatehouseError as error:
            await connection.send(messages.Refused(reason=Sentence.of(error.reason)).model_dump_json())
            await connection.close(FORBIDDEN, "not admitted")
            return None
        return _Console(connection, ticket, proof(self._pairing.key, said.ticket))

    async def _converse(self, console: _Console) -> None:
        if self._console is not None:
            self._console.put(messages.TakenOver())
        self._console = console
        console.put(messages.Welcome(proof=console.proof, devices=self.desk.devices if self.desk else ()))
        if self.desk is not None and self.desk.document is not None:  # what happened before somebody listened
            for message in self.desk.document.said:
                console.put(message)
        writing = asyncio.create_task(console.write())
        try:
            async for text in console.connection:
                try:
                    await self._obey(messages.read(text), console)
                except UnreadableError as error:
                    console.put(messages.Refused(reason=Sentence.of(error.reason)))
        finally:
            writing.cancel()
            if self._console is console:
                self._console = None

    async def _obey(self, asked: FromConsole, console: _Console) -> None:
        desk = self.desk
        if desk is None or self._console is not console:
            return
        try:
            if isinstance(asked, messages.AwaitDocument):
                await desk.await_document()
            elif isinstance(asked, messages.OpenWithNumber):
                desk.open_with_number(asked.document, asked.number)
            elif isinstance(asked, messages.Taken):
                desk.forget(asked.document)
            elif isinstance(asked, messages.Capture):
                picture = await desk.capture(asked.device)
                console.put(messages.Captured(device=asked.device, data=messages.in_base64(picture)))
            elif isinstance(asked, messages.SelfTest):
                console.put(messages.DeviceTested(device=await desk.self_test(asked.device)))
        except GatehouseError as error:
            console.put(messages.Refused(reason=Sentence.of(error.reason)))


def _refused(status: HTTPStatus) -> Response:
    return Response(status.value, status.phrase, Headers({"Content-Length": "0", "Connection": "close"}), b"")
