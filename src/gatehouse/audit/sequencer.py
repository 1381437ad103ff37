"""The one sequencer: gives each visible leaf its place in the tree, signs checkpoints and keeps them outside.

A leaf becomes visible when its transaction ends, which may be after leaves written later. So places are given by what
waits, never by a time or an id up to which all is thought to be there: a late leaf comes later, and none is skipped.
"""

from __future__ import annotations

import logging
import time
from threading import Event

from django.db import DatabaseError, close_old_connections, connection, transaction

from gatehouse.audit.checkpoint import Checkpoint, read_checkpoint
from gatehouse.audit.kept import keep_keys, keep_note, latest_note
from gatehouse.audit.keys import signing_key
from gatehouse.audit.models import Pending, SignedCheckpoint
from gatehouse.audit.tree import tree_at, tree_extend, tree_size
from gatehouse.kernel.clock import Clock, SystemClock
from gatehouse.kernel.errors import GatehouseError, RefusedError
from gatehouse.platform.config import config

#: Any number that no other advisory lock of this database uses.
_LOCK = 0x6761746568617564
_BATCH = 10_000
_ROUND_SECONDS = 0.5
_SIGN_SECONDS = 5.0

log = logging.getLogger(__name__)


def run_sequencer(stop: Event, clock: Clock | None = None) -> None:
    """Sequence until told to stop. A fault is logged once, in one line, and the round tried again until it is mended.

    The alarm of waiting leaves tells of it too.
    """
    clock, due, told = clock or SystemClock(), 0.0, ""
    while not stop.is_set():
        sign = time.monotonic() >= due
        try:
            sequence_once(clock=clock, sign=sign)
            due = time.monotonic() + _SIGN_SECONDS if sign else due
            told = "" if sign else told
        except (DatabaseError, GatehouseError, OSError) as error:
            cause = " ".join(str(error).split())
            if cause != told:
                log.error("the audit sequencer could not finish its round, and tries again: %s", cause)
            told = cause
        close_old_connections()
        stop.wait(_ROUND_SECONDS)
    sequence_once(clock=clock)


def sequence_once(*, clock: Clock, sign: bool = True) -> int:
    """Give every leaf that is visible its place, then sign and keep a checkpoint. Gives the number of leaves placed.

    Does nothing while another sequencer works. Raises `RefusedError` where the tree does not go on from the checkpoint
    kept outside: nothing is signed then.
    """
    placed = taken = _place_batch()
    while taken == _BATCH:  # what is written meanwhile waits for the next round, so that signing is never put off
        taken = _place_batch()
        placed += taken
    if sign:
        _sign(clock)
        _keep()
    return placed


@transaction.atomic
def _place_batch() -> int:
    if not _lock():
        return 0
    waiting = list(Pending.objects.order_by("number").values_list("number", "leaf_id", "leaf__body")[:_BATCH])
    tree_extend([(id_, body) for _, id_, body in waiting])
    Pending.objects.filter(number__in=[number for number, _, _ in waiting]).delete()
    return len(waiting)


@transaction.atomic
def _sign(clock: Clock) -> None:
    """Sign the tree as it is, unless that was done."""
    if not _lock():
        return
    size = tree_size()
    _refuse_a_fork(size)
    if not size or SignedCheckpoint.objects.filter(size=size).exists():
        return
    key = signing_key()
    note = key.sign(Checkpoint(key.verifier.name, size, tree_at(size).root()))
    SignedCheckpoint.objects.create(size=size, note=note, signed_at=clock.now())


@transaction.atomic
def _keep() -> None:
    """Write outside what was signed and is not there yet: also what a crash left behind."""
    if not _lock():
        return
    folder = config().audit_kept
    latest = latest_note(folder)
    keep_keys(folder, [signing_key().verifier])
    after = read_checkpoint(latest).size if latest else 0
    for signed in SignedCheckpoint.objects.filter(size__gt=after).order_by("size"):
        keep_note(folder, signed.note, signed.signed_at)


def _refuse_a_fork(size: int) -> None:
    """The database may be restored or rewritten; what was kept outside is what was signed."""
    note = latest_note(config().audit_kept)
    if note is None:
        return
    kept = read_checkpoint(note)
    if kept.size > size:
        raise RefusedError(
            "the audit tree has %(size)d entries, but %(signed)d were signed: it was cut off",
            size=size,
            signed=kept.size,
        )
    if tree_at(kept.size).root() != kept.root:
        raise RefusedError("the audit tree differs from what was signed for %(size)d entries", size=kept.size)


def _lock() -> bool:
    """Be the only sequencer until this transaction ends; False where another one is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])
