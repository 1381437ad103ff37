"""The one writer of a ledger. An event counts once `append` has returned: only then may a door open."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import Path
from secrets import randbelow
from types import TracebackType
from typing import Any

from gatehouse.device.ledger.chain import GENESIS, Event, broken_at
from gatehouse.device.ledger.store import COLUMNS, connect, damaged, event_of, in_words, transaction
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import GatehouseError, UnreadableError

_LAST = f"SELECT {COLUMNS} FROM event ORDER BY sequence DESC LIMIT 1"  # noqa: S608
_BACKWARDS = f"SELECT {COLUMNS} FROM event ORDER BY sequence DESC"  # noqa: S608
_ALL = f"SELECT {COLUMNS} FROM event ORDER BY sequence"  # noqa: S608
#: Of the numbers a start can take, one is drawn.
CHANCES = 2**20
_INSERT = f"INSERT INTO event ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608


class Ledger:
    """The ledger of a device in `file`, for one program at a time.

    Opening it counts a start of the device, looks whether the file is whole (`PRAGMA integrity_check`) and follows the
    chain from its first event. Raises `UnreadableError` where one of these fails or another program writes it.
    """

    def __init__(self, file: Path, *, device: str, clock: Clock) -> None:
        self.file, self.device = file, device
        self._clock = clock
        self._lock = _locked(file)
        try:
            self._connection = connect(file, device=device)
        except BaseException:
            os.close(self._lock)
            raise
        try:
            with in_words(file):
                self._require_whole()
                last = self.last
            self.boot_epoch = _epoch(clock, last.boot_epoch if last else -1)
        except BaseException:
            self.close()
            raise

    @property
    def last(self) -> Event | None:
        """The newest event."""
        row = self._connection.execute(_LAST).fetchone()
        return event_of(self.device, row) if row else None

    def last_but(self, kinds: Collection[str]) -> Event | None:
        """The newest event of another kind than these."""
        with in_words(self.file):
            for row in self._connection.execute(_BACKWARDS):
                event = event_of(self.device, row)
                if event.kind not in kinds:
                    return event
        return None

    def append(self, kind: str, body: dict[str, Any], *, at: datetime | None = None) -> Event:
        """Write an event and give it once it is on the disk. `at` is now where it is not given.

        Raises `RefusedError` where it could not be written: a full disk, a file that is held; and `UnreadableError`
        where the file is damaged. Nothing was recorded then.
        """
        written: Event | None = None
        try:
            with in_words(self.file), transaction(self._connection):
                last = self.last
                written = Event.next(
                    device=self.device,
                    boot_epoch=self.boot_epoch,
                    sequence=last.sequence + 1 if last else 1,
                    at=(at or self._clock.now()).isoformat(timespec="milliseconds"),
                    kind=kind,
                    body=body,
                    previous=last.hash if last else GENESIS,
                )
                self._connection.execute(_INSERT, _row(written))
        except GatehouseError:
            # A commit that failed may have reached the disk all the same: what is there was recorded.
            if written is None or not self._holds(written):
                raise
        return written

    def events(self) -> Iterator[Event]:
        """All events, the oldest first."""
        for row in self._connection.execute(_ALL):
            yield event_of(self.device, row)

    def recall(self, name: str) -> str | None:
        """A value that was kept beside the events, such as the highest number of a bundle."""
        with in_words(self.file):
            row = self._connection.execute("SELECT value FROM kept WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def keep(self, name: str, value: str) -> None:
        with in_words(self.file), transaction(self._connection):
            self._connection.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (name, value))

    def close(self) -> None:
        self._connection.close()
        os.close(self._lock)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _holds(self, event: Event) -> bool:
        try:
            row = self._connection.execute("SELECT 1 FROM event WHERE hash = ?", (event.hash,)).fetchone()
        except sqlite3.Error:
            return False
        return row is not None

    def _require_whole(self) -> None:
        [said] = self._connection.execute("PRAGMA integrity_check(1)").fetchone()
        if said != "ok":
            raise damaged(self.file, " ".join(said.split()))
        broken = broken_at(self.events())
        if broken is not None:
            raise damaged(self.file, f"event {broken} does not follow from the one before it")


def _epoch(clock: Clock, last: int) -> int:
    """Rises with each start, whatever the clock says, and is below 2⁵³ until the year 2242.

    The chance in it keeps a ledger that was restored from a copy from naming a passage as the lost one had named
    another: the time alone does not, where the clock of the copy was ahead or two starts share a second.
    """
    chance = randbelow(CHANCES)
    return max(int(clock.now().timestamp()) * CHANCES + chance, last + 1 + chance)


def _row(event: Event) -> tuple[Any, ...]:
    return (
        event.boot_epoch,
        event.sequence,
        event.at,
        event.kind,
        event.body,
        event.body_digest,
        event.previous,
        event.hash,
    )


def _locked(file: Path) -> int:
    """Held while the program lives; the system lets it go, however that ends. Raises `UnreadableError`."""
    with in_words(file):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        held = os.open(file.with_name(file.name + ".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(held)
        raise UnreadableError("another program writes the ledger %(file)s", file=str(file)) from error
    return held
