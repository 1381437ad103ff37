"""One sequencer, no leaf lost: dense, complete, signed and kept outside, whatever commits when."""

from __future__ import annotations

import json
import random
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection, connections, transaction

from gatehouse.audit.checkpoint import open_checkpoint, read_checkpoint
from gatehouse.audit.kept import read_keys, read_notes
from gatehouse.audit.keys import signing_key
from gatehouse.audit.merkle import CompactRange, consistency_holds, inclusion_holds, leaf_hash
from gatehouse.audit.models import Entry, Leaf, Node, Pending, SignedCheckpoint
from gatehouse.audit.selectors import Unsequenced, consistency_proof, inclusion_proof, unsequenced_alarm
from gatehouse.audit.sequencer import _LOCK, run_sequencer, sequence_once
from gatehouse.audit.services import leaf_append
from gatehouse.audit.tree import tree_at
from gatehouse.kernel.clock import FixedClock, SystemClock
from gatehouse.kernel.errors import NotFoundError, RefusedError
from gatehouse.platform.config import config

CLOCK = FixedClock(datetime(2026, 11, 22, 10, 0, tzinfo=UTC))


def append(count: int = 1) -> list[UUID]:
    return [leaf_append(clock=CLOCK, actor="system:test", action="test.act") for _ in range(count)]


def bodies() -> list[bytes]:
    """The leaves in the order of the tree."""
    return [body.encode() for body in Entry.objects.order_by("index").values_list("leaf__body", flat=True)]


def root_of(leaves: list[bytes]) -> bytes:
    tree = CompactRange()
    for leaf in leaves:
        tree.append(leaf_hash(leaf))
    return tree.root()


@pytest.mark.django_db
def test_leaves_get_dense_places_and_a_signed_root() -> None:
    append(3)
    assert sequence_once(clock=CLOCK) == 3
    append(2)
    assert sequence_once(clock=CLOCK) == 2
    assert sequence_once(clock=CLOCK) == 0
    assert list(Entry.objects.order_by("index").values_list("index", flat=True)) == [0, 1, 2, 3, 4]
    assert not Pending.objects.exists()
    notes = list(SignedCheckpoint.objects.order_by("size").values_list("note", flat=True))
    opened = [open_checkpoint(note, [signing_key().verifier]) for note in notes]
    assert [(found.size, found.root) for found in opened] == [(3, root_of(bodies()[:3])), (5, root_of(bodies()))]


@pytest.mark.django_db
def test_checkpoints_are_kept_outside() -> None:
    append()
    sequence_once(clock=CLOCK)
    append()
    sequence_once(clock=CLOCK)
    folder = config().audit_kept
    notes = list(SignedCheckpoint.objects.order_by("size").values_list("note", flat=True))
    assert (folder / "checkpoint").read_text() == notes[1]
    assert [json.loads(line) for line in (folder / "2026-11-22.jsonl").read_text().splitlines()] == notes
    assert read_keys(None, folder) == [signing_key().verifier]
    assert list(read_notes(folder)) == [*notes, notes[1]]


@pytest.mark.django_db
def test_what_a_crash_left_unkept_is_kept_next_time() -> None:
    append()
    sequence_once(clock=CLOCK)
    folder = config().audit_kept
    first = (folder / "checkpoint").read_text()
    append()
    sequence_once(clock=CLOCK)
    second = (folder / "checkpoint").read_text()
    (folder / "checkpoint").write_text(first)
    sequence_once(clock=CLOCK)
    assert (folder / "checkpoint").read_text() == second


@pytest.mark.django_db
def test_placing_without_signing() -> None:
    append()
    assert sequence_once(clock=CLOCK, sign=False) == 1
    assert not SignedCheckpoint.objects.exists()
    assert not config().audit_kept.exists()


@pytest.mark.django_db(transaction=True)
def test_a_tree_that_was_cut_off_is_not_signed_again() -> None:
    with transaction.atomic():
        append(2)
    sequence_once(clock=CLOCK)
    kept = (config().audit_kept / "checkpoint").read_text()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_leaf, audit_signedcheckpoint CASCADE")
    with transaction.atomic():
        append(1)
    with pytest.raises(RefusedError, match="has 1 entries, but 2 were signed"):
        sequence_once(clock=CLOCK)
    with transaction.atomic():
        append(3)
    with pytest.raises(RefusedError, match="differs from what was signed for 2 entries"):
        sequence_once(clock=CLOCK)
    assert not SignedCheckpoint.objects.exists()
    assert (config().audit_kept / "checkpoint").read_text() == kept


@pytest.mark.django_db(transaction=True)
def test_only_one_sequencer_works() -> None:
    with transaction.atomic():
        append()
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        assert sequence_once(clock=CLOCK) == 0
        assert Pending.objects.count() == 1
    assert sequence_once(clock=CLOCK) == 1


@pytest.mark.django_db
def test_a_leaf_that_waits_ten_seconds_is_an_alarm() -> None:
    clock = FixedClock(CLOCK.now())
    append(2)
    clock.advance(timedelta(seconds=10))
    assert unsequenced_alarm(clock) is None
    clock.advance(timedelta(microseconds=1))
    assert unsequenced_alarm(clock) == Unsequenced(count=2, oldest=CLOCK.now())
    sequence_once(clock=clock)
    assert unsequenced_alarm(clock) is None


