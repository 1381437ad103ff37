from __future__ import annotations

from datetime import date
from pathlib import Path

from gatehouse.simulation.runs import Run, next_run

TODAY = date(2026, 11, 22)


def test_each_run_is_the_next_day_but_never_later_than_yesterday(tmp_path: Path) -> None:
    runs = [next_run(tmp_path, today=TODAY) for _ in range(6)]
    assert runs == [
        Run(0, date(2026, 11, 17)),
        Run(1, date(2026, 11, 18)),
        Run(2, date(2026, 11, 19)),
        Run(3, date(2026, 11, 20)),
        Run(4, date(2026, 11, 21)),
        Run(5, date(2026, 11, 21)),
    ]
    assert next_run(tmp_path, today=date(2026, 12, 24)) == Run(6, date(2026, 11, 22))
