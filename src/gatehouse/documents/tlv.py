"""BER-TLV data objects as ISO/IEC 7816-4 clause 6.3 allows them on a card: read lazily, never past the end.

A `Tlv` holds slices of the bytes it was read from and copies nothing, because hashes go over the bytes as read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from gatehouse.kernel.errors import UnreadableError

Octets: TypeAlias = bytes | memoryview

#: No object of a travel document nests deeper than about ten.
DEEPEST = 24
LONGEST_TAG = 4
#: ISO/IEC 7816-4 clause 6.3: one octet that says how many follow, and up to four of them.
LONGEST_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Tlv:
    """One data object: `tag` with all its octets (0x7F61), `value` its content, `raw` the object with its header."""

    tag: int
    value: memoryview
    raw: memoryview
    depth: int = 0

    def children(self) -> Iterator[Tlv]:
        """The objects inside. Raises `UnreadableError` where they are broken or nest too deep."""
        if self.depth >= DEEPEST:
            raise UnreadableError("data objects are nested more than %(deepest)d deep", deepest=DEEPEST)
        return walk(self.value, depth=self.depth + 1)

    def find(self, *path: int) -> Tlv | None:
        """The first object under each tag of `path` in turn, None where one is absent."""
        found = self
        for tag in path:
            inner = next((child for child in found.children() if child.tag == tag), None)
            if inner is None:
                return None
            found = inner
        return found

    def need(self, *path: int) -> Tlv:
        """As `find`; raises `UnreadableError` where the object is absent."""
        found = self.find(*path)
        if found is None:
            shown = " ".join(f"{tag:02X}" for tag in path)
            raise UnreadableError("data object %(outer)s lacks %(tag)s", outer=f"{self.tag:02X}", tag=shown)
        return found

    def number(self) -> int:
        """The content as a signed INTEGER (ITU-T X.690 clause 8.3), of at most eight octets."""
        if not 1 <= len(self.value) <= 8:
            raise UnreadableError("data object %(tag)s is not a number", tag=f"{self.tag:02X}")
        return int.from_bytes(self.value, "big", signed=True)


def walk(data: Octets, *, depth: int = 0) -> Iterator[Tlv]:
    """The objects that stand one after another in `data`; zero octets between them are padding.

    Raises `UnreadableError` at the first object that is cut off or not BER-TLV.
    """
    view = memoryview(data)
    at = 0
    while at < len(view):
        if view[at] == 0:
            at += 1
            continue
        found = _object(view[at:], depth)
        yield found
        at += len(found.raw)


def outermost(data: Octets, tag: int) -> Tlv:
    """The object that a file consists of, which must carry `tag`. Octets after it are left alone.

    Raises `UnreadableError` for an empty file, another tag or a file that is cut off.
    """
    view = memoryview(data)
    if not view:
        raise UnreadableError("the file is empty")
    found_tag, _ = _tag(view)
    if found_tag != tag:
        raise UnreadableError(
            "the file begins with tag %(found)s instead of %(tag)s", found=f"{found_tag:02X}", tag=f"{tag:02X}"
        )
    return _object(view, 0)


def compose(tag: int, *values: Octets) -> bytes:
    """A data object with the given tag and the values, one after another, as its content (DER length)."""
    content = b"".join(values)
    size = len(content)
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    length = bytes([size]) if size < 0x80 else bytes([0x80 | len(octets)]) + octets
    return tag.to_bytes((tag.bit_length() + 7) // 8, "big") + length + content


def _object(view: memoryview, depth: int) -> Tlv:
    tag, tag_size = _tag(view)
    length, length_size = _length(view[tag_size:])
    begin = tag_size + length_size
    if length > len(view) - begin:
        raise UnreadableError(
            "data object %(tag)s is cut off: %(length)d bytes announced, %(left)d there",
            tag=f"{tag:02X}",
            length=length,
            left=len(view) - begin,
        )
    return Tlv(tag, view[begin : begin + length], view[: begin + length], depth)


def _tag(view: memoryview) -> tuple[int, int]:
    if view[0] & 0x1F != 0x1F:
        return view[0], 1
    for size in range(2, min(LONGEST_TAG, len(view)) + 1):
        if not view[size - 1] & 0x80:
            return int.from_bytes(view[:size], "big"), size
    raise UnreadableError("the tag of a data object is cut off or too long")


def _length(view: memoryview) -> tuple[int, int]:
    if not view:
        raise UnreadableError("the length of a data object is cut off")
    if view[0] < 0x80:
        return view[0], 1
    octets = view[0] & 0x7F
    if not 1 <= octets <= LONGEST_LENGTH:
        raise UnreadableError("the length of a data object is indefinite or too long")
    if len(view) < 1 + octets:
        raise UnreadableError("the length of a data object is cut off")
    return int.from_bytes(view[1 : 1 + octets], "big"), 1 + octets
