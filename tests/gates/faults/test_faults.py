"""Lane, sender and centre are killed at random, the network is cut, answers are lost, the disk fills, the clock jumps,
and a lane is put back from a copy: nothing is lost, nothing doubled, and a fork is reported. `make faults` asks for
1,000 kills and prints the counts.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from tests.edge.crew import Crew
from tests.edge.cutting import CuttingProxy
from tests.edge.handheld import SUPERVISOR_OF_LEDGERS
from tests.edge.serving import Server, serving
from tests.gates.lanes import LANE

from gatehouse.border.api import device_ledgers
from gatehouse.border.models import Crossing, DeviceEvent
from gatehouse.device.events import EventKind
from gatehouse.device.ledger import Event, Outbox, broken_at
from gatehouse.device.ledger.store import COLUMNS, connect, event_of
from gatehouse.platform.services import device_register

KILLS = int(os.environ.get("FAULT_KILLS", "80"))
#: Seconds for which all of it may take; a machine that is busy is slow, and no figure is judged by it.
LONGEST_S = 120 + KILLS
MARKS = {EventKind.PASSAGE_CONFIRMED, EventKind.PASSAGE_VOID, EventKind.PASSAGE_DOUBTFUL}


@contextmanager
def at_work(folder: Path) -> Iterator[tuple[Crew, Server, CuttingProxy]]:
    token = device_register(name=LANE, port="TPE")
    with serving("--preload", "--workers=1") as server:
        proxy = CuttingProxy(server.port, cut=0.4, seed=20260214, slow=0.15)
        crew = Crew("tests.gates.faults.crew", folder, f"http://127.0.0.1:{proxy.port}", token)
        try:
            yield crew, server, proxy
        finally:
            crew.end()
            proxy.close()


def drain(crew: Crew, folder: Path, deadline: float) -> None:
    """Wait until the centre has all that the ledger holds."""
    with suppress(KeyError):
        crew.kill("lane")
    outbox = Outbox(folder / "lane.sqlite3", device=LANE)
    while outbox.backlog.count:
        assert time.monotonic() < deadline, f"{outbox.backlog.count} events could not be delivered"
        time.sleep(0.05)
    outbox.close()


def copied(folder: Path, name: str) -> None:
    """A copy of the ledger, as a backup takes it."""
    with sqlite3.connect(folder / "lane.sqlite3") as ledger, sqlite3.connect(folder / name) as copy:
        ledger.backup(copy)
    ledger.close()
    copy.close()


def put_back(folder: Path, name: str) -> None:
    for suffix in ("", "-wal", "-shm"):
        (folder / f"lane.sqlite3{suffix}").unlink(missing_ok=True)
    (folder / name).rename(folder / "lane.sqlite3")


def written(folder: Path) -> list[Event]:
    connection = connect(folder / "lane.sqlite3", device=LANE)
    events = [event_of(LANE, row) for row in connection.execute(f"SELECT {COLUMNS} FROM event ORDER BY sequence")]
    connection.close()
    assert broken_at(events) is None
    return events


@pytest.mark.real
@pytest.mark.django_db(transaction=True)
def test_nothing_is_lost_nothing_doubled_and_a_fork_is_reported(tmp_path: Path) -> None:
    chance, began = random.Random(7), time.monotonic()
    deadline = began + LONGEST_S
    kills: Counter[str] = Counter()
    before: list[Event] = []
    with at_work(tmp_path) as (crew, server, proxy):
        crew.start("lane")
        crew.start("sender")
        while sum(kills.values()) < KILLS:
            assert time.monotonic() < deadline, f"too slow: {kills}"
            time.sleep(chance.uniform(0.02, 0.2))
            proxy.is_down = chance.random() < 0.1
            victim = chance.choice(("lane", "lane", "sender", "sender", "centre"))
            if victim == "lane":
                crew.kill("lane")
                how = "full" if chance.random() < 0.15 else "lane"
                crew.start("lane", chance.choice((0, 0, 3600, -3600)), how=how)
            elif victim == "sender":
                crew.kill("sender")
                crew.start("sender")
            elif workers := server.workers:
                with suppress(ProcessLookupError):
                    os.kill(workers[0], signal.SIGKILL)
            kills[victim] += 1
            if sum(kills.values()) == KILLS // 3:
                crew.kill("lane")
                time.sleep(0.1)
                copied(tmp_path, "copy")
                crew.start("lane")
            elif sum(kills.values()) == 2 * KILLS // 3:
                proxy.is_down = False
                drain(crew, tmp_path, deadline)
                crew.kill("sender")
                time.sleep(0.1)
                before = written(tmp_path)
                put_back(tmp_path, "copy")
                crew.start("lane", 7200)
                crew.start("sender")
        proxy.is_down = False
        drain(crew, tmp_path, deadline)
        time.sleep(0.1)
        refused, died = crew.refused, list(crew.died)
        promised = [(int(epoch), int(sequence)) for epoch, sequence in map(str.split, crew.passed)]
    after = written(tmp_path)
    every = {event.hash: event for event in (*before, *after)}
    crossings = [event for event in every.values() if event.kind == EventKind.CROSSING]
    kinds = Counter(event.kind for event in every.values())
    recorded = list(Crossing.objects.filter(corrects__isnull=True).values_list("boot_epoch", "sequence"))
    [view] = device_ledgers(reader=SUPERVISOR_OF_LEDGERS, device=LANE)
    print(
        f"\nkills={sum(kills.values())} {dict(kills)} cut_before={proxy.cut_before} cut_after={proxy.cut_after} "
        f"slowed={proxy.slowed} "
        f"refused_on_full_disk={refused}\nevents={len(every)} {dict(kinds)}\nopened={len(promised)} "
        f"recorded={len(recorded)} lost={len(set(promised) - set(recorded))} "
        f"doubled={len(recorded) - len(set(recorded))} voided={Crossing.objects.filter(void=True).count()} "
        f"gaps={len(view.gaps)} forks={len(view.forks)} set_aside={len(view.set_aside)} "
        f"total={time.monotonic() - began:.0f}s"
    )
    assert died == []
    assert min(kills[who] for who in ("lane", "sender", "centre")) >= KILLS // 10
    assert refused > 0
    assert min(proxy.cut_before, proxy.cut_after, proxy.slowed) > 0
    # Nothing lost, nothing doubled, and nothing that no lane wrote.
    assert set(promised) <= set(recorded)
    assert len(recorded) == len(set(recorded)) == len(crossings)
    assert set(recorded) == {(event.boot_epoch, event.sequence) for event in crossings}
    # Each record says what became of it; that of a lane which ended in the middle waits for its next start, and one
    # that the copy held without its mark is marked in both ways of the fork.
    marked = sum(kinds[kind] for kind in MARKS)
    assert kinds[EventKind.CROSSING] - marked in (-1, 0, 1, 2)
    assert Crossing.objects.filter(void=True).count() == kinds[EventKind.PASSAGE_VOID]
    # Written and not opened: killed in between, and marked as doubtful.
    assert len(crossings) - len(promised) <= kinds[EventKind.PASSAGE_DOUBTFUL] + 2
    assert set(every) == set(DeviceEvent.objects.values_list("hash", flat=True))
    assert len(view.forks) == 1
    assert (view.gaps, view.set_aside, view.waiting) == ((), (), 0)
