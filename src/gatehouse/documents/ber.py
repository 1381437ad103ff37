"""ASN.1's basic encoding rules (ITU-T X.690): elements with their extent, and one definite form for what was read.

Some states write EF.SOD with indefinite lengths and octet strings in segments. `definite` turns these into the form
that a signature covers (RFC 5652 clause 5.4) and leaves every other byte as it was read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from gatehouse.documents.tlv import compose
from gatehouse.kernel.errors import UnreadableError

#: Deeper than any object of a travel document; what is deeper is an attack on the reader.
DEEPEST = 48
#: A security object has some 300 elements, a revocation list four for each signer that it revokes.
MOST_ELEMENTS = 400_000

_CONSTRUCTED = 0x20
_OCTET_STRING = 0x04
_INDEFINITE = 0x80


class Element(NamedTuple):
    """One element within `data`: its identifier octets as a number, and where it starts and ends.

    `end` is after the contents; of an indefinite length it is None until the contents were walked.
    """

    tag: int
    start: int
    contents: int
    end: int | None


def element(data: bytes, at: int = 0, limit: int | None = None) -> Element:
    """The element that starts at `at` and ends before `limit`. Raises `UnreadableError` where it does not fit."""
    limit = len(data) if limit is None else limit
    try:
        tag, length, contents = _header(data, at)
    except IndexError:
        raise UnreadableError("the data ends within an ASN.1 header, at byte %(at)d", at=at) from None
    if length is None:
        if contents > limit:
            raise UnreadableError("the data ends within an ASN.1 header, at byte %(at)d", at=at)
        return Element(tag, at, contents, None)
    if contents + length > limit:
        raise UnreadableError("the data is cut off: the ASN.1 element at byte %(at)d goes on beyond its end", at=at)
    return Element(tag, at, contents, contents + length)


def children(data: bytes, parent: Element) -> Iterator[Element]:
    """The elements within a constructed element of definite length. Raises `UnreadableError` as `element` does."""
    at, end = parent.contents, parent.end
    if end is None:
        raise UnreadableError("the ASN.1 element at byte %(at)d has no definite length", at=parent.start)
    while at < end:
        child = element(data, at, end)
        if child.end is None:
            raise UnreadableError("the ASN.1 element at byte %(at)d has no definite length", at=at)
        yield child
        at = child.end


def fields(data: bytes, parent: Element, *tags: int) -> list[Element]:
    """The elements of a SEQUENCE by the tags they must have, in this order; a negative tag is of an optional one.

    One that is absent has the tag 0 and no contents. What follows the last is left out. Raises `ValueError` where one
    is missing or has another tag, and `UnreadableError` as `element` does: call within `asn1.reading`.
    """
    found = []
    there = children(data, parent)
    each = next(there, None)
    for tag in tags:
        if each is not None and each.tag == abs(tag):
            found.append(each)
            each = next(there, None)
        elif tag < 0:
            found.append(Element(0, parent.contents, parent.contents, parent.contents))
        else:
            missing = f"the ASN.1 sequence at byte {parent.start} lacks a {tag:02X}"
            raise ValueError(missing)
    return found


def encoded(data: bytes, part: Element) -> bytes:
    """An element's bytes with its header, b"" for an absent one."""
    return data[part.start : part.end]


def number(data: bytes, integer: Element) -> int:
    """The value of an INTEGER."""
    return int.from_bytes(data[integer.contents : integer.end], "big", signed=True)


def definite(data: bytes) -> bytes:
    """The first element of `data`, with definite lengths only and each octet string in one piece.

    Where it was so already, its bytes are returned unchanged. What follows the element (a chip's padding) is left out.
    Raises `UnreadableError` for data that is cut off, nested deeper than `DEEPEST`, or with more than `MOST_ELEMENTS`.
    """
    end = _definite_end(data)
    if end is not None:
        return data[:end]
    form, end = _Walk(data).definite(0, len(data), 0)
    return data[:end] if form is None else form


