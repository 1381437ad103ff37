"""The reader of the demo's console: it takes the documents of those who wait (`waiting`) one after the other."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from gatehouse.border.api import Direction, DocumentReading
from gatehouse.platform.config import config
from gatehouse.simulation.passport_office import Passport
from gatehouse.simulation.travellers import Traveller
from gatehouse.simulation.waiting import FOLDER, Line, WaitingDocument


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
        found = Line(self._folder, post.direction.value).next()
        if found is None:
            return None
        return DocumentReading(found.mrz, datetime.now(UTC), found.files, found.live_image)


def queue_folder() -> Path:
    return config().state_dir / FOLDER


def queue_write(folder: Path, coming: Iterable[tuple[Traveller, Passport]]) -> int:
    """Put these travellers in line, in the place of those before. Gives how many they are."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    count = 0
    for count, (traveller, passport) in enumerate(coming, start=1):
        waiting = WaitingDocument(passport.mrz, passport.image, passport.live_image)
        waiting.write(folder / f"{traveller.direction.value}-{count:04d}.json")
    return count
