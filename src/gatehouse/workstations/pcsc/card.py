"""One chip in the field of a reader."""

from __future__ import annotations

from collections.abc import Callable
from ctypes import byref, c_ubyte, c_ulong, sizeof
from types import TracebackType

from gatehouse.documents.chip.apdu import EXTENDED_EXPECTED
from gatehouse.workstations.pcsc import library
from gatehouse.workstations.pcsc.errors import Code, error_of

_RESET = 1
#: The longest response: all that an extended length can ask for, and the status word.
_LONGEST = EXTENDED_EXPECTED + 2
#: A status word.
_SHORTEST = 2


class Card:
    """A `Transport`. When it is closed the chip is reset, so that it forgets the session.

    `has_left` tells whether the document has gone from the reader, once a command failed.
    """

    def __init__(self, handle: int, reader: str, protocol: int, has_left: Callable[[], bool]) -> None:
        self._handle, self.reader, self._has_left = handle, reader, has_left
        self._protocol = library.Protocol(protocol, sizeof(library.Protocol))
        self._response = (c_ubyte * _LONGEST)()

    def __enter__(self) -> Card:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def transmit(self, command: bytes) -> bytes:
        """The response to one command.

        Raises `CardRemovedError`, `CardTimeoutError`, and `TransportError` for whatever else broke the way.
        """
        size = c_ulong(_LONGEST)
        code = library.call(
            "SCardTransmit",
            self._handle,
            byref(self._protocol),
            command,
            len(command),
            None,
            self._response,
            byref(size),
        )
        if code == Code.SUCCESS and size.value >= _SHORTEST:
            return bytes(self._response[: size.value])
        # What a reader says of a document that is pulled while it answers differs from driver to driver: an error of
        # its own, or an empty success.
        raise error_of(Code.REMOVED_CARD if self._has_left() else code or Code.NOT_TRANSACTED, self.reader)

    def close(self) -> None:
        library.call("SCardDisconnect", self._handle, _RESET)
