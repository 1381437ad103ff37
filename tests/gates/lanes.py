"""A lane's ledger and passages for tests, in few words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.device.made import NOW, clock

from gatehouse.device.events import Crossed
from gatehouse.device.ledger import Ledger
from gatehouse.device.words import Direction
from gatehouse.kernel.clock import FixedClock

LANE = "TPE-E01"
MRZ = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F3204159ZE184226B<<<<<16"


def ledger(folder: Path, at: FixedClock | None = None) -> Ledger:
    return Ledger(folder / "lane.sqlite3", device=LANE, clock=at or clock())


def passage(**changes: Any) -> Crossed:
    facts: dict[str, Any] = {"direction": Direction.EXIT, "crossed_at": NOW, "mrz": MRZ}
    return Crossed(**facts | changes)
