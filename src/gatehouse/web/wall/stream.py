"""The wall's server-sent events: what stands on it, each time that it changed, and a beat in between.

A stream takes one of the server's threads while it lasts. So it ends by itself after a while, whereupon the browser
opens the next, and only so many last at once in a process: any more are answered once and come back in a moment.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from threading import BoundedSemaphore

#: How long the browser waits before it comes back, in milliseconds.
_COMES_BACK = 2000
_LASTING = BoundedSemaphore(2)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Seconds between two looks, and how long a stream lasts: less than a worker is given to end in."""

    every: float = 2.0
    lasts: float = 20.0


def digest(body: str) -> str:
    return sha256(body.encode()).hexdigest()[:16]


def events(
    body: Callable[[], str], seen: str, rhythm: Rhythm = Rhythm(), lasting: BoundedSemaphore = _LASTING
) -> Generator[str, None, None]:
    """The events of one stream. `seen` is the digest of what the browser shows already."""
    ends = time.monotonic() + rhythm.lasts
    with ExitStack() as held:
        stays = lasting.acquire(blocking=False)
        if stays:
            held.callback(lasting.release)
        yield f"retry: {_COMES_BACK}\n\n"
        while True:
            fresh = body()
            number = digest(fresh)
            yield _event("board", fresh, number) if number != seen else _event("beat", "")
            seen = number
            if not stays or time.monotonic() + rhythm.every > ends:
                return
            time.sleep(rhythm.every)


def _event(name: str, body: str, number: str = "") -> str:
    lines = [f"event: {name}", *(f"data: {line}" for line in body.split("\n"))]
    return "\n".join([f"id: {number}", *lines] if number else lines) + "\n\n"
