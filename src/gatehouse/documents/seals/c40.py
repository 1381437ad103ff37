"""C40, the encoding of letters and digits in seals (Doc 9303-13 clause 2.6): three characters in two bytes."""

from __future__ import annotations

from gatehouse.kernel.errors import UnreadableError

_SHIFT_1 = 0
#: A character that remains alone, in the ASCII of DataMatrix, which is one more than its own.
_UNLATCH = 0xFE
_CHARACTERS = dict(enumerate(" 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", 3))


def decode(data: bytes) -> str:
    """The text of whole pairs of bytes. Raises `UnreadableError` for anything but capitals, digits and spaces."""
    if len(data) % 2:
        raise UnreadableError("a C40 text of %(length)d bytes has none to each byte", length=len(data))
    return "".join(_triple(data[at], data[at + 1], last=at + 2 == len(data)) for at in range(0, len(data), 2))


def _triple(first: int, second: int, *, last: bool) -> str:
    if first == _UNLATCH:
        alone = chr(second - 1) if second else ""
        if not last or alone not in _CHARACTERS.values():
            raise UnreadableError("a C40 text ends before its last character")
        return alone
    packed = first << 8 | second
    if packed == 0:
        raise UnreadableError("a C40 text has a pair of bytes that stands for nothing")
    values = [(packed - 1) // 1600, (packed - 1) // 40 % 40, (packed - 1) % 40]
    if last and values[2] == _SHIFT_1:
        values.pop()
    try:
        return "".join(_CHARACTERS[value] for value in values)
    except KeyError:
        raise UnreadableError("a C40 text has a character that is no capital, digit or space") from None