@pytest.mark.django_db
def test_proofs_from_the_database(django_assert_max_num_queries: Any) -> None:
    ids = append(700)
    sequence_once(clock=CLOCK, sign=False)
    append(70)
    with pytest.raises(NotFoundError):
        inclusion_proof(ids[0])
    sequence_once(clock=CLOCK)
    assert sorted(Node.objects.values_list("height", "index")) == [(8, 0), (8, 1), (8, 2)]

    leaves = bodies()
    for id_ in (ids[0], ids[511], ids[699]):
        with django_assert_max_num_queries(2 + 2 * 10):
            proof = inclusion_proof(id_)
        assert proof.leaf == Leaf.objects.get(id=id_).body.encode()
        assert (proof.checkpoint.size, proof.checkpoint.root) == (770, root_of(leaves))
        assert read_checkpoint(proof.note) == proof.checkpoint
        assert inclusion_holds(leaf_hash(proof.leaf), proof.index, 770, proof.path, proof.checkpoint.root)
    for first in (1, 256, 700, 770):
        path = consistency_proof(first, 770)
        assert consistency_holds(first, 770, tree_at(first).root(), root_of(leaves), path)
        assert tree_at(first).root() == root_of(leaves[:first])


@pytest.mark.django_db
def test_a_leaf_under_no_checkpoint_has_no_proof() -> None:
    (id_,) = append()
    with pytest.raises(NotFoundError, match="no signed checkpoint holds"):
        inclusion_proof(id_)


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_ends_late_comes_later() -> None:
    written, may_end = Event(), Event()
    early: list[UUID] = []

    def slow() -> None:
        with transaction.atomic():
            early.extend(append())
            written.set()
            may_end.wait(10)
        connections.close_all()

    writer = Thread(target=slow)
    writer.start()
    written.wait(10)
    with transaction.atomic():
        late = append()
    assert sequence_once(clock=CLOCK) == 1
    may_end.set()
    writer.join()
    assert sequence_once(clock=CLOCK) == 1
    assert list(Entry.objects.order_by("index").values_list("leaf_id", flat=True)) == [*late, *early]


def work(seed: int) -> list[UUID]:
    """Append in transactions that end late, and some that do not end well; give the leaves that were committed.

    Goes on until the sequencer has signed a few times meanwhile.
    """
    chance = random.Random(seed)
    committed: list[UUID] = []
    try:
        for done in range(1000):
            if done >= 30 and SignedCheckpoint.objects.count() > 3:
                break
            kept = []
            try:
                with transaction.atomic():
                    kept = append(chance.randint(1, 3))
                    time.sleep(chance.random() / 50)
                    if chance.random() < 0.3:
                        raise ZeroDivisionError
            except ZeroDivisionError:
                continue
            committed += kept
    finally:
        connections.close_all()
    return committed


@pytest.mark.django_db(transaction=True)
def test_no_leaf_is_lost_while_eight_write(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr("gatehouse.audit.sequencer._ROUND_SECONDS", 0.01)
    monkeypatch.setattr("gatehouse.audit.sequencer._SIGN_SECONDS", 0.05)
    stop = Event()

    def sequence() -> None:
        run_sequencer(stop, SystemClock())
        connections.close_all()

    sequencers = [Thread(target=sequence) for _ in range(2)]
    for sequencer in sequencers:
        sequencer.start()
    with ThreadPoolExecutor(8) as writers:
        committed = [id_ for ids in writers.map(work, range(8)) for id_ in ids]
    stop.set()
    for sequencer in sequencers:
        sequencer.join()
    sequence_once(clock=CLOCK)

    entries = list(Entry.objects.order_by("index").values_list("index", "leaf_id"))
    assert caplog.records == []
    assert len(committed) > 200
    assert [index for index, _ in entries] == list(range(len(committed)))
    assert {leaf for _, leaf in entries} == set(committed)
    assert not Pending.objects.exists()
    # Many checkpoints were signed on the way, each of the tree that stands now.
    sizes = list(SignedCheckpoint.objects.order_by("size").values_list("size", "note"))
    assert len(sizes) >= 2
    leaves = bodies()
    assert all(read_checkpoint(note).root == root_of(leaves[:size]) for size, note in sizes)


def test_a_fault_that_lasts_is_logged_once_in_one_line(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stop, rounds = Event(), iter(["full", "full", "full", "away"])

    def fail_at_first(**_: object) -> int:
        fault = next(rounds, None)
        if fault:
            raise OSError(fault)
        stop.set()
        return 0

    monkeypatch.setattr("gatehouse.audit.sequencer.sequence_once", fail_at_first)
    monkeypatch.setattr("gatehouse.audit.sequencer._ROUND_SECONDS", 0.0)
    # A connection that another test left behind is not this one's to look after.
    monkeypatch.setattr("gatehouse.audit.sequencer.close_old_connections", lambda: None)
    run_sequencer(stop, CLOCK)
    said = "the audit sequencer could not finish its round, and tries again: "
    assert [record.getMessage() for record in caplog.records] == [said + "full", said + "away"]
    assert all(record.exc_info is None for record in caplog.records)
