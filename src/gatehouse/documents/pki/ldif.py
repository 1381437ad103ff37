"""LDIF (RFC 2849), read as a stream: an export of hundreds of megabytes needs the memory of its largest entry."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gatehouse.kernel.errors import UnreadableError

#: Of one entry: the largest master list in circulation has about 1 MB.
LARGEST_ENTRY = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `change` is "add" where none is given; names of attributes are in lower case, without options."""

    dn: str
    change: str
    attributes: tuple[tuple[str, bytes], ...]

    def values(self, name: str) -> list[bytes]:
        return [value for each, value in self.attributes if each == name.lower()]


def entries(lines: Iterable[bytes]) -> Iterator[Entry]:
    """Every entry of an LDIF file, given its lines. Raises `UnreadableError` with the line that is wrong."""
    so_far: list[tuple[str, bytes]] = []
    for at, line in _unfolded(lines):
        if not line:
            if so_far:
                yield _entry(so_far, at)
            so_far = []
            continue
        name, value = _attribute(line, at)
        if name == "version" and not so_far:
            continue
        so_far.append((name, value))
    if so_far:
        yield _entry(so_far, at)


def _unfolded(lines: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """Whole lines, each with the number of its last part; an empty one ends an entry. Comments are left out."""
    parts: list[bytes] = []
    size, at = 0, 0
    for at, raw in enumerate(lines, 1):
        line = raw.rstrip(b"\r\n")
        size += len(raw)
        if size > LARGEST_ENTRY:
            raise UnreadableError("line %(at)d: an entry is larger than %(mib)d MiB", at=at, mib=LARGEST_ENTRY >> 20)
        if line.startswith(b" ") and parts:
            parts.append(line[1:])
            continue
        yield from _whole(parts, at - 1)
        parts = [line] if line else []
        if not line:
            size = 0
            yield at, b""
    yield from _whole(parts, at)


def _whole(parts: list[bytes], at: int) -> Iterator[tuple[int, bytes]]:
    if parts and not parts[0].startswith(b"#"):
        yield at, b"".join(parts)


def _attribute(line: bytes, at: int) -> tuple[str, bytes]:
    described, colon, value = line.partition(b":")
    if line == b"-":  # between the changes of a modification
        return "-", b""
    name = described.partition(b";")[0].decode("ascii", "replace").strip().lower()
    if not colon or not name:
        raise UnreadableError("line %(at)d is no line of an LDIF file", at=at)
    if value.startswith(b"<"):
        raise UnreadableError("line %(at)d refers to another file", at=at)
    if not value.startswith(b":"):
        return name, value.strip()
    try:
        return name, base64.b64decode(value[1:].strip(), validate=True)
    except binascii.Error as error:
        raise UnreadableError("line %(at)d is not base64", at=at) from error


def _entry(attributes: list[tuple[str, bytes]], at: int) -> Entry:
    name, dn = attributes[0]
    if name != "dn":
        raise UnreadableError("the entry that ends at line %(at)d begins without a name", at=at)
    changes = [value for each, value in attributes if each == "changetype"]
    change = changes[0].decode("ascii", "replace").lower() if changes else "add"
    rest = tuple(each for each in attributes[1:] if each[0] != "changetype")
    return Entry(dn.decode("utf-8", "replace"), change, rest)
