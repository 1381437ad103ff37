"""How long a file says it is, and the data objects of READ BINARY with an odd instruction."""

from __future__ import annotations

from gatehouse.documents.tlv import LONGEST_LENGTH, Octets, compose, walk
from gatehouse.kernel.errors import UnreadableError

_OFFSET, _DATA, _DISCRETIONARY = 0x54, 0x53, 0x73


def announced(head: Octets) -> int | None:
    """The octets of the file's data object with its header; None where more of it must be read to know.

    Raises `UnreadableError` for a length that is indefinite or too long.
    """
    at = 1
    if len(head) < 2:
        return None
    if head[0] & 0x1F == 0x1F:
        while head[at] & 0x80:
            at += 1
            if at == len(head):
                return None
        at += 1
    if len(head) <= at:
        return None
    octets = head[at] & 0x7F if head[at] & 0x80 else 0
    if head[at] & 0x80 and not 1 <= octets <= LONGEST_LENGTH:
        raise UnreadableError("the length of a data object is indefinite or too long")
    if len(head) <= at + octets:
        return None
    size = int.from_bytes(head[at + 1 : at + 1 + octets], "big") if octets else head[at]
    return at + 1 + octets + size


def odd_request(offset: int) -> bytes:
    """The offset data object."""
    return compose(_OFFSET, offset.to_bytes((offset.bit_length() + 7) // 8, "big"))


def odd_data(response: bytes) -> bytes:
    """What the discretionary data object of a response holds; the response itself where it is none."""
    if response[:1] not in (bytes((_DATA,)), bytes((_DISCRETIONARY,))):
        return b""
    return bytes(next(walk(response)).value)
