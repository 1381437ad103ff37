"""Changes to a file that keep every length around them right."""

from __future__ import annotations

from collections.abc import Callable

from gatehouse.documents.tlv import Tlv, compose, outermost, walk


def edited(data: bytes, path: tuple[int, ...], change: Callable[[Tlv], bytes]) -> bytes:
    """The file with the first object under each tag of `path` in turn replaced by what `change` makes of it.

    A negative tag stands for the last object of that tag.
    """
    first, *rest = path
    found = list(walk(data))
    places = [place for place, each in enumerate(found) if each.tag == abs(first)]
    assert places, f"{abs(first):02X} is not there"
    chosen = places[-1] if first < 0 else places[0]
    whole = found[chosen]
    inner = edited(bytes(whole.value), tuple(rest), change) if rest else b""
    parts = [bytes(each.raw) for each in found]
    parts[chosen] = compose(abs(first), inner) if rest else change(whole)
    return b"".join(parts)


def valued(value: Callable[[bytes], bytes]) -> Callable[[Tlv], bytes]:
    """The same object with another value."""
    return lambda found: compose(found.tag, value(bytes(found.value)))


def gone(_: Tlv) -> bytes:
    return b""


def at(place: int, octets: bytes) -> Callable[[bytes], bytes]:
    return lambda data: data[:place] + octets + data[place + len(octets) :]


def tagged(data: bytes, tag: int) -> bytes:
    return bytes((tag,)) + data[1:]


def lengthened(data: bytes, by: int) -> bytes:
    """The outermost length is another, the content the same."""
    whole = outermost(data, data[0])
    head = len(data) - len(whole.value)
    size = head - 2
    length = (len(whole.value) + by).to_bytes(size or 1, "big")
    return data[: 2 if size else 1] + length + bytes(whole.value)
