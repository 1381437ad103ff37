"""One chip in the field of a reader."""

from __future__ import annotations

from ctypes import byref, c_ubyte, c_ulong, sizeof
from types import TracebackType

from gatehouse.documents.chip.apdu import EXTENDED_EXPECTED
from gatehouse.workstations.pcsc import library
from gatehouse.workstations.pcsc.errors import Code, error_of

_RESET = 1
#: The longest response: all that an extended length can ask for, and the status word.
_LONGEST = EXTENDED_EXPECTED + 2


class Card:
    """A `Transport`. When it is closed the chip is reset, so that it forgets the session."""

    def __init__(self, handle: int, reader: str, protocol: int) -> None:
        self._handle, self.reader = handle, reader
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
        if code == Code.SUCCESS:
            return bytes(self._response[: size.value])
        raise error_of(code if self._is_present() else Code.REMOVED_CARD, self.reader)

    def close(self) -> None:
        library.call("SCardDisconnect", self._handle, _RESET)

    def _is_present(self) -> bool:
        """What failed, failed otherwise than by the document leaving."""
        state, protocol, atr_size = c_ulong(), c_ulong(), c_ulong(library.LONGEST_ATR)
        name_size, atr = c_ulong(0), (c_ubyte * library.LONGEST_ATR)()
        code = library.call(
            "SCardStatus", self._handle, None, byref(name_size), byref(state), byref(protocol), atr, byref(atr_size)
        )
        return code not in (Code.REMOVED_CARD, Code.NO_CARD)
