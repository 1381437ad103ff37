"""Who may read and change files."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def changeable(path: Path) -> Iterator[str]:
    """What is wrong where others than the owner may change a file or what lies in its folder."""
    for each in (path, path.absolute().parent):
        mode = each.stat().st_mode
        sticky = each.is_dir() and mode & stat.S_ISVTX  # as /tmp: others add files and change none
        if mode & _OTHERS_WRITE and not sticky:
            yield f"{each} can be changed by others (mode {stat.S_IMODE(mode):04o})"


def readable(path: Path) -> Iterator[str]:
    """What is wrong where others than the owner may open a file or folder."""
    mode = path.stat().st_mode
    if mode & _OTHERS:
        yield f"{path} is open to others (mode {stat.S_IMODE(mode):04o})"
