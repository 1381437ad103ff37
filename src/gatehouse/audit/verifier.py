"""The stand-alone verifier: needs the log, a checkpoint kept outside, and nothing of the system that wrote them.

A log vouches for itself only so far: who can rewrite it can recompute every hash in it. What was rewritten with care
shows where the tree no longer meets a signed checkpoint, and is then known to lie between that one and the last that
it met. Entries after the last signed checkpoint are vouched for by nobody yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from gatehouse.audit.checkpoint import (
    Checkpoint,
    UntrustedCheckpointError,
    VerifierKey,
    open_checkpoint,
    read_checkpoint,
)
from gatehouse.audit.log_file import FIRST_LINK, LINE_START, LONGEST_LINE, Entry, next_link, read_line
from gatehouse.audit.merkle import CompactRange, leaf_hash
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Check, Reason, Result

_EVERY = 1 << 16


@dataclass(frozen=True, slots=True)
class Finding:
    """The first entry that cannot be trusted, counted from 0, and why."""

    index: int
    reason: Reason


@dataclass(slots=True)
class Verdict:
    """What was found: `size` entries were read, `root` is their tree's, a checkpoint signs the first `vouched`."""

    size: int
    root: bytes
    vouched: int
    first_bad: Finding | None
    signature: Check

    def as_dict(self) -> dict[str, Any]:
        bad = self.first_bad
        return {
            "ok": bad is None,
            "size": self.size,
            "root": self.root.hex(),
            "first_bad": {"index": bad.index, "reason": str(bad.reason)} if bad else None,
            "vouched": self.vouched,
            "signature": self.signature.as_dict(),
        }


def verify(
    lines: Iterable[bytes],
    notes: Iterable[str],
    keys: Sequence[VerifierKey] = (),
    progress: Callable[[int], None] | None = None,
) -> Verdict:
    """Walk the log once, with O(log n) memory, up to the first entry that does not hold.

    `notes` are the signed checkpoints that were kept outside. Without a key their signatures stay undetermined: they
    are then worth as much as the place where they were kept, and checkpoints inside the log vouch for nothing.
    Raises `UnreadableError` for a note that is not a checkpoint.
    """
    walk = _Walk(keys)
    try:
        finding = walk.expect(notes)
    except UntrustedCheckpointError as error:
        return walk.verdict(Finding(0, error.reason), Check("checkpoint_signature", Result.FAILED, error.reason))
    for line in lines if finding is None else ():
        if finding := walk.take(line):
            break
        if progress and walk.tree.size % _EVERY == 0:
            progress(walk.tree.size)
    return walk.verdict(finding or walk.truncated(), _signature(keys))


def _signature(keys: Sequence[VerifierKey]) -> Check:
    if keys:
        reason = Reason("signed by %(names)s", names=", ".join(sorted({key.name for key in keys})))
        return Check("checkpoint_signature", Result.SUCCESSFUL, reason)
    reason = Reason("no verifier key was given: the checkpoint is trusted as it was kept")
    return Check("checkpoint_signature", Result.UNDETERMINED, reason)


