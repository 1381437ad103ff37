"""The WebSocket as a browser, and as somebody who is none, would meet it."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from tests.asynchronous import run
from tests.workstations.doubles import NOW, ZONE, Camera, ChipReader, Link, Page, Plugs, desk_of, until
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Origin

from gatehouse.device.desk_ticket import issue, key_of_token, proof
from gatehouse.kernel.clock import FixedClock
from gatehouse.kernel.errors import UnreadableError
from gatehouse.workstations import server as server_module
from gatehouse.workstations.desk import Desk
from gatehouse.workstations.devices import ImageTaken, Light, PageDone, Placed, Removed, ZoneRead
from gatehouse.workstations.pairing import Pairing
from gatehouse.workstations.server import FORBIDDEN, LARGEST_MESSAGE, TAKEN_OVER, ConsoleServer

KEY = key_of_token("the token of TPE-A12")
ORIGIN = Origin("https://border.example")


@dataclass
class Served:
    server: ConsoleServer
    desk: Desk
    page: Page
    plugs: Plugs

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.server.port}"

    def ticket(self, challenge: str, **changed: Any) -> str:
        here = {"desk": "TPE-A12", "challenge": challenge, "origin": ORIGIN, "port": self.server.port}
        key = changed.pop("key", KEY)
        return issue(key, **{**here, "officer": "user:chen", "now": NOW, **changed}).ticket

    @asynccontextmanager
    async def console(self) -> AsyncIterator[ClientConnection]:
        """A console that was admitted; its welcome has been heard."""
        async with connect(self.url, origin=ORIGIN, max_size=None) as connection:
            await show(connection, self.ticket((await hear(connection))["challenge"]))
            assert (await hear(connection))["type"] == "welcome"
            yield connection

    async def place(self) -> None:
        before = self.desk.document
        for seen in (Placed(), ZoneRead(ZONE), ImageTaken(Light.VISIBLE, b"\xff\xd8\xff"), PageDone()):
            self.page.seen.put_nowait(seen)
        await until(lambda: self.desk.document is not None and self.desk.document is not before)
        assert self.desk.document is not None
        await self.desk.document.finished


@asynccontextmanager
async def serving(*, devices: tuple[Any, ...] = ()) -> AsyncIterator[Served]:
    server = ConsoleServer(pairing=Pairing("TPE-A12", KEY), agent="agent/1", origins=(ORIGIN,), clock=FixedClock(NOW))
    page = Page()
    desk, plugs = desk_of(page, ChipReader(Link()), *devices)
    desk.publish = server.publish
    server.desk = desk
    async with await server.start(0):
        task = asyncio.create_task(desk.run())
        try:
            await until(lambda: len(desk.devices) == 2 + len(devices))
            yield Served(server, desk, page, plugs)
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def hear(connection: ClientConnection) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(await asyncio.wait_for(connection.recv(), 5))
    return said


async def show(connection: ClientConnection, ticket: str) -> None:
    await connection.send(json.dumps({"type": "authenticate", "protocol": 1, "ticket": ticket}))


async def hear_until(connection: ClientConnection, type_: str) -> list[dict[str, Any]]:
    said = [await hear(connection)]
    while said[-1]["type"] != type_:
        said.append(await hear(connection))
    return said


async def closed(connection: ClientConnection) -> tuple[int, str]:
    """How the agent ended the connection."""
    async with asyncio.timeout(5):
        await connection.wait_closed()
    return connection.close_code or 0, connection.close_reason or ""


def test_a_console_with_its_ticket_hears_the_proof_and_the_devices() -> None:
    async def work() -> None:
        async with serving() as served, connect(served.url, origin=ORIGIN) as console:
            hello = await hear(console)
            assert {**hello, "challenge": ""} == {
                "type": "hello",
                "protocol": 1,
                "agent": "agent/1",
                "desk": "TPE-A12",
                "challenge": "",
            }
            ticket = served.ticket(hello["challenge"])
            await show(console, ticket)
            welcome = await hear(console)
            assert (welcome["type"], welcome["proof"]) == ("welcome", proof(KEY, ticket))
            assert [device["kind"] for device in welcome["devices"]] == ["page_reader", "chip_reader"]
            assert welcome["devices"][1]["health"]["result"] == "successful"

    run(work())


@pytest.mark.parametrize("origin", [None, "https://evil.example", "http://border.example", "null", f"{ORIGIN}:444"])
def test_a_page_of_another_origin_is_not_even_greeted(origin: str | None) -> None:
    async def work() -> None:
        async with serving() as served:
            with pytest.raises(InvalidStatus) as refused:
                async with connect(served.url, origin=Origin(origin) if origin else None):
                    pytest.fail("it was let in")
            assert refused.value.response.status_code == 403

    run(work())


@pytest.mark.parametrize("host", ["border.example", "localhost:{port}", "127.0.0.1:1"])
def test_a_name_that_was_made_to_point_here_is_refused(host: str) -> None:
    async def work() -> None:
        async with serving() as served:
            asked = host.format(port=served.server.port)
            reader, writer = await asyncio.open_connection("127.0.0.1", served.server.port)
            lines = ["GET / HTTP/1.1", f"Host: {asked}", f"Origin: {ORIGIN}", "Upgrade: websocket"]
            lines += ["Connection: Upgrade", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: " + "A" * 22 + "=="]
            writer.write("\r\n".join([*lines, "", ""]).encode())
            assert (await reader.readline()).split()[1] == b"403"
            writer.close()

    run(work())


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"key": key_of_token("the token of another desk")}, "the ticket was not issued by this desk's centre"),
        ({"desk": "TPE-A13"}, "the ticket is for another desk"),
        ({"origin": "https://evil.example"}, "the ticket is for another origin"),
        ({"port": 1}, "the ticket is for another port"),
    ],
)
def test_a_wrong_ticket_is_refused_in_words_and_the_connection_ends(changed: dict[str, Any], said: str) -> None:
    async def work() -> None:
        async with serving() as served, connect(served.url, origin=ORIGIN) as console:
            await show(console, served.ticket((await hear(console))["challenge"], **changed))
            answer = await hear(console)
            assert (answer["type"], answer["reason"]["text"] % answer["reason"]["parts"]) == ("refused", said)
            assert await closed(console) == (FORBIDDEN, "not admitted")

    run(work())


def test_a_ticket_is_good_for_the_connection_whose_challenge_it_answers_and_for_no_other() -> None:
    async def work() -> None:
        async with serving() as served:
            async with connect(served.url, origin=ORIGIN) as first:
                ticket = served.ticket((await hear(first))["challenge"])
                await show(first, ticket)
                assert (await hear(first))["type"] == "welcome"
            async with connect(served.url, origin=ORIGIN) as again:
                await hear(again)
                await show(again, ticket)
                assert (await hear(again))["reason"]["parts"] == {"part": "challenge"}
                assert (await closed(again))[0] == FORBIDDEN

    run(work())


@pytest.mark.parametrize("message", ['{"type": "await_document"}', "{}", "no json", '{"type": "authenticate"}'])
def test_who_speaks_before_showing_a_ticket_is_let_go(message: str) -> None:
    async def work() -> None:
        async with serving() as served, connect(served.url, origin=ORIGIN) as console:
            await hear(console)
            await console.send(message)
            assert (await hear(console))["type"] == "refused"
            assert (await closed(console))[0] == FORBIDDEN
            assert served.page.lit == 0

    run(work())


def test_who_shows_no_ticket_in_time_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "_SHOW_TICKET_S", 0.05)

    async def work() -> None:
        async with serving() as served, connect(served.url, origin=ORIGIN) as console:
            await hear(console)
            assert await closed(console) == (FORBIDDEN, "no ticket was shown")

    run(work())


def test_connections_are_bounded() -> None:
    async def work() -> None:
        async with serving() as served:
            held = [await connect(served.url, origin=ORIGIN) for _ in range(8)]
            for connection in held:
                await hear(connection)
            with pytest.raises(InvalidStatus) as refused:
                async with connect(served.url, origin=ORIGIN):
                    pytest.fail("it was let in")
            assert refused.value.response.status_code == 503
            await held[0].close()
            async with served.console():
                pass
            for connection in held:
                await connection.close()

    run(work())


def test_a_frame_that_is_too_large_ends_the_connection_and_nothing_else() -> None:
    async def work() -> None:
        async with serving() as served:
            async with served.console() as console:
                await console.send("x" * (LARGEST_MESSAGE + 1))
                assert (await closed(console))[0] == 1009
            async with served.console() as console:
                await console.send('{"type": "await_document"}')
                await until(lambda: served.page.lit == 1)

    run(work())


@pytest.mark.parametrize("message", ["", "[]", '{"type":"format_disk"}', '{"type":"taken","document":"1"}', "\x00"])
def test_what_is_no_message_is_refused_in_words_and_the_connection_goes_on(message: str) -> None:
    async def work() -> None:
        async with serving() as served, served.console() as console:
            await console.send(message)
            assert (await hear(console))["type"] == "refused"
            await console.send('{"type": "await_document"}')
            await until(lambda: served.page.lit == 1)

    run(work())


def test_a_second_console_takes_over_and_the_first_is_told() -> None:
    async def work() -> None:
        async with serving() as served, served.console() as first, served.console() as second:
            assert (await hear(first))["type"] == "taken_over"
            assert await closed(first) == (TAKEN_OVER, "taken over")
            await served.place()
            said = await hear_until(second, "document_read")
            assert said[0]["type"] == "document_placed"

    run(work())


def test_a_console_that_comes_later_hears_of_the_document_that_lies_there_until_one_has_taken_it() -> None:
    async def work() -> None:
        async with serving() as served:
            await served.place()
            for _ in range(2):
                async with served.console() as console:
                    said = await hear_until(console, "document_read")
                    assert [message["type"] for message in said] == [
                        "document_placed",
                        "mrz_read",
                        "image",
                        "chip_read",
                        "document_read",
                    ]
                    await console.send('{"type": "await_document"}')  # it lies there already
            async with served.console() as console:
                document = (await hear_until(console, "document_read"))[-1]["document"]
                await console.send(json.dumps({"type": "taken", "document": document}))
                await until(lambda: served.desk.document is None)
                assert served.page.lit == 0
            async with served.console() as console:
                await console.send('{"type": "await_document"}')
                await until(lambda: served.page.lit == 1)

    run(work())


def test_what_nobody_took_is_forgotten_when_its_time_is_over() -> None:
    async def work() -> None:
        async with serving() as served:
            served.desk.reading = served.desk.reading.model_copy(update={"kept_s": 0.05})
            await served.place()
            document = served.desk.document
            assert document is not None
            served.page.seen.put_nowait(Removed())
            await until(lambda: served.desk.document is None)
            assert document.said == []

    run(work())


def test_a_console_that_reads_nothing_is_let_go_and_the_reading_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_module, "_TAKE_S", 0.2)

    async def work() -> None:
        async with serving() as served, served.console() as console:
            console.transport.pause_reading()
            served.page.seen.put_nowait(Placed())
            for _ in range(40):
                served.page.seen.put_nowait(ImageTaken(Light.VISIBLE, bytes(300_000)))
            for seen in (ZoneRead(ZONE), PageDone()):
                served.page.seen.put_nowait(seen)
            await until(lambda: served.desk.document is not None and served.desk.document.finished.done())
            await until(lambda: served.server._console is None)
            async with served.console() as other:
                assert (await hear_until(other, "document_read"))[-1]["failure"] is None
            console.transport.abort()

    run(work())


def test_devices_come_and_go_before_the_consoles_eyes() -> None:
    async def work() -> None:
        async with serving() as served, served.console() as console:
            served.plugs.plug(Camera())
            arrived = await hear(console)
            assert (arrived["type"], arrived["device"]["kind"]) == ("device_arrived", "camera")
            assert arrived["device"]["health"]["result"] == "not supported"
            await console.send('{"type": "capture", "device": "camera"}')
            captured = await hear(console)
            assert (captured["type"], captured["data"]) == ("captured", "/9j/IGEgZmFjZQ==")
            await console.send('{"type": "self_test", "device": "camera"}')
            assert (await hear(console))["type"] == "device_tested"
            served.plugs.unplug("camera")
            assert await hear(console) == {"type": "device_left", "device": "camera"}
            await console.send('{"type": "capture", "device": "camera"}')
            refused = await hear(console)
            assert refused["reason"]["text"] == "no device %(device)s is plugged in"
            await console.send('{"type": "capture", "device": "page"}')
            assert (await hear(console))["reason"]["text"] == "%(device)s takes no pictures"

    run(work())


def test_a_port_that_is_taken_is_one_clear_error() -> None:
    async def work() -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            server = ConsoleServer(pairing=Pairing("A", KEY), agent="a", origins=(ORIGIN,), clock=FixedClock(NOW))
            with pytest.raises(UnreadableError, match=f"127.0.0.1:{port} cannot be listened on"):
                await server.start(port)

    run(work())