def _header(data: bytes, at: int) -> tuple[int, int | None, int]:
    """Identifier, length (None: indefinite) and where the contents start. Raises `IndexError` at the data's end."""
    tag = data[at]
    at += 1
    if tag & 0x1F == 0x1F:
        for _ in range(3):
            octet = data[at]
            at += 1
            tag = tag << 8 | octet
            if octet < 0x80:
                break
        else:
            raise UnreadableError("an ASN.1 tag is longer than four bytes")
    length = data[at]
    at += 1
    if length < _INDEFINITE:
        return tag, length, at
    if length == _INDEFINITE:
        return tag, None, at
    size = length & 0x7F
    if len(data) < at + size:
        raise IndexError
    return tag, int.from_bytes(data[at : at + size], "big"), at + size


def _leading(tag: int) -> int:
    """The first of the identifier octets, which says whether an element is constructed."""
    while tag > 0xFF:
        tag >>= 8
    return tag


def _definite_end(data: bytes) -> int | None:
    """Where the first element ends; None where something in it has to be written anew. Fast: most need nothing."""
    at, left = 0, MOST_ELEMENTS
    ends = [len(data)]
    while True:
        try:
            tag, contents = data[at], at + 2
            length: int | None = data[at + 1]
            if tag & 0x1F == 0x1F or data[at + 1] >= _INDEFINITE:
                tag, length, contents = _header(data, at)
        except IndexError:
            raise UnreadableError("the data ends within an ASN.1 header, at byte %(at)d", at=at) from None
        left -= 1
        if length is None or tag == _OCTET_STRING | _CONSTRUCTED or not left or len(ends) > DEEPEST:
            return None
        at = contents + length
        if at > ends[-1]:
            raise UnreadableError("the data is cut off: an ASN.1 element goes on beyond byte %(end)d", end=ends[-1])
        if (tag if tag <= 0xFF else _leading(tag)) & _CONSTRUCTED:
            ends.append(at)
            at = contents
        while at == ends[-1] and len(ends) > 1:
            ends.pop()
        if len(ends) == 1:
            return at


class _Walk:
    """One walk through all of `data`, which counts what it meets."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._left = MOST_ELEMENTS

    def definite(self, at: int, limit: int, depth: int) -> tuple[bytes | None, int]:
        """The definite form of the element at `at`, None where it is so already; and where the element ends."""
        self._left -= 1
        if depth > DEEPEST or not self._left:
            raise UnreadableError("the ASN.1 elements are nested too deep, or too many")
        found = element(self._data, at, limit)
        if _leading(found.tag) & _CONSTRUCTED:
            return self._constructed(found, limit, depth)
        if found.end is None:
            raise UnreadableError("the ASN.1 element at byte %(at)d has no length", at=at)
        return None, found.end

    def _constructed(self, parent: Element, limit: int, depth: int) -> tuple[bytes | None, int]:
        data = self._data
        parts: list[bytes] = []
        changed = parent.end is None or parent.tag == _OCTET_STRING | _CONSTRUCTED
        at, stop = parent.contents, limit if parent.end is None else parent.end
        while at < stop:
            if parent.end is None and data[at : at + 2] == b"\0\0":
                return _joined(parent.tag, parts), at + 2
            form, after = self.definite(at, stop, depth + 1)
            changed = changed or form is not None
            parts.append(data[at:after] if form is None else form)
            at = after
        if parent.end is None:
            raise UnreadableError("the data is cut off: the ASN.1 element at byte %(at)d never ends", at=parent.start)
        return (_joined(parent.tag, parts) if changed else None), at


def _joined(tag: int, parts: list[bytes]) -> bytes:
    if tag == _OCTET_STRING | _CONSTRUCTED:
        segments = [(part, element(part)) for part in parts]
        if any(segment.tag != _OCTET_STRING for _, segment in segments):
            raise UnreadableError("an octet string in segments holds something else")
        return compose(_OCTET_STRING, *(part[segment.contents :] for part, segment in segments))
    return compose(tag, *parts)
