"""A simulated chip in the virtual reader of pcscd (vsmartcard's vpcd), over its TCP protocol.

The reader listens, the chip connects. Each message is two octets of length, most significant first, and as many of
content: one octet is a control of the power, anything longer a command. While the connection stands the chip lies on
the reader.
"""

from __future__ import annotations

import select
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

from gatehouse.documents.chip.errors import CardRemovedError, CardTimeoutError, TransportError

PORT = 0x8C7B
_POWER_OFF, _POWER_ON, _RESET, _ANSWER_TO_RESET = 0, 1, 2, 4
#: A contactless chip without historical bytes, as PC/SC part 3 clause 3.1.3.2.3 presents it: T=0 and T=1, checksum.
ATR = bytes.fromhex("3B80800101")
_CONNECT_TIMEOUT = 5.0


class Chip(Protocol):
    """What can lie on the reader."""

    def transmit(self, command: bytes) -> bytes: ...
    def reset(self) -> None: ...


class VirtualReader:
    """A place on the virtual reader. Raises `TransportError` where no such reader listens."""

    def __init__(self, host: str = "127.0.0.1", port: int = PORT) -> None:
        try:
            self._socket = socket.create_connection((host, port), _CONNECT_TIMEOUT)
        except OSError as error:
            raise TransportError(
                "no virtual reader listens at %(host)s, port %(port)d: %(cause)s", host=host, port=port, cause=error
            ) from error
        self._socket.settimeout(None)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def is_taken(self, timeout_s: float) -> bool:
        """Whether the reader has noticed the document in that time: one on which another lies lets it wait."""
        readable, _, _ = select.select([self._socket], [], [], timeout_s)
        return bool(readable)

    def serve(self, chip: Chip, *, report: Callable[[bytes, bytes], None] | None = None) -> None:
        """Answer for the chip until it is removed or the reader goes; `report` sees each command with its response."""
        try:
            while (message := self._receive()) is not None:
                if len(message) == 1:
                    self._control(chip, message[0])
                else:
                    response = chip.transmit(message)
                    if report is not None:
                        report(message, response)
                    self._send(response)
        except CardTimeoutError:
            self._wait()
        except (CardRemovedError, OSError):
            pass
        finally:
            self.remove()

    def remove(self) -> None:
        """Take the document off the reader. May be called from another thread."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _control(self, chip: Chip, control: int) -> None:
        if control in (_POWER_OFF, _POWER_ON, _RESET):
            chip.reset()
        elif control == _ANSWER_TO_RESET:
            self._send(ATR)

    def _wait(self) -> None:
        """Answer nothing any more, and stay on the reader until it goes."""
        with suppress(OSError):
            while self._socket.recv(4096):
                pass

    def _send(self, content: bytes) -> None:
        self._socket.sendall(len(content).to_bytes(2, "big") + content)

    def _receive(self) -> bytes | None:
        size = self._octets(2)
        return None if size is None else self._octets(int.from_bytes(size, "big"))

    def _acknowledge_at_once(self) -> None:
        """The reader sends length and content apart and waits for the first to be acknowledged: 40 ms a command."""
        if hasattr(socket, "TCP_QUICKACK"):  # Linux, and to be said anew each time
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)

    def _octets(self, count: int) -> bytes | None:
        """None where the other end is gone."""
        found = b""
        while len(found) < count:
            self._acknowledge_at_once()
            part = self._socket.recv(count - len(found))
            if not part:
                return None
            found += part
        return found


class OnReader:
    """A chip that lies on the virtual reader while the `with` lasts, answered for by a thread."""

    def __init__(self, chip: Chip, *, host: str = "127.0.0.1", port: int = PORT) -> None:
        self._reader = VirtualReader(host, port)
        self._thread = threading.Thread(target=self._reader.serve, args=(chip,), name="virtual reader", daemon=True)

    def __enter__(self) -> OnReader:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.remove()

    def remove(self) -> None:
        self._reader.remove()
        self._thread.join(5)