class _Walk:
    """The walk along a log: the tree so far, the last link, the checkpoints still to be met."""

    def __init__(self, keys: Sequence[VerifierKey]) -> None:
        self.keys = keys
        self.expected: dict[int, Checkpoint] = {}
        self.tree = CompactRange()
        self.link = FIRST_LINK
        self.vouched = 0

    def expect(self, notes: Iterable[str]) -> Finding | None:
        """Take in the checkpoints kept outside; two of one size must have one root."""
        for note in notes:
            checkpoint = open_checkpoint(note, self.keys) if self.keys else read_checkpoint(note)
            other = self.expected.setdefault(checkpoint.size, checkpoint)
            if other.root != checkpoint.root:
                parts = {"size": checkpoint.size}
                return Finding(0, Reason("two checkpoints for %(size)d entries differ: the log was forked", **parts))
        return self._meet(self.expected[0]) if 0 in self.expected else None

    def take(self, line: bytes) -> Finding | None:
        """Judge the next line, and make it part of the tree where it holds."""
        index = self.tree.size
        entry = read_line(line)
        if entry is None:
            return Finding(index, Reason("this line is not an entry of the log"))
        if reason := self._judge(entry):
            return Finding(index, reason)
        self.tree.append(entry.leaf_hash)
        self.link = entry.link
        if kept := self.expected.get(index + 1):
            finding = self._meet(kept)
            if finding:
                return finding
        return self._inner_checkpoint(entry) if entry.checkpoint else None

    def truncated(self) -> Finding | None:
        size, signed = self.tree.size, max(self.expected, default=0)
        if signed <= size:
            return None
        reason = Reason(
            "the log ends after %(size)d entries, but a checkpoint was signed for %(signed)d: it was cut off",
            size=size,
            signed=signed,
        )
        return Finding(size, reason)

    def verdict(self, finding: Finding | None, signature: Check) -> Verdict:
        return Verdict(self.tree.size, self.tree.root(), self.vouched, finding, signature)

    def _judge(self, entry: Entry) -> Reason | None:
        index = self.tree.size
        if entry.index < index:
            return Reason("entry %(found)d stands here again: doubled or moved", found=entry.index)
        if entry.index > index:
            return Reason("entry %(found)d stands here: the entry before it was deleted or moved", found=entry.index)
        if entry.leaf is None:
            return Reason("the leaf of this entry is gone")
        if leaf_hash(entry.leaf) != entry.leaf_hash:
            return Reason("the leaf does not match its hash: one of them was changed")
        if next_link(self.link, entry.leaf_hash, entry.checkpoint) != entry.link:
            return Reason("the entry does not follow from the one before it: one was changed, put in or taken out")
        return None

    def _inner_checkpoint(self, entry: Entry) -> Finding | None:
        """Judge the checkpoint beside an entry. Only one with a trusted signature vouches for what stands before it."""
        try:
            read = open_checkpoint(entry.note, self.keys) if self.keys else read_checkpoint(entry.note)
            if read.size != self.tree.size:
                return Finding(
                    entry.index, Reason("the checkpoint beside this entry is for %(n)d entries", n=read.size)
                )
        except (UnreadableError, UntrustedCheckpointError) as error:
            return Finding(entry.index, error.reason)
        return self._meet(read, vouches=bool(self.keys))

    def _meet(self, checkpoint: Checkpoint, *, vouches: bool = True) -> Finding | None:
        """Compare the tree with a checkpoint of its size."""
        if self.tree.root() == checkpoint.root:
            self.vouched = checkpoint.size if vouches else self.vouched
            return None
        reason = Reason(
            "the tree differs from the checkpoint signed for %(size)d entries: of the entries %(first)d to %(last)d "
            "one was rewritten, and all hashes after it (a fork)",
            size=checkpoint.size,
            first=self.vouched,
            last=checkpoint.size - 1,
        )
        return Finding(self.vouched, reason)


def read_log(path: Path) -> Iterator[bytes]:
    """The lines of a log file, one at a time. Raises `UnreadableError` where the file is not a log at all."""
    try:
        stream = path.open("rb")
    except OSError as error:
        raise UnreadableError("%(name)s cannot be read: %(cause)s", name=path, cause=error.strerror) from error
    with stream:
        first = [stream.readline(LONGEST_LINE) for _ in range(2)]
        if not first[0]:
            raise UnreadableError("%(name)s is empty", name=path)
        if not any(line.startswith(LINE_START) for line in first):
            raise UnreadableError("%(name)s is not an audit log", name=path)
        yield from filter(None, first)
        yield from _rest(stream)


def _rest(stream: BinaryIO) -> Iterator[bytes]:
    return iter(partial(stream.readline, LONGEST_LINE), b"")
