"""What a process for one hall does first. It imports no models: they can be imported once the settings are read."""

from __future__ import annotations

from multiprocessing.sharedctypes import Synchronized

from gatehouse import platform

_passed: list[Synchronized[int]] = []


def begin(passed: Synchronized[int]) -> None:
    """Read the settings; `passed` is where all halls count together."""
    platform.setup()
    _passed.append(passed)


def count_one() -> None:
    with _passed[0].get_lock():
        _passed[0].value += 1
