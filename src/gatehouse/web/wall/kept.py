"""What was made a moment ago and is still good: many screens of one process share it."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Kept(Generic[Made]):
    """Keeps one thing for each key, for so many seconds. One thread makes it; the others wait for it."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._lock = Lock()
        self._kept: dict[str, tuple[float, Made]] = {}

    def get(self, key: str, make: Callable[[], Made]) -> Made:
        with self._lock:
            at, made = self._kept.get(key, (float("-inf"), None))
            if made is None or time.monotonic() - at > self.seconds:
                made = make()
                self._kept[key] = time.monotonic(), made
            return made

    def clear(self) -> None:
        self._kept.clear()
