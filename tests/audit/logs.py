"""A small signed log for the tests."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gatehouse.audit.checkpoint import Checkpoint, SigningKey
from gatehouse.audit.log_file import hashed_entries, write_lines
from gatehouse.audit.merkle import CompactRange

ORIGIN = "gatehouse.example/audit"
KEY = SigningKey(ORIGIN, Ed25519PrivateKey.from_private_bytes(bytes(range(32))))


def leaves(count: int) -> list[bytes]:
    return [b'{"action":"person.look","id":%d}' % number for number in range(count)]


def signed(kept: list[bytes], size: int, key: SigningKey = KEY) -> str:
    """The signed checkpoint of the first `size` leaves."""
    tree = CompactRange()
    for _, _, hashed in hashed_entries(kept[:size]):
        tree.append(hashed)
    return key.sign(Checkpoint(key.verifier.name, size, tree.root()))


def log_of(kept: list[bytes], signed_at: tuple[int, ...] = (), key: SigningKey = KEY) -> list[bytes]:
    """The lines of a log of these leaves, with checkpoints beside the entries after which they were signed."""
    return list(write_lines(hashed_entries(kept), [(size, signed(kept, size, key)) for size in signed_at]))
