"""What a running agent does, seen from outside: where it listens, as whom, and whom it lets in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from gatehouse.cli.harden.points import Answer, fails, holds, judged, unseen
from gatehouse.workstations.server import FORBIDDEN, HOST
from gatehouse.workstations.settings import Settings

_LISTENING = "0A"  # the state of a socket in /proc/net/tcp
_LOOPBACK = "0100007F"
_WAIT_S = 5.0


@dataclass(frozen=True, slots=True)
class Socket:
    """A listening TCP socket: its address as the kernel writes it, and the account that opened it."""

    address: str
    uid: int


def listening(port: int, tables: Path = Path("/proc/net")) -> list[Socket]:
    return [each for name in ("tcp", "tcp6") for each in _sockets(tables / name, f"{port:04X}")]


def _sockets(table: Path, port: str) -> Iterator[Socket]:
    for line in table.read_text().splitlines()[1:] if table.exists() else ():
        columns = line.split()
        address, _, found = columns[1].partition(":")
        if found == port and columns[3] == _LISTENING:
            yield Socket(address, int(columns[7]))


def loopback(settings: Settings) -> Answer:
    found = listening(settings.port)
    if not found:
        return _absent(settings)
    wide = sorted({each.address for each in found if each.address != _LOOPBACK})
    return judged((f"port {settings.port} is open on {each}" for each in wide), f"{HOST}:{settings.port} alone")


def account(settings: Settings) -> Answer:
    found = listening(settings.port)
    if not found:
        return _absent(settings)
    return fails("it runs as root") if any(each.uid == 0 for each in found) else holds(f"user id {found[0].uid}")


def origin_refused(settings: Settings) -> Answer:
    try:
        with connect(_url(settings), origin=Origin("https://elsewhere.invalid"), open_timeout=_WAIT_S):
            return fails("a page of https://elsewhere.invalid was let in")
    except InvalidStatus as refused:
        status = refused.response.status_code
        return holds("refused with 403") if status == 403 else fails(f"answered with {status}")
    except InvalidHandshake:
        return fails("what answers is no agent")
    except (OSError, TimeoutError):
        return _absent(settings)


def ticket_needed(settings: Settings) -> Answer:
    """Greets, then shows a ticket that nobody issued: the connection has to end with the refusal alone."""
    try:
        with connect(_url(settings), origin=Origin(settings.origins[0]), open_timeout=_WAIT_S) as console:
            heard = [console.recv(timeout=_WAIT_S)]
            console.send(json.dumps({"type": "authenticate", "protocol": 1, "ticket": "made-up"}))
            with suppress(ConnectionClosed):
                while True:
                    heard.append(console.recv(timeout=_WAIT_S))
            code = console.protocol.close_code
    except (InvalidHandshake, ConnectionClosed, IndexError):
        return fails("what answers is no agent for this console")
    except (OSError, TimeoutError):
        return _absent(settings)
    types = [_type(each) for each in heard]
    if types == ["hello", "refused"] and code == FORBIDDEN:
        return holds("a made-up ticket is refused")
    return fails(f"a made-up ticket was answered with {', '.join(map(str, types))}")


def _type(message: str | bytes) -> Any:
    try:
        return json.loads(message)["type"]
    except (ValueError, KeyError, TypeError):
        return "something else"


def _url(settings: Settings) -> str:
    return f"ws://{HOST}:{settings.port}"


def _absent(settings: Settings) -> Answer:
    return unseen(f"no agent answers on {HOST}:{settings.port}: start it and check again")
