"""A device, its sender and the centre are killed at random, the network is cut and the clock jumps: each passage that
was promised is recorded once, and nothing else is."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.border.desk import TW
from tests.device.made import CENTRE, DEVICE
from tests.edge.crew import Crew
from tests.edge.cutting import CuttingProxy
from tests.edge.handheld import ISSUER, SUPERVISOR_OF_LEDGERS, officers
from tests.edge.serving import Server, serving

from gatehouse.border.api import bundle_issue, device_ledgers
from gatehouse.border.models import Crossing, Decision, DeviceEvent, Inspection
from gatehouse.device.bundle import TrustLists
from gatehouse.device.events import EventKind
from gatehouse.device.ledger import Outbox, broken_at
from gatehouse.device.ledger.store import COLUMNS, connect, event_of
from gatehouse.kernel.clock import FixedClock
from gatehouse.platform.services import device_register

KILLS = 120
LONGEST_S = 85


@contextmanager
def at_work(folder: Path) -> Iterator[tuple[Crew, Server, CuttingProxy]]:
    officers()
    token = device_register(name=DEVICE, port="TPE")
    earlier = FixedClock(datetime.now(UTC) - timedelta(hours=3))
    _, data = bundle_issue(
        clock=earlier, actor=ISSUER, device=DEVICE, hours=72, lists=TrustLists(), key=CENTRE, profile=TW
    )
    (folder / "bundle").write_bytes(data)
    with serving("--preload", "--workers=1") as server:
        proxy = CuttingProxy(server.port, cut=0.5, seed=20230501)
        crew = Crew("tests.workstations.mobile.crew", folder, f"http://127.0.0.1:{proxy.port}", token)
        try:
            yield crew, server, proxy
        finally:
            crew.end()
            proxy.close()


@pytest.mark.real
@pytest.mark.django_db(transaction=True)
def test_whatever_is_killed_or_cut_nothing_is_lost_and_nothing_doubled(tmp_path: Path) -> None:
    chance = random.Random(1)
    began = time.monotonic()
    kills = dict.fromkeys(("device", "sender", "centre"), 0)
    with at_work(tmp_path) as (crew, server, proxy):
        crew.start("device")
        crew.start("sender")
        while sum(kills.values()) < KILLS:
            assert time.monotonic() - began < LONGEST_S - 20, f"too slow: {kills}"
            time.sleep(chance.uniform(0.02, 0.25))
            proxy.is_down = chance.random() < 0.1
            victim = chance.choice(("device", "sender", "centre"))
            if victim != "centre":
                crew.kill(victim)
                crew.start(victim, chance.choice((0, 0, 3600, -3600)) if victim == "device" else 0)
                kills[victim] += 1
            elif workers := server.workers:
                with suppress(ProcessLookupError):
                    os.kill(workers[0], signal.SIGKILL)
                    kills["centre"] += 1
        proxy.is_down = False
        crew.kill("device")
        outbox = Outbox(tmp_path / "ledger.sqlite3", device=DEVICE)
        draining = time.monotonic()
        while outbox.backlog.count:
            assert time.monotonic() - began < LONGEST_S, f"{outbox.backlog.count} events could not be delivered"
            time.sleep(0.1)
        drained = time.monotonic() - draining
        outbox.close()
        time.sleep(0.1)
        promised, died = list(crew.passed), list(crew.died)
    connection = connect(tmp_path / "ledger.sqlite3", device=DEVICE)
    written = [event_of(DEVICE, row) for row in connection.execute(f"SELECT {COLUMNS} FROM event ORDER BY sequence")]
    connection.close()
    decided = [event for event in written if event.kind == EventKind.DECISION]
    crossings = [str(id_) for id_ in Crossing.objects.values_list("inspection", flat=True)]
    [view] = device_ledgers(reader=SUPERVISOR_OF_LEDGERS, device=DEVICE)
    print(
        f"\nkills={sum(kills.values())} {kills} cut_before={proxy.cut_before} cut_after={proxy.cut_after} "
        f"events={len(written)} promised={len(promised)} decided={len(decided)} crossings={len(crossings)} "
        f"lost={len(set(promised) - set(crossings))} doubled={len(crossings) - len(set(crossings))} "
        f"gaps={len(view.gaps)} forks={len(view.forks)} drain={drained:.1f}s total={time.monotonic() - began:.0f}s"
    )
    assert died == []
    assert min(kills.values()) >= 20
    assert proxy.cut_before > 0
    assert proxy.cut_after > 0
    assert len(promised) > KILLS
    assert set(promised) <= set(crossings)
    assert len(crossings) == len(set(crossings)) == len(decided) == Decision.objects.count()
    # A passage that was written and not promised: the program was killed in between, and `void` is for it.
    assert len(decided) - len(promised) <= kills["device"]
    assert broken_at(written) is None
    assert {event.hash for event in written} == set(DeviceEvent.objects.values_list("hash", flat=True))
    assert Inspection.objects.count() == sum(event.kind == EventKind.INSPECTION for event in written)
    assert (view.gaps, view.forks, view.set_aside, view.waiting) == ((), (), (), 0)
