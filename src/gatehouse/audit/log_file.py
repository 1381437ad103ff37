"""The log as a file: one entry a line, in the order of the tree, written so that any changed byte is found by itself.

    {"index":7,"leaf":{…},"leaf_hash":"…","checkpoint":"…","link":"…"}

`leaf` is the leaf's bytes as they stand in the tree, `leaf_hash` their hash (RFC 6962, 2.1). `checkpoint` is there
where one was signed right after this entry. `link` is SHA-256 of the link before it (32 zero bytes at first), the
leaf's hash and the checkpoint as it stands in the line. A root alone says that something is wrong; hash, index and link
say where it begins.
"""

from __future__ import annotations

import json
import re
from binascii import unhexlify
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from gatehouse.audit.merkle import leaf_hash
from gatehouse.kernel.errors import UnreadableError

FIRST_LINK = bytes(32)
#: No line is longer: a leaf holds no more than an envelope and a commitment.
LONGEST_LINE = 64 * 1024
LINE_START = b'{"index":'

_LINE = re.compile(
    rb'\{"index":(0|[1-9][0-9]{0,18}),"leaf":(null|\{.*\}),"leaf_hash":"([0-9a-f]{64})",'
    rb'(?:"checkpoint":("(?:[^"\\]|\\.)*"),)?"link":"([0-9a-f]{64})"\}\n?'
)


@dataclass(slots=True)
class Entry:
    """What a line holds. `leaf` is None where the store has lost it."""

    index: int
    leaf: bytes | None
    leaf_hash: bytes
    #: A signed note, as the JSON string that stands in the line; empty where none was signed.
    checkpoint: bytes
    link: bytes

    @property
    def note(self) -> str:
        """The signed note. Raises `UnreadableError` where the line holds something else."""
        try:
            return str(json.loads(self.checkpoint))
        except ValueError as error:
            raise UnreadableError("the checkpoint beside this entry is not text") from error


def next_link(link: bytes, hashed: bytes, checkpoint: bytes) -> bytes:
    return sha256(link + hashed + checkpoint).digest()


def read_line(line: bytes) -> Entry | None:
    """The entry of a line, None where the line is not one to the byte."""
    match = _LINE.fullmatch(line)
    if match is None:
        return None
    index, leaf, hashed, checkpoint, link = match.groups(b"")
    kept = None if leaf == b"null" else leaf
    return Entry(int(index), kept, unhexlify(hashed), checkpoint, unhexlify(link))


def write_lines(
    entries: Iterable[tuple[int, bytes | None, bytes]], checkpoints: Iterable[tuple[int, str]] = ()
) -> Iterator[bytes]:
    """Lines of (index, leaf, its hash) in order; `checkpoints` are (size, signed note) by size."""
    link = FIRST_LINK
    notes = dict(checkpoints)
    for index, leaf, hashed in entries:
        checkpoint = json.dumps(notes[index + 1]).encode() if index + 1 in notes else b""
        link = next_link(link, hashed, checkpoint)
        yield b'{"index":%d,"leaf":%b,"leaf_hash":"%b",%b"link":"%b"}\n' % (
            index,
            leaf if leaf is not None else b"null",
            hashed.hex().encode(),
            b'"checkpoint":%b,' % checkpoint if checkpoint else b"",
            link.hex().encode(),
        )


def hashed_entries(leaves: Iterable[bytes]) -> Iterator[tuple[int, bytes, bytes]]:
    """(index, leaf, its hash) of leaves in order: each leaf a JSON object on one line."""
    for index, leaf in enumerate(leaves):
        yield index, leaf, leaf_hash(leaf)
