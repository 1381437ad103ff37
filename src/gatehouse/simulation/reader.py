"""The reader of the demo's console: simulated travellers who wait at a desk, one after the other.

They are made once, by `gatehouse demo`, and lie in the folder `demo-reader` of the installation's state, so that no
private key is kept. Each direction has its own line; at its end it begins anew.
"""

from __future__ import annotations

import fcntl
import json
from base64 import b64decode, b64encode
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from gatehouse.border.api import Direction, DocumentReading
from gatehouse.platform.config import config
from gatehouse.simulation.passport_office import Passport
from gatehouse.simulation.travellers import Traveller


class Post(Protocol):
    """Where the console stands."""

    @property
    def direction(self) -> Direction: ...


class Reader:
    """Gives the next traveller of the post's direction; None before `gatehouse demo` made any."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or queue_folder()

    def next(self, post: Post) -> DocumentReading | None:
        """The document of whoever is next. Two desks that ask at once get two people."""
        waiting = sorted(self._folder.glob(f"{post.direction.value}-*.json"))
        if not waiting:
            return None
        kept = json.loads(waiting[self._take(post.direction) % len(waiting)].read_text())
        return DocumentReading(
            mrz=kept["mrz"],
            read_at=datetime.now(UTC),
            files={name: b64decode(data) for name, data in kept["files"].items()},
            live_image=b64decode(kept["live_image"]),
        )

    def _take(self, direction: Direction) -> int:
        """The place in the line, and the line moves on."""
        with (self._folder / f"{direction.value}.next").open("a+") as counter:
            fcntl.flock(counter, fcntl.LOCK_EX)
            counter.seek(0)
            place = int(counter.read() or 0)
            counter.truncate(0)
            counter.write(str(place + 1))
        return place


def queue_folder() -> Path:
    return config().state_dir / "demo-reader"


def queue_write(folder: Path, coming: Iterable[tuple[Traveller, Passport]]) -> int:
    """Put these travellers in line, in the place of those before. Gives how many they are."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    count = 0
    for count, (traveller, passport) in enumerate(coming, start=1):
        kept = {
            "mrz": passport.mrz,
            "files": {name: b64encode(data).decode() for name, data in passport.files.items()},
            "live_image": b64encode(passport.live_image).decode(),
        }
        (folder / f"{traveller.direction.value}-{count:04d}.json").write_text(json.dumps(kept))
    return count
