"""One row per figure, and the machine they were measured on."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple


class Row(NamedTuple):
    """A figure with its unit, what it stands beside, the ratio of the two, and the aim; all as they are printed."""

    what: str
    figure: str
    beside: str = ""
    ratio: str = ""
    aim: str = ""


_HEAD = Row("what", "figure", "beside", "ratio", "aim")


def machine() -> str:
    """The machine's processor, cores and Python, as `Model, 2 cores, CPython 3.11.2`."""
    return f"{_processor()}, {os.cpu_count()} cores, {platform.python_implementation()} {platform.python_version()}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else platform.processor() or platform.machine()


def written(rows: Iterable[Row]) -> str:
    """The table as text: the machine, then the columns, each as wide as its widest cell."""
    table = [_HEAD, *rows]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table]
    return "\n".join([machine(), "", lines[0], "  ".join("-" * width for width in widths), *lines[1:]])
