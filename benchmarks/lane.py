"""What a lane itself takes for a traveller: from the machine readable zone to the record that opens the exit.

The lane's real program with its real ledger, chips read against the simulator, passive authentication, lists, rules and
faces; doors and people take no time. Beside it the same chips read by the terminal's procedure alone.
"""

from __future__ import annotations

import time
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from benchmarks.table import Row
from gatehouse.documents.chip.access import MrzKey
from gatehouse.documents.chip.reading import ReadingPolicy, attempt
from gatehouse.documents.chip.simulator import SimulatedChip
from gatehouse.documents.mrz import parse_mrz
from gatehouse.gates.simulated import Guest
from gatehouse.kernel.clock import SystemClock
from gatehouse.platform.profile import SHIPPED, Profile
from gatehouse.simulation.hall.real_lane import lane_passed
from gatehouse.simulation.issuing import ChipKind
from gatehouse.simulation.lanes import LaneWorld

_READING = ReadingPolicy(files=("COM", "SOD", "DG1", "DG2", "DG14", "DG15"))
_TRAVELLERS = 100


def run() -> list[Row]:
    rows = []
    for kind in (ChipKind.BAC, ChipKind.PACE_GM):
        world = LaneWorld(Profile(SHIPPED / "tw"), states=["JPN"], now=SystemClock().now(), chips=kind)
        guests = [world.guest("JPN", 2 * place) for place in range(_TRAVELLERS)]
        with TemporaryDirectory() as folder:
            own = list(lane_passed(world, guests, Path(folder, "lane.sqlite3")).own_ms)
        alone = [_chip_alone(guest) for guest in guests]
        figure = f"p95 {_p95(own):.0f} ms of {len(own)}"
        what = f"a lane's own time per traveller, {kind.name}"
        rows.append(Row(what, figure, f"its chip alone: p95 {_p95(alone):.0f} ms", "", "p95 < 300 ms"))
    return rows


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]


def _chip_alone(guest: Guest) -> float:
    begin = time.perf_counter()
    if guest.chip is not None:
        key = MrzKey.from_mrz(parse_mrz(guest.zone, on=SystemClock().now().date()))
        attempt(
            SimulatedChip(guest.chip), key, policy=ReadingPolicy(files=("COM", "SOD", "DG1", "DG2", "DG14", "DG15"))
        )
    return 1000 * (time.perf_counter() - begin)
