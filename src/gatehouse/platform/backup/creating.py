"""A base copy of the whole cluster while it serves, and the log of changes since, received as it is written."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import gatehouse
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import RefusedError, UnreadableError
from gatehouse.platform.backup.catalogue import BASE, MANIFEST, WAL, Manifest
from gatehouse.platform.backup.tools import Database
from gatehouse.platform.backup.verifying import require_whole

#: Keeps what `receive` has not fetched yet.
SLOT = "gatehouse_backup"


def backup_create(*, clock: Clock, database: Database, folder: Path) -> Manifest:
    """Copy the cluster into a folder of its own, verify the copy, and only then name it a backup.

    Raises `UnreadableError` with what PostgreSQL's tools say; what was begun is removed.
    """
    started = clock.now()
    label = f"{started:%Y%m%dT%H%M%SZ}"
    own = folder / label
    if own.exists():
        raise RefusedError("there is %(folder)s already", folder=str(own))
    _private(folder)
    own.mkdir(mode=0o700)
    try:
        facts = _facts(database)
        arguments = [f"--pgdata={own / BASE}", "--checkpoint=fast", "--wal-method=stream", f"--label={label}"]
        database.run("pg_basebackup", *arguments, "--manifest-checksums=SHA256", "--no-password")
        require_whole(own)
        manifest = Manifest(label=label, started_at=started, finished_at=clock.now(), **facts)
        fresh = own / f".{MANIFEST}.new"
        fresh.write_text(manifest.model_dump_json(indent=1) + "\n")
        fresh.rename(own / MANIFEST)
    except BaseException:
        shutil.rmtree(own, ignore_errors=True)
        raise
    return manifest


def receiving(database: Database, folder: Path) -> subprocess.Popen[bytes]:
    """Receive the log of changes without end, each segment synced; started again it goes on where it stopped."""
    _private(folder)
    _private(folder / WAL)
    with database.connect() as connection:
        there = connection.execute("SELECT 1 FROM pg_replication_slots WHERE slot_name = %s", (SLOT,)).fetchone()
        if there is None:
            connection.execute("SELECT pg_create_physical_replication_slot(%s, true)", (SLOT,))
    arguments = [f"--directory={folder / WAL}", f"--slot={SLOT}", "--synchronous", "--no-password"]
    command, environment = database.command("pg_receivewal", *arguments)
    return subprocess.Popen(command, env=environment, cwd="/", stdin=subprocess.DEVNULL)  # noqa: S603


def _private(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if folder.stat().st_uid != os.geteuid() or folder.stat().st_mode & 0o077:
        raise UnreadableError("%(path)s is not private to this user", path=str(folder))


def _facts(database: Database) -> dict[str, object]:
    latest = "SELECT app, max(name) FROM django_migrations GROUP BY app"
    with database.connect() as connection:
        [identifier] = connection.execute("SELECT system_identifier::text FROM pg_control_system()").fetchone() or [""]
        [entries] = connection.execute("SELECT count(*) FROM audit_entry").fetchone() or [0]
        return {
            "server_version": connection.info.server_version,
            "system_identifier": identifier,
            "program": gatehouse.__version__,
            "tables": {str(app): str(name) for app, name in connection.execute(latest)},
            "audit_entries": entries,
        }
