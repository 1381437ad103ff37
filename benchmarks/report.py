"""One report of the size of a real one, with a hundred figures, in all five formats."""

from __future__ import annotations

import subprocess
import sys
import time

from benchmarks.table import Row

#: Everything at once in a fresh process, the libraries and typefaces read for the first time.
_FRESH = "from benchmarks.report import all_formats; all_formats()"


def run() -> list[Row]:
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-c", _FRESH], check=True)
    fresh = time.perf_counter() - begin
    all_formats()
    spent = all_formats()
    total = sum(spent.values())
    return [
        Row("report in five formats, fresh process", f"{fresh:.2f} s", aim="5 s"),
        Row("report in five formats, again", f"{total:.2f} s", aim="5 s"),
        *(Row(f"  as {name}", f"{seconds:.3f} s") for name, seconds in spent.items()),
    ]


def all_formats() -> dict[str, float]:
    """Seconds for each format."""
    from tests.performance.rendering.sample import LONG, MANNER, report

    from gatehouse.performance.rendering import Format, render

    found, spent = report(LONG), {}
    for format in Format:
        begin = time.perf_counter()
        if not render(found, format, MANNER):
            raise ValueError("an empty report was measured")
        spent[format.value] = time.perf_counter() - begin
    return spent
