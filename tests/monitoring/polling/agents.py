"""Simulated network devices: so many UDP ports in one process, each an agent of SNMP version 2c.

What they are asked is answered octet by octet as RFC 3416 has it; a silent one answers nothing. Run as a program it
serves until its standard input is closed: `python -m tests.monitoring.polling.agents COUNT`, and prints its first port.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager

_SEQUENCE, _INTEGER, _OID, _RESPONSE = 0x30, 0x02, 0x06, 0xA2
_TICKS, _NO_SUCH_OBJECT = 0x43, 0x80
UPTIME = bytes.fromhex("2b06010201010300")
ADMIN, OPER = bytes.fromhex("2b0601020102020107"), bytes.fromhex("2b0601020102020108")


def element(tag: int, content: bytes) -> bytes:
    length = len(content)
    head = bytes([length]) if length < 128 else bytes([0x82, length >> 8, length & 255])
    return bytes([tag]) + head + content


def elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        tag, length, at = data[at], data[at + 1], at + 2
        if length & 128:
            size = length & 127
            length, at = int.from_bytes(data[at : at + size], "big"), at + size
        yield tag, data[at : at + length]
        at += length


def answer(message: bytes, value: Callable[[bytes], bytes]) -> bytes:
    """The response to a GET: `value` gives the encoded value of each object."""
    ((_, content),) = elements(message)
    (_, version), (_, community), (_, pdu) = elements(content)
    (_, request), _, _, (_, bindings) = elements(pdu)
    bound = b"".join(
        element(_SEQUENCE, element(_OID, oid) + value(oid))
        for _, binding in elements(bindings)
        for tag, oid in list(elements(binding))[:1]
    )
    zero = element(_INTEGER, b"\0")
    response = element(_RESPONSE, element(_INTEGER, request) + zero + zero + element(_SEQUENCE, bound))
    return element(_SEQUENCE, element(_INTEGER, version) + element(0x04, community) + response)


class Agent(asyncio.DatagramProtocol):
    def __init__(self) -> None:
        self.silent = False
        #: Octet of ifOperStatus of every interface, and of ifAdminStatus.
        self.oper = self.admin = 1
        #: Answers a text where a number is asked for.
        self.talks = False
        self.began = time.monotonic()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        if not self.silent:
            self.transport.sendto(answer(data, self._value), addr)  # type: ignore[attr-defined]

    def _value(self, oid: bytes) -> bytes:
        if self.talks:
            return element(0x04, b"fine, thanks")
        if oid == UPTIME:
            return element(_TICKS, int((time.monotonic() - self.began) * 100).to_bytes(5, "big"))
        if oid.startswith(ADMIN):
            return element(_INTEGER, bytes([self.admin]))
        return element(_INTEGER, bytes([self.oper])) if oid.startswith(OPER) else element(_NO_SUCH_OBJECT, b"")


@asynccontextmanager
async def listen(count: int) -> AsyncIterator[list[tuple[int, Agent]]]:
    """Each agent with its port."""
    loop = asyncio.get_running_loop()
    opened = [await loop.create_datagram_endpoint(Agent, local_addr=("127.0.0.1", 0)) for _ in range(count)]
    try:
        yield [(transport.get_extra_info("sockname")[1], agent) for transport, agent in opened]
    finally:
        for transport, _ in opened:
            transport.close()
        await asyncio.sleep(0)


async def _serve(count: int, dead_each: int) -> None:
    async with listen(count) as found:
        for _, agent in found[::dead_each] if dead_each else ():
            agent.silent = True
        sys.stdout.write(" ".join(str(port) for port, _ in found) + "\n")
        sys.stdout.flush()
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1]), int(sys.argv[2])))
