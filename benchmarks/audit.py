"""The audit tree: leaves appended by 8 clients while the sequencer works, leaves sequenced, log entries verified."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from contextlib import contextmanager
from multiprocessing.synchronize import Event
from typing import TYPE_CHECKING

from pymerkle import InmemoryTree

from benchmarks.store import measured_store
from benchmarks.table import Row
from gatehouse.audit.log_file import hashed_entries, write_lines
from gatehouse.audit.verifier import verify
from gatehouse.kernel.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Iterator

CLIENTS = 8
PASSES = 2
SECONDS = 4.0
TO_SEQUENCE = 50_000
TO_VERIFY = 500_000

_fork = multiprocessing.get_context("fork")


def run() -> list[Row]:
    with measured_store():
        rows = [_appends(), _sequenced()]
    return [*rows, _verified()]


def _appends() -> Row:
    """Each transaction holds one leaf; the peer's holds one row of as many bytes, in a table without a second index.

    They take turns, and the best of each counts, so that what else the machine does meets both.
    """
    from gatehouse.platform import database

    database.run("CREATE TABLE bare_insert (id uuid PRIMARY KEY, body bytea NOT NULL)")
    bare = ours = 0.0
    for _ in range(PASSES):
        bare = max(bare, _committed(_bare_insert))
        with _sequencer():
            ours = max(ours, _committed(_append))
    return Row(
        f"audit leaves appended, {CLIENTS} clients",
        f"{ours:,.0f}/s",
        f"one bare INSERT of its size: {bare:,.0f}/s",
        f"{ours / bare:.2f} times",
    )


def _sequenced() -> Row:
    from django.db import transaction

    from gatehouse.audit.api import sequence_once

    clock = SystemClock()
    sequence_once(clock=clock)
    with transaction.atomic():
        for _ in range(TO_SEQUENCE):
            _append()
    begin = time.perf_counter()
    placed = sequence_once(clock=clock)
    rate = placed / (time.perf_counter() - begin)
    if placed != TO_SEQUENCE:
        raise ValueError("not every leaf was sequenced")
    return Row("audit leaves sequenced and signed", f"{rate:,.0f}/s")


def _verified() -> Row:
    """The peer appends the same leaves to its tree and takes the root; it checks no lines, links or signatures."""
    leaves = [_leaf(number) for number in range(TO_VERIFY)]
    few = leaves[: TO_VERIFY // 10]
    lines = list(write_lines(hashed_entries(leaves)))
    ours = theirs = 0.0
    for _ in range(PASSES):
        begin = time.perf_counter()
        verdict = verify(lines, [])
        ours = max(ours, TO_VERIFY / (time.perf_counter() - begin))
        begin = time.perf_counter()
        root = InmemoryTree.init_from_entries(few).get_root()
        theirs = max(theirs, len(few) / (time.perf_counter() - begin))
    if verdict.first_bad or verdict.size != TO_VERIFY or verify(lines[: len(few)], []).root != root:
        raise ValueError("the log to measure with does not hold")
    return Row(
        "audit log entries verified, one core",
        f"{ours:,.0f}/s",
        f"pymerkle 7, leaves to a root: {theirs:,.0f}/s",
        f"{ours / theirs:.1f} times",
        "10 M in 60 s",
    )


def _leaf(number: int) -> bytes:
    return (
        b'{"action":"person.look","commitment":"%064x","id":"0193f6a0-0000-7000-8000-%012x","purpose":"border_check",'
        b'"site":"TPE-1","time":"2026-11-22T10:00:00.000000+00:00","v":1}' % (number, number)
    )


def _append() -> None:
    from django.db import transaction

    from gatehouse.audit.api import leaf_append

    with transaction.atomic():
        leaf_append(
            clock=SystemClock(),
            actor="user:bench",
            action="person.look",
            subject="0193f6a0-0000-7000-8000-000000000000",
            purpose="border_check",
            site="TPE-1",
            detail={"shown": ["crossings", "stays"], "searched_by": ["document_number"]},
        )


def _bare_insert() -> None:
    from django.db import transaction

    from gatehouse.kernel.ids import new_id
    from gatehouse.platform import database

    with transaction.atomic():
        database.insert("bare_insert", id=new_id(), body=bytes(_SIZE))


#: The bytes of a leaf, its payload and salt.
_SIZE = 480


def _committed(work: Callable[[], None]) -> float:
    """How many transactions a second the clients commit together, each a process of its own."""
    from django.db import connections

    connections.close_all()
    with _fork.Pool(CLIENTS) as pool:
        counts = pool.map(_client, [work] * CLIENTS, chunksize=1)
    return sum(counts)


def _client(work: Callable[[], None]) -> float:
    work()
    count, begin = 0, time.perf_counter()
    while (elapsed := time.perf_counter() - begin) < SECONDS:
        work()
        count += 1
    return count / elapsed


@contextmanager
def _sequencer() -> Iterator[None]:
    """The sequencer beside the clients, as `gatehouse serve` runs it."""
    from django.db import connections

    connections.close_all()
    stop = _fork.Event()
    process = _fork.Process(target=_sequence, args=(stop,))
    process.start()
    try:
        yield
    finally:
        stop.set()
        process.join()


def _sequence(stop: Event) -> None:
    from gatehouse.audit.api import run_sequencer

    run_sequencer(stop)  # type: ignore[arg-type]
