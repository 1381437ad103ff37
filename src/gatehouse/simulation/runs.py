"""Which runs an installation has had: each simulates people of its own, so that a day is never run twice."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

_KEPT = "simulation.json"
#: The first day is some days ago, so that the next ones are not in the future.
_DAYS_AGO = 5


@dataclass(frozen=True, slots=True)
class Run:
    number: int
    on: date


def next_run(folder: Path, *, today: date) -> Run:
    """The next run, taken from now on, whether it is finished or not. Its day is the one after the last, but past."""
    kept, yesterday = folder / _KEPT, today - timedelta(days=1)
    if not kept.exists():
        run = Run(0, today - timedelta(days=_DAYS_AGO))
    else:
        last = json.loads(kept.read_text())
        run = Run(last["number"] + 1, min(date.fromisoformat(last["on"]) + timedelta(days=1), yesterday))
    fresh = folder / f".{_KEPT}.new"
    fresh.write_text(json.dumps({"number": run.number, "on": run.on.isoformat()}))
    fresh.replace(kept)
    return run
