"""What PC/SC answers when it does not do what it was asked, as the errors of a chip's transport."""

from __future__ import annotations

from enum import IntEnum

from gatehouse.documents.chip.errors import CardRemovedError, CardTimeoutError, TransportError


class ReaderError(TransportError):
    """There is no such reader, or no service that knows of readers: nothing was asked of any chip."""


class Code(IntEnum):
    """The return codes that mean something here (PC/SC part 5, winscard.h)."""

    SUCCESS = 0
    CANCELLED = 0x80100002
    INSUFFICIENT_BUFFER = 0x80100008
    UNKNOWN_READER = 0x80100009
    TIMEOUT = 0x8010000A
    SHARING_VIOLATION = 0x8010000B
    NO_CARD = 0x8010000C
    NOT_TRANSACTED = 0x80100016
    READER_UNAVAILABLE = 0x80100017
    NO_SERVICE = 0x8010001D
    SERVICE_STOPPED = 0x8010001E
    NO_READERS = 0x8010002E
    COMMUNICATION = 0x8010002F
    UNRESPONSIVE_CARD = 0x80100066
    UNPOWERED_CARD = 0x80100067
    RESET_CARD = 0x80100068
    REMOVED_CARD = 0x80100069


_REMOVED = frozenset({Code.NO_CARD, Code.REMOVED_CARD, Code.UNPOWERED_CARD})
_SLOW = frozenset({Code.TIMEOUT, Code.UNRESPONSIVE_CARD})
_NO_SERVICE = frozenset({Code.NO_SERVICE, Code.SERVICE_STOPPED, Code.COMMUNICATION})
_NO_READER = frozenset({Code.UNKNOWN_READER, Code.READER_UNAVAILABLE, Code.NO_READERS})


def error_of(code: int, reader: str = "") -> TransportError:
    """The error that a return code means; `reader` is the one that was in use."""
    if code in _REMOVED:
        return CardRemovedError("the document left the reader")
    if code in _SLOW:
        return CardTimeoutError("the chip did not answer in time")
    return _of_reader(code, reader) or TransportError(
        "the reader answered with the PC/SC code %(code)s", code=f"{code:08X}"
    )


def _of_reader(code: int, reader: str) -> TransportError | None:
    if code in _NO_SERVICE:
        return ReaderError("the PC/SC service does not run on this machine: start pcscd")
    if code in _NO_READER:
        return ReaderError("there is no reader %(reader)s", reader=reader)
    if code == Code.SHARING_VIOLATION:
        return ReaderError("another program uses the reader %(reader)s", reader=reader)
    if code == Code.RESET_CARD:
        return TransportError("another program reset the chip")
    return None
