"""Make up records of year 112 that add up to what the agency's report of that year prints.

    .venv/bin/python scripts/reconstruct_112.py [FOLDER]

The report gives totals and no records. These are made up by the rules that each file says at its head, and always come
out the same: what is drawn by lot is drawn from a fixed seed, and the arithmetic of the house sets the last outage of a
class so that its availability is the one printed. A test compares the committed files with what this writes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from year_112 import assets, intervals, passages

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "src" / "gatehouse" / "profiles" / "tw" / "performance" / "112"


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    register = assets.register()
    (folder / "assets.csv").write_text(assets.text(register), encoding="utf-8")
    (folder / "intervals.csv").write_text(intervals.text(register), encoding="utf-8")
    (folder / "passages.csv").write_text(passages.passages_text(), encoding="utf-8")
    (folder / "enrolments.csv").write_text(passages.enrolments_text(), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
