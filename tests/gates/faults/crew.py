"""A lane and its sender, each in a process that `tests.edge.crew` forks; `full` is a lane on a disk that fills up.

A lane writes `passed EPOCH SEQUENCE` to standard output when its exit opens, and `refused` where nothing could be
recorded and so the exit stayed shut.
"""

from __future__ import annotations

import os
import random
import sys
import time
from pathlib import Path
from typing import NoReturn

from tests.edge.crew import OffClock, Worker, fork_on_demand, opened, sending
from tests.gates.lanes import LANE
from tests.gates.machine.plant import Plant

from gatehouse.device.events import Crossed
from gatehouse.device.words import Direction
from gatehouse.documents.mrz import compose_mrz
from gatehouse.gates.generations import GENERATIONS
from gatehouse.gates.machine import Effect, Event, Lane, State, Topology
from gatehouse.gates.passages import Passages
from gatehouse.kernel.errors import GatehouseError

READ = (Event.DOCUMENT, Event.MRZ_READ, Event.CHIP_READ, Event.OPTICAL_READ, Event.CLEAR)


class KilledLane(Plant):
    """The lane's machine with its real ledger: what the table says is written is written."""

    own: Passages
    clock: OffClock
    zone: str = ""

    def _obey(self, effects: tuple[Effect, ...]) -> None:
        super()._obey(effects)
        for effect in effects:
            match effect:
                case Effect.RECORD:
                    self._record()
                case Effect.OPEN_EXIT if self.own.open is not None:
                    opened = self.own.open
                    os.write(1, f"passed {opened.boot_epoch} {opened.sequence}\n".encode())
                case Effect.CONFIRM:
                    self.own.confirm()
                case Effect.VOID:
                    self.own.void()
                case Effect.DOUBT:
                    self.own.doubt()

    def _record(self) -> None:
        try:
            self.own.record(Crossed(direction=Direction.EXIT, crossed_at=self.clock.now(), mrz=self.zone))
        except GatehouseError:
            os.write(1, b"refused\n")
            self.tell(Event.COMMIT_FAILED)
            return
        self.tell(Event.COMMITTED)

    def serve(self, fate: float) -> None:
        """One traveller: most go through, some stay, of some nobody sees what they did."""
        for event in READ:
            self.tell(event)
        self.move_entry()
        self.walk_in()
        self.move_entry()
        self.tell(Event.MATCHED)
        self.move_exit()
        if self.situation.state is State.HANDED_OVER:  # nothing was recorded, and the exit stayed shut
            assert self.exit_shut
            self.tell(Event.RETURN)
        elif fate < 0.8:
            self.walk_out()
        elif fate < 0.9:
            self.tell(Event.TIMEOUT)
            self.move_exit()
            self.tell(Event.RETURN)
        else:
            self.people = 0
            self.tell(Event.VACANT)
        self.move_exit()
        self.move_entry()
        self.walk_back()
        self.settle()


def lane(folder: Path, off: float, *, fills: bool) -> NoReturn:
    clock, chance = OffClock(off), random.Random(os.getpid())
    ledger = opened(folder / "lane.sqlite3", LANE, clock)
    passages = Passages(ledger)
    if fills:
        [pages] = ledger._connection.execute("PRAGMA page_count").fetchone()
        ledger._connection.execute(f"PRAGMA max_page_count = {pages}")
    KilledLane.own, KilledLane.clock = passages, clock
    plant = KilledLane(Lane(Topology.INTEGRATED, GENERATIONS[4]))
    plant.settle()
    plant.tell(Event.OPEN)
    plant.tell(Event.LISTS_FRESH)
    while True:
        last = ledger.last
        plant.zone = compose_mrz(
            "TD3",
            document_code="P",
            issuer="JPN",
            document_number=f"K{last.sequence if last else 0:08d}",
            surname="TANAKA",
            given_names="HANAKO",
            nationality="JPN",
            birth_date="1985-03-14",
            sex="F",
            expiry_date="2039-01-31",
        )
        try:
            plant.serve(chance.random())
        except GatehouseError:  # a full disk: what became of the passage could not be written, the next start says so
            os.write(1, b"refused\n")
            time.sleep(3600)
        time.sleep(0.01)


def main(folder: Path, address: str, token: str) -> None:
    workers: dict[str, Worker] = {
        "lane": lambda off: lane(folder, off, fills=False),
        "full": lambda off: lane(folder, off, fills=True),
        "sender": lambda _: sending(folder / "lane.sqlite3", LANE, address, token),
    }
    fork_on_demand(workers)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
