"""The readers of this machine, and what comes and goes at them."""

from __future__ import annotations

import ctypes
import time
from collections.abc import Sequence
from ctypes import byref, c_long, c_ulong
from dataclasses import dataclass, field
from types import TracebackType

from gatehouse.workstations.pcsc import library
from gatehouse.workstations.pcsc.card import Card
from gatehouse.workstations.pcsc.errors import Code, ReaderError, error_of

_PRESENT, _MUTE, _CHANGED = 0x0020, 0x0200, 0x0002
#: The pseudo reader of pcsc-lite whose state changes when readers come or go.
_PLUG_AND_PLAY = "\\\\?PnP?\\Notification"
_EXCLUSIVE, _T0_OR_T1 = 1, 3
#: Seconds: pcscd asks its readers every 0.4 s where they do not tell by themselves.
_NOTICED_WITHIN = 1.0


@dataclass(frozen=True, slots=True)
class ReaderState:
    """A reader and whether a chip answers in its field, with its answer to reset; `raw` is PC/SC's own state."""

    reader: str
    has_card: bool
    atr: bytes = b""
    raw: int = field(default=0, repr=False)


class Context:
    """A connection to the PC/SC service. Raises `ReaderError` where there is none.

    One thread waits, another may call `cancel`; connect from the thread that reads the chip.
    """

    def __init__(self) -> None:
        self._handle = library.establish()

    def __enter__(self) -> Context:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        library.call("SCardReleaseContext", self._handle)

    def readers(self) -> tuple[str, ...]:
        """The names of the readers, none where there are none."""
        size = c_ulong()
        code = library.call("SCardListReaders", self._handle, None, None, byref(size))
        if code == Code.NO_READERS:
            return ()
        if code != Code.SUCCESS:
            raise error_of(code)
        names = ctypes.create_string_buffer(size.value)
        code = library.call("SCardListReaders", self._handle, None, names, byref(size))
        if code in (Code.NO_READERS, Code.INSUFFICIENT_BUFFER):  # they changed meanwhile
            return self.readers() if code == Code.INSUFFICIENT_BUFFER else ()
        if code != Code.SUCCESS:
            raise error_of(code)
        return tuple(name.decode() for name in names.raw[: size.value].split(b"\0") if name)

    def states(self) -> tuple[ReaderState, ...]:
        """Every reader as it is now."""
        names = self.readers()
        structs = _structs([(name, 0) for name in names])
        if not names or self._status_change(structs, len(names), 0) == Code.UNKNOWN_READER:
            return ()
        return tuple(_state(each) for each in structs)

    def wait(self, known: Sequence[ReaderState], timeout_s: float) -> tuple[ReaderState, ...]:
        """The readers once anything about them differs from `known`, or as they are when time is up.

        Returns at once after `cancel` of another thread.
        """
        if set(self.readers()) == {each.reader for each in known}:
            watched = [*((each.reader, each.raw) for each in known), (_PLUG_AND_PLAY, len(known) << 16)]
            self._status_change(_structs(watched), len(watched), round(timeout_s * 1000))
        return self.states()

    def cancel(self) -> None:
        """End the wait of another thread."""
        library.call("SCardCancel", self._handle)

    def connect(self, reader: str) -> Card:
        """The chip in the reader's field, for this program alone.

        Raises `ReaderError` for a reader that is not there or in use, `CardRemovedError` where it holds no document.
        """
        card, protocol = c_long(), c_ulong()
        code = library.call(
            "SCardConnect", self._handle, reader.encode(), _EXCLUSIVE, _T0_OR_T1, byref(card), byref(protocol)
        )
        if code in (Code.UNKNOWN_READER, Code.READER_UNAVAILABLE):
            known = ", ".join(self.readers()) or "-"
            raise ReaderError("there is no reader %(reader)s; there are: %(known)s", reader=reader, known=known)
        if code != Code.SUCCESS:
            raise error_of(code, reader)
        return Card(card.value, reader, protocol.value, lambda: self._has_left(reader))

    def _has_left(self, reader: str) -> bool:
        """Whether the reader is empty, or becomes so within the time that the service takes to notice."""
        ends = time.monotonic() + _NOTICED_WITHIN
        known = self.states()
        while any(each.reader == reader and each.has_card for each in known):
            left = ends - time.monotonic()
            if left <= 0:
                return False
            known = self.wait(known, left)
        return True

    def _status_change(self, structs: ctypes.Array[library.ReaderStateStruct], count: int, timeout_ms: int) -> int:
        code = library.call("SCardGetStatusChange", self._handle, timeout_ms, structs, count)
        if code not in (Code.SUCCESS, Code.TIMEOUT, Code.CANCELLED, Code.UNKNOWN_READER):
            raise error_of(code)
        return code


def _structs(watched: Sequence[tuple[str, int]]) -> ctypes.Array[library.ReaderStateStruct]:
    structs = (library.ReaderStateStruct * max(len(watched), 1))()
    for struct, (name, raw) in zip(structs, watched, strict=False):
        struct.reader, struct.current = name.encode(), raw
    return structs


def _state(struct: library.ReaderStateStruct) -> ReaderState:
    present = bool(struct.event & _PRESENT) and not struct.event & _MUTE
    atr = bytes(struct.atr[: struct.atr_size]) if present else b""
    return ReaderState(struct.reader.decode(), present, atr, struct.event & ~_CHANGED)
