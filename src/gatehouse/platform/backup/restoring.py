"""The cluster as it was at a moment: a base copy, and the changes since, up to there."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import psycopg

from gatehouse.kernel.errors import RefusedError, UnreadableError
from gatehouse.platform.backup.catalogue import BASE, WAL, Manifest, before
from gatehouse.platform.backup.tools import ran

_SETTINGS = "postgresql.auto.conf"
#: Seconds for which changes may be applied.
_LONGEST = 24 * 3600


@dataclass(frozen=True, slots=True)
class Restored:
    """A data folder that a server of the same version can be started with."""

    data: Path
    backup: Manifest
    #: The last change that it holds; None where none was applied.
    last_change: datetime | None
    audit_entries: int


def backup_restore(
    *, folder: Path, binaries: Path, data: Path, until: datetime | None, user: str, dbname: str, owner: str = "postgres"
) -> Restored:
    """Make `data` the cluster as it was at `until`, or as late as the changes reach. The backups stay as they are.

    As root the folder is given to `owner`, who also starts the server for the time of the recovery. Raises
    `RefusedError` for a folder that holds something, `NotFoundError` where no copy is old enough, and `UnreadableError`
    with what PostgreSQL says, for example where the changes end before `until`; the folder is then removed.
    """
    if data.exists() and any(data.iterdir()):
        raise RefusedError("%(folder)s holds something already: name a folder that is empty or not there", folder=data)
    own, manifest = before(folder, until)
    account = pwd.getpwnam(owner) if os.geteuid() == 0 else None
    sockets = Path(mkdtemp(prefix="gatehouse-restore-"))
    try:
        shutil.copytree(own / BASE, data, dirs_exist_ok=True)
        wal = _reachable(folder / WAL, sockets)
        kept = _recovering(data, wal, until)
        _give(account, data, sockets)
        facts = _recovered(binaries, data, sockets, account, user=user, dbname=dbname)
        (data / _SETTINGS).write_text(kept)
        return Restored(data, manifest, *facts)
    except BaseException:
        shutil.rmtree(data, ignore_errors=True)
        raise
    finally:
        shutil.rmtree(sockets, ignore_errors=True)


def _reachable(wal: Path, place: Path) -> Path:
    """A copy of the changes where the account of the server may read: those of the backups are private to theirs."""
    copy = place / WAL
    if wal.is_dir():
        shutil.copytree(wal, copy)
    else:
        copy.mkdir()
    return copy


def _recovering(data: Path, wal: Path, until: datetime | None) -> str:
    """Ask the server to recover on its start; gives the settings as they were. A last segment may not be full yet."""
    settings = data / _SETTINGS
    kept = settings.read_text() if settings.exists() else ""
    lines = [
        f'restore_command = \'cp "{wal}/%f" "%p" || cp "{wal}/%f.partial" "%p"\'',
        "recovery_target_action = 'promote'",
        "recovery_target_timeline = 'latest'",
    ]
    if until is not None:
        lines.append(f"recovery_target_time = '{until.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}+00'")
    settings.write_text(kept + "\n".join(lines) + "\n")
    (data / "recovery.signal").touch()
    return kept


def _give(account: pwd.struct_passwd | None, *folders: Path) -> None:
    for folder in folders:
        folder.chmod(0o700)
        if account is None:
            continue
        for path in (folder, *folder.rglob("*")):
            os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)


def _recovered(
    binaries: Path, data: Path, sockets: Path, account: pwd.struct_passwd | None, *, user: str, dbname: str
) -> tuple[datetime | None, int]:
    """Start the server for nobody but this program until it has recovered, ask what it holds, and stop it."""
    hba = data / "pg_hba.conf"
    shipped = hba.read_text()
    hba.write_text("local all all trust\n")
    log = sockets / "server.log"
    options = f"-c listen_addresses= -c unix_socket_directories={sockets} -c archive_mode=off -c hot_standby=on"
    options += "".join(f" -c {name}={value}" for name, value in _as_large(binaries, data))
    control = [str(binaries / "pg_ctl"), "-D", str(data), "-w", "-t", str(_LONGEST)]
    try:
        ran([*control, "-l", str(log), "-o", options, "start"], owner=account)
        try:
            return _asked(sockets, user=user, dbname=dbname, log=log)
        finally:
            ran([*control, "-m", "fast", "stop"], owner=account)
    except UnreadableError as error:
        raise UnreadableError("not restored: %(cause)s", cause=_complaint(log) or error.reason) from error
    finally:
        hba.write_text(shipped)


def _as_large(binaries: Path, data: Path) -> list[tuple[str, str]]:
    """What a server needs to be no smaller than the one that wrote the changes, also where that had it on its own
    command line: the control file knows."""
    said = ran([str(binaries / "pg_controldata"), str(data)])
    names = {"max_prepared_xacts": "max_prepared_transactions", "max_locks_per_xact": "max_locks_per_transaction"}
    found = re.findall(r"^(max_\w+) setting:\s+(\d+)$", said, re.M)
    return [(names.get(name, name), value) for name, value in found]


def _asked(sockets: Path, *, user: str, dbname: str, log: Path) -> tuple[datetime | None, int]:
    end = time.monotonic() + _LONGEST
    while time.monotonic() < end:
        try:
            with psycopg.connect(host=str(sockets), user=user, dbname=dbname, autocommit=True) as connection:
                if not _one(connection, "SELECT pg_is_in_recovery()"):
                    entries = _one(connection, "SELECT count(*) FROM audit_entry")
                    return _last_change(log), int(entries)
        except psycopg.OperationalError as error:
            if complaint := _complaint(log):
                raise UnreadableError("%(cause)s", cause=complaint) from error
        time.sleep(0.2)
    raise UnreadableError("the changes were not applied within a day")


def _one(connection: psycopg.Connection[tuple[Any, ...]], query: str) -> Any:
    row = connection.execute(query).fetchone()
    return row[0] if row else None


def _complaint(log: Path) -> str:
    """The last thing for which the server gave up."""
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    fatal = [line.partition("FATAL:")[2].strip() for line in lines if "FATAL:" in line]
    fatal = [line for line in fatal if "starting up" not in line and "not yet accepting" not in line]
    return fatal[-1] if fatal else ""


def _last_change(log: Path) -> datetime | None:
    """When the last transaction that was applied was committed, as the server says it."""
    said = "last completed transaction was at log time "
    found = [line.partition(said)[2] for line in log.read_text(errors="replace").splitlines() if said in line]
    return datetime.fromisoformat(found[-1].strip()) if found else None
