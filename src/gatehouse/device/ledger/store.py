"""The SQLite file of a ledger: how it is opened, and what its errors mean in words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from gatehouse.device.ledger.chain import Event
from gatehouse.kernel.errors import GatehouseError, RefusedError, UnreadableError

#: Seconds that one program waits for the other to end its short transaction.
PATIENCE_S = 5.0
_SCHEMA = (
    """CREATE TABLE IF NOT EXISTS event (
        sequence INTEGER PRIMARY KEY CHECK (sequence >= 1),
        boot_epoch INTEGER NOT NULL,
        at TEXT NOT NULL,
        kind TEXT NOT NULL,
        body TEXT,
        body_digest TEXT NOT NULL,
        previous TEXT NOT NULL UNIQUE,
        hash TEXT NOT NULL UNIQUE
    ) STRICT""",
    "CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
)
COLUMNS = "boot_epoch, sequence, at, kind, body, body_digest, previous, hash"
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


def connect(file: Path, *, device: str) -> sqlite3.Connection:
    """The file, made where it is not there: write-ahead log, and a commit that is on the disk when it returns.

    Raises `UnreadableError` where it cannot be opened, is damaged, or is another device's.
    """
    with in_words(file):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Autocommit: every transaction is begun and ended by name. One thread at a time uses it.
        connection = sqlite3.connect(file, timeout=PATIENCE_S, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA secure_delete=ON")  # what was forgotten is overwritten
            with transaction(connection):
                for statement in _SCHEMA:
                    connection.execute(statement)
                connection.execute("INSERT OR IGNORE INTO kept VALUES ('device', ?)", (device,))
            _require_durable(connection, file)
            _require_own(connection, file, device)
            file.chmod(0o600)
        except BaseException:
            connection.close()
            raise
    return connection


def _require_durable(connection: sqlite3.Connection, file: Path) -> None:
    """What a commit promises follows from these two: without them a crossing could be lost after it was let through."""
    [mode] = connection.execute("PRAGMA journal_mode").fetchone()
    [synchronous] = connection.execute("PRAGMA synchronous").fetchone()
    if (mode, synchronous) != ("wal", 2):
        raise UnreadableError(
            "the ledger %(file)s would not outlive a power cut here: journal %(mode)s, synchronous %(level)d",
            file=str(file),
            mode=mode,
            level=synchronous,
        )


def _require_own(connection: sqlite3.Connection, file: Path, device: str) -> None:
    [owner] = connection.execute("SELECT value FROM kept WHERE name = 'device'").fetchone()
    if owner != device:
        raise UnreadableError(
            "the ledger %(file)s is of %(owner)s, not of %(device)s", file=str(file), owner=owner, device=device
        )


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing; on the disk when it ends."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A full disk has ended the transaction by itself, and then there is nothing to roll back.
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


@contextmanager
def in_words(file: Path) -> Iterator[None]:
    """Every error of SQLite and of the disk as one that says what it means; nothing was recorded then."""
    try:
        yield
    except sqlite3.Error as error:
        raise _said(error, file) from error
    except OSError as error:
        cause = error.strerror or str(error)
        raise UnreadableError("the ledger %(file)s: %(cause)s", file=str(file), cause=cause) from error


def _said(error: sqlite3.Error, file: Path) -> GatehouseError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return RefusedError(
            "the disk is full: nothing was recorded, and nobody may pass until there is room for %(file)s",
            file=str(file),
        )
    if code in _BUSY:
        return RefusedError("the ledger %(file)s is held by another program: nothing was recorded", file=str(file))
    if code in _DAMAGED:
        return damaged(file, str(error))
    return RefusedError(
        "the ledger %(file)s cannot be used: %(cause)s; nothing was recorded", file=str(file), cause=str(error)
    )


def damaged(file: Path, cause: str) -> UnreadableError:
    return UnreadableError(
        "the ledger %(file)s is damaged: %(cause)s. Keep the file for the centre, and begin another one",
        file=str(file),
        cause=cause,
    )


def event_of(device: str, row: tuple[int, int, str, str, str | None, str, str, str]) -> Event:
    return Event(device, *row)
