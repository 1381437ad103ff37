"""One event of a device, and the chain that events make: each carries the digest of the one before it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import rfc8785

from gatehouse.kernel.errors import RefusedError

#: What the first event of a ledger has before it.
GENESIS = "0" * 64
LARGEST_BODY = 256 * 1024


@dataclass(frozen=True, slots=True)
class Event:
    """`sequence` counts from 1 without a gap over the whole ledger; `boot_epoch` rises with each start of the device.

    `at` is the device's clock (UTC, ISO 8601), `body` canonical JSON (RFC 8785), or None where it was delivered and
    forgotten: its digest stays. `previous` and `hash` are SHA-256, hexadecimal.
    """

    device: str
    boot_epoch: int
    sequence: int
    at: str
    kind: str
    body: str | None = field(repr=False)
    body_digest: str
    previous: str
    hash: str

    @classmethod
    def next(
        cls, *, device: str, boot_epoch: int, sequence: int, at: str, kind: str, body: dict[str, Any], previous: str
    ) -> Event:
        """Raises `RefusedError` for a body that is too large to be kept."""
        text = rfc8785.dumps(body).decode()
        if len(text) > LARGEST_BODY:
            raise RefusedError("an event of a device has at most %(kib)d KiB", kib=LARGEST_BODY // 1024)
        digest = hashlib.sha256(text.encode()).hexdigest()
        named = (device, boot_epoch, sequence, at, kind)
        return cls(*named, text, digest, previous, hash_of(*named, body_digest=digest, previous=previous))

    @property
    def is_whole(self) -> bool:
        """Whether body and hash are of this event."""
        named = (self.device, self.boot_epoch, self.sequence, self.at, self.kind)
        if self.body is not None and hashlib.sha256(self.body.encode()).hexdigest() != self.body_digest:
            return False
        return self.hash == hash_of(*named, body_digest=self.body_digest, previous=self.previous)


def hash_of(device: str, boot_epoch: int, sequence: int, at: str, kind: str, *, body_digest: str, previous: str) -> str:
    content: dict[str, str | int] = {
        "device": device,
        "boot_epoch": boot_epoch,
        "sequence": sequence,
        "at": at,
        "kind": kind,
        "body": body_digest,
        "previous": previous,
    }
    return hashlib.sha256(rfc8785.dumps(content)).hexdigest()


def broken_at(events: Iterable[Event]) -> int | None:
    """The sequence of the first event that does not follow from the one before it; None where all do."""
    sequence, previous = 0, GENESIS
    for event in events:
        if event.sequence != sequence + 1 or event.previous != previous or not event.is_whole:
            return event.sequence
        sequence, previous = event.sequence, event.hash
    return None
