"""The sender's view of a ledger: what waits for the centre, and how far the centre has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gatehouse.device.houses import KEPT, House, require_same
from gatehouse.device.ledger.chain import Event
from gatehouse.device.ledger.store import COLUMNS, connect, event_of, in_words, transaction

_AFTER = f"SELECT {COLUMNS} FROM event WHERE sequence > ? AND body IS NOT NULL ORDER BY sequence LIMIT ?"  # noqa: S608
_ACKNOWLEDGED = "acknowledged"


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits: how many events, and since when the oldest does (None where none does)."""

    count: int
    since: datetime | None


class Outbox:
    """Beside the writer, in another program or thread. It changes no event. Raises as `Ledger`."""

    def __init__(self, file: Path, *, device: str) -> None:
        self.file, self.device = file, device
        self._connection = connect(file, device=device)

    @property
    def acknowledged(self) -> int:
        """The highest sequence up to which the centre has everything."""
        with in_words(self.file):
            row = self._connection.execute("SELECT value FROM kept WHERE name = ?", (_ACKNOWLEDGED,)).fetchone()
        return int(row[0]) if row else 0

    def require_house(self, house: House) -> None:
        """Of which house the ledger is, from its first delivery on. Raises `RefusedError` where it is another's."""
        with in_words(self.file), transaction(self._connection):
            if self.acknowledged:  # it was delivered before it was kept to whom: only the agency's were
                self._keep_house(House.AGENCY)
            row = self._connection.execute("SELECT value FROM kept WHERE name = ?", (KEPT,)).fetchone()
            require_same(row[0] if row else None, house)
            self._keep_house(house)

    def _keep_house(self, house: House) -> None:
        self._connection.execute("INSERT OR IGNORE INTO kept VALUES (?, ?)", (KEPT, house.value))

    def acknowledge(self, sequence: int) -> None:
        """The centre has everything up to here; less than before where it lost something itself."""
        with in_words(self.file), transaction(self._connection):
            self._connection.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (_ACKNOWLEDGED, str(sequence)))

    def waiting(self, *, most: int, largest: int) -> list[Event]:
        """The next events in order: at most so many, and so many characters but for a single one."""
        with in_words(self.file):
            rows = self._connection.execute(_AFTER, (self.acknowledged, most)).fetchall()
        taken: list[Event] = []
        room = largest
        for row in rows:
            event = event_of(self.device, row)
            room -= len(event.body or "")
            if taken and room < 0:
                break
            taken.append(event)
        return taken

    @property
    def oldest(self) -> int:
        """The lowest sequence that can still be sent; one more than the newest where none can."""
        with in_words(self.file):
            [forgotten] = self._connection.execute("SELECT max(sequence) FROM event WHERE body IS NULL").fetchone()
        return (forgotten or 0) + 1

    @property
    def newest(self) -> int:
        with in_words(self.file):
            [newest] = self._connection.execute("SELECT max(sequence) FROM event").fetchone()
        return newest or 0

    @property
    def backlog(self) -> Backlog:
        with in_words(self.file):
            count, since = self._connection.execute(
                "SELECT count(*), min(at) FROM event WHERE sequence > ?", (self.acknowledged,)
            ).fetchone()
        return Backlog(count, datetime.fromisoformat(since) if since else None)

    def forget_delivered(self, *, before: datetime) -> int:
        """Forget what the centre has and what is older: the chain stays. Gives how many were forgotten."""
        with in_words(self.file), transaction(self._connection):
            return self._connection.execute(
                "UPDATE event SET body = NULL WHERE sequence <= ? AND at < ? AND body IS NOT NULL",
                (self.acknowledged, before.isoformat(timespec="milliseconds")),
            ).rowcount

    def close(self) -> None:
        self._connection.close()
