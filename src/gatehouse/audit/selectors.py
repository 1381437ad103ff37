"""Reads: what waits, proofs, who looked, and the whole log."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Min

from gatehouse.audit import domain, merkle
from gatehouse.audit.checkpoint import Checkpoint, read_checkpoint
from gatehouse.audit.kept import latest_note
from gatehouse.audit.log_file import write_lines
from gatehouse.audit.models import Entry, Payload, Pending, SignedCheckpoint
from gatehouse.audit.tree import node, tree_at, tree_size
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import NotFoundError
from gatehouse.platform.config import config

_CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Unsequenced:
    """Leaves that wait for their place for too long."""

    count: int
    oldest: datetime


@dataclass(frozen=True, slots=True)
class TreeState:
    """How the log stands: leaves with a place, leaves that wait for one, and the last checkpoint that was signed."""

    size: int
    waiting: int
    checkpoint_size: int
    checkpoint_at: datetime | None
    alarm: Unsequenced | None


@dataclass(frozen=True, slots=True)
class InclusionProof:
    """That a leaf stands at `index` in the tree that `note` signs: `merkle.inclusion_holds` checks it."""

    leaf: bytes
    index: int
    checkpoint: Checkpoint
    path: list[bytes]
    note: str


@dataclass(frozen=True, slots=True)
class Look:
    """Who looked at a person's record, when and for what: what that person is told on request."""

    leaf_id: UUID
    at: datetime
    purpose: str
    site: str | None
    actor: str
    case: str | None
    detail: dict[str, Any]


def unsequenced_alarm(clock: Clock) -> Unsequenced | None:
    """Leaves without a place for longer than ten seconds; None where all is well."""
    late = Pending.objects.filter(leaf__written_at__lt=clock.now() - domain.SEQUENCED_WITHIN)
    found = late.aggregate(count=Count("leaf_id"), oldest=Min("leaf__written_at"))
    return Unsequenced(found["count"], found["oldest"]) if found["count"] else None


def tree_state(clock: Clock) -> TreeState:
    """The state of the log, for whoever watches over it."""
    last = Entry.objects.order_by("-index").first()
    signed = SignedCheckpoint.objects.order_by("-size").first()
    return TreeState(
        size=last.index + 1 if last else 0,
        waiting=Pending.objects.count(),
        checkpoint_size=signed.size if signed else 0,
        checkpoint_at=signed.signed_at if signed else None,
        alarm=unsequenced_alarm(clock),
    )


@dataclass(frozen=True, slots=True)
class KeptOutside:
    """The tree of this database beside the last checkpoint that is kept outside it."""

    size: int
    #: Entries that were signed; None where nothing was kept yet.
    signed: int | None
    #: The entries that both have are not the same.
    forked: bool

    @property
    def lost(self) -> int:
        """Entries that were signed and are not here: after a restore to a moment before, or where it was cut off."""
        return max(0, (self.signed or 0) - self.size)


def kept_outside() -> KeptOutside:
    """Raises `UnreadableError` where what is kept outside is no checkpoint."""
    size = tree_size()
    note = latest_note(config().audit_kept)
    if note is None:
        return KeptOutside(size, None, forked=False)
    kept = read_checkpoint(note)
    return KeptOutside(size, kept.size, forked=kept.size <= size and tree_at(kept.size).root() != kept.root)


def inclusion_proof(leaf_id: UUID) -> InclusionProof:
    """The proof of a leaf under the latest signed checkpoint. Raises `NotFoundError` where none signs it yet."""
    entry = Entry.objects.select_related("leaf").filter(leaf_id=leaf_id).first()
    signed = SignedCheckpoint.objects.order_by("-size").first()
    if entry is None or signed is None or signed.size <= entry.index:
        raise NotFoundError("no signed checkpoint holds the leaf %(leaf)s yet", leaf=str(leaf_id))
    path = merkle.inclusion_proof(entry.index, signed.size, node)
    checkpoint = read_checkpoint(signed.note)
    return InclusionProof(entry.leaf.body.encode(), entry.index, checkpoint, path, signed.note)


def consistency_proof(first: int, second: int) -> list[bytes]:
    """That the tree of size `first` is the beginning of that of size `second`: for `merkle.consistency_holds`."""
    return merkle.consistency_proof(first, second, node)


def looks_at(subject: str) -> Iterator[Look]:
    """Every look at this person's record, the latest first. Looks whose payload was erased are no longer known."""
    found = Payload.objects.filter(subject=subject).select_related("leaf").order_by("-leaf__written_at", "-leaf_id")
    for payload in found:
        envelope, body = json.loads(payload.leaf.body), json.loads(payload.body)
        if envelope["action"] == domain.LOOK:
            yield Look(
                leaf_id=payload.leaf_id,
                at=payload.leaf.written_at,
                purpose=envelope["purpose"],
                site=envelope["site"],
                actor=body["actor"],
                case=body["case"],
                detail=body["detail"],
            )


def log_lines() -> Iterator[bytes]:
    """The whole log as it is exported, in the order of the tree, with every checkpoint beside its entry."""
    checkpoints = list(SignedCheckpoint.objects.order_by("size").values_list("size", "note"))
    return write_lines(_entries(), checkpoints)


def _entries() -> Iterator[tuple[int, bytes | None, bytes]]:
    rows = Entry.objects.order_by("index").values_list("index", "leaf__body", "leaf_hash")
    for index, body, hashed in rows.iterator(chunk_size=_CHUNK):
        yield index, body.encode(), bytes(hashed)
