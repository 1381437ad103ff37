"""The functions of libpcsclite that are used here, as ctypes calls them.

The types are those of pcsc-lite on Linux: DWORD and LONG are as wide as a pointer, structures are not packed.
"""

from __future__ import annotations

import ctypes
from ctypes import POINTER, byref, c_char_p, c_long, c_ubyte, c_ulong, c_void_p
from functools import cache

from gatehouse.workstations.pcsc.errors import Code, ReaderError, error_of

NAME = "libpcsclite.so.1"
LONGEST_ATR = 33
SCOPE_SYSTEM = 2


class ReaderStateStruct(ctypes.Structure):
    """SCARD_READERSTATE."""

    _fields_ = (
        ("reader", c_char_p),
        ("user_data", c_void_p),
        ("current", c_ulong),
        ("event", c_ulong),
        ("atr_size", c_ulong),
        ("atr", c_ubyte * LONGEST_ATR),
    )


class Protocol(ctypes.Structure):
    """SCARD_IO_REQUEST."""

    _fields_ = (("protocol", c_ulong), ("size", c_ulong))


_SIGNATURES = {
    "SCardEstablishContext": (c_ulong, c_void_p, c_void_p, POINTER(c_long)),
    "SCardReleaseContext": (c_long,),
    "SCardListReaders": (c_long, c_char_p, c_char_p, POINTER(c_ulong)),
    "SCardGetStatusChange": (c_long, c_ulong, POINTER(ReaderStateStruct), c_ulong),
    "SCardCancel": (c_long,),
    "SCardConnect": (c_long, c_char_p, c_ulong, c_ulong, POINTER(c_long), POINTER(c_ulong)),
    "SCardDisconnect": (c_long, c_ulong),
    "SCardTransmit": (
        *(c_long, POINTER(Protocol), c_char_p, c_ulong),
        *(POINTER(Protocol), POINTER(c_ubyte), POINTER(c_ulong)),
    ),
}


@cache
def _library() -> ctypes.CDLL:
    try:
        library = ctypes.CDLL(NAME)
    except OSError as error:
        raise ReaderError("PC/SC is not installed on this machine: %(library)s is absent", library=NAME) from error
    for name, arguments in _SIGNATURES.items():
        function = getattr(library, name)
        function.argtypes, function.restype = arguments, c_long
    return library


def call(name: str, *arguments: object) -> int:
    """The return code of a function. Raises `ReaderError` where the library is absent."""
    return int(getattr(_library(), name)(*arguments)) & 0xFFFFFFFF


def need(name: str, *arguments: object, reader: str = "") -> None:
    """As `call`; raises the error that the return code means, if any."""
    code = call(name, *arguments)
    if code != Code.SUCCESS:
        raise error_of(code, reader)


def establish() -> int:
    """A context. Raises `ReaderError` where no service runs."""
    context = c_long()
    need("SCardEstablishContext", SCOPE_SYSTEM, None, None, byref(context))
    return context.value
