"""A database that is destroyed and comes back, by the real programs of PostgreSQL: to a moment, row by row."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from gatehouse.kernel.clock import SystemClock
from gatehouse.kernel.errors import NotFoundError, RefusedError, UnreadableError
from gatehouse.platform import postgres
from gatehouse.platform.backup.catalogue import BASE, WAL, backups
from gatehouse.platform.backup.creating import backup_create, receiving
from gatehouse.platform.backup.restoring import Restored, backup_restore
from gatehouse.platform.backup.tools import Database
from gatehouse.platform.backup.verifying import verified

pytestmark = pytest.mark.real
TABLES = """
CREATE TABLE django_migrations (app text, name text);
INSERT INTO django_migrations VALUES ('border', '0001_initial'), ('border', '0002_more');
CREATE TABLE audit_entry (index bigint);
CREATE TABLE crossing (n int);
"""


@dataclass
class Centre:
    database: Database
    folder: Path
    connection: psycopg.Connection[tuple[int]]

    def write(self, *numbers: int) -> datetime:
        """Each in a transaction of its own; gives a moment after the last and before what is written next."""
        for number in numbers:
            self.connection.execute("INSERT INTO crossing VALUES (%s)", [number])
            self.connection.execute("INSERT INTO audit_entry VALUES (%s)", [number])
        time.sleep(0.05)
        moment = datetime.now(UTC)
        time.sleep(0.05)
        return moment

    @property
    def backups(self) -> Path:
        return self.folder / "backups"

    def restore(self, until: datetime | None, name: str = "restored") -> Restored:
        return backup_restore(
            folder=self.backups,
            binaries=self.database.binaries,
            data=self.folder / name,
            until=until,
            user=postgres.NAME,
            dbname=postgres.NAME,
            owner=postgres.SERVER_USER,
        )

    def read(self, data: Path) -> list[int]:
        """What a server that is started with the folder holds."""
        server = postgres._server(self.folder / "state")
        sockets = Path(mkdtemp(prefix="gatehouse-read-"))
        if server.owner:
            os.chown(sockets, server.owner.pw_uid, server.owner.pw_gid)
        control = [self.database.binaries / "pg_ctl", "-D", data, "-w"]
        options = f"-c listen_addresses= -c unix_socket_directories={sockets} -c max_connections=200"
        postgres._run(server, [*control, "-l", sockets / "log", "-o", options, "start"])
        try:
            with psycopg.connect(
                host=str(sockets), user=postgres.NAME, dbname=postgres.NAME, password=server.password
            ) as connection:
                return [n for (n,) in connection.execute("SELECT n FROM crossing ORDER BY n")]
        finally:
            postgres._run(server, [*control, "-m", "immediate", "stop"])
            shutil.rmtree(sockets)


@pytest.fixture
def centre() -> Iterator[Centre]:
    folder = Path(mkdtemp(prefix="gatehouse-backup-", dir="/var/tmp"))
    folder.chmod(0o755)
    state = folder / "state"
    state.mkdir()
    try:
        with postgres.running(state) as url, psycopg.connect(url, autocommit=True) as connection:
            connection.execute(TABLES)
            yield Centre(Database(url, postgres.binaries(state)), folder, connection)
    finally:
        postgres.remove(state)
        shutil.rmtree(folder)


@contextmanager
def received(centre: Centre) -> Iterator[subprocess.Popen[bytes]]:
    process = receiving(centre.database, centre.backups)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)


def caught_up(centre: Centre) -> None:
    """Until what was written is received."""
    end = time.monotonic() + 20
    query = "SELECT confirmed.flush_lsn >= pg_current_wal_flush_lsn() FROM pg_stat_replication confirmed"
    while time.monotonic() < end:
        if centre.connection.execute(query).fetchone() == (True,):
            return
        time.sleep(0.1)
    raise AssertionError("nothing is received")


def test_a_role_with_the_rights_that_the_guide_gives_makes_a_copy(centre: Centre) -> None:
    centre.write(1, 2)
    run = centre.connection.execute
    run("CREATE ROLE keeper LOGIN PASSWORD 'a password of the test'")
    run("GRANT SELECT ON ALL TABLES IN SCHEMA public TO keeper")
    parts = conninfo_to_dict(centre.database.url)
    mine = Database(
        f"postgresql://keeper:a%20password%20of%20the%20test@/{parts['dbname']}?host={parts['host']}",
        centre.database.binaries,
    )
    with pytest.raises(UnreadableError, match=r"REPLICATION|replication"):
        backup_create(clock=SystemClock(), database=mine, folder=centre.folder / "refused")
    run("ALTER ROLE keeper REPLICATION")
    made = backup_create(clock=SystemClock(), database=mine, folder=centre.backups)
    assert (made.audit_entries, made.tables) == (2, {"border": "0002_more"})


def test_to_a_moment_between_and_to_the_last_change(centre: Centre) -> None:
    centre.write(1, 2)
    with received(centre):
        made = backup_create(clock=SystemClock(), database=centre.database, folder=centre.backups)
        assert (made.audit_entries, made.tables) == (2, {"border": "0002_more"})
        between = centre.write(3, 4)
        centre.write(5)
        caught_up(centre)
    middle, last = centre.restore(between), centre.restore(None, "latest")
    assert (middle.audit_entries, last.audit_entries) == (4, 5)
    assert centre.read(middle.data) == [1, 2, 3, 4]
    assert centre.read(last.data) == [1, 2, 3, 4, 5]
    assert middle.last_change is not None
    assert middle.last_change < between
    # what is restored asks for its password again, and says nothing of a recovery
    assert "trust" not in (middle.data / "pg_hba.conf").read_text().split("METHOD")[-1]
    assert "recovery_target" not in (middle.data / "postgresql.auto.conf").read_text()


def test_a_server_that_is_killed_while_it_serves_loses_nothing_that_was_received(centre: Centre) -> None:
    with received(centre):
        backup_create(clock=SystemClock(), database=centre.database, folder=centre.backups)
        centre.write(*range(1, 200))
        caught_up(centre)
        server = postgres._server(centre.folder / "state")
        first = int((server.data / "postmaster.pid").read_text().splitlines()[0])
        os.kill(first, signal.SIGKILL)
        while Path(f"/proc/{first}").exists():
            time.sleep(0.1)
    assert centre.read(centre.restore(None).data) == list(range(1, 200))
    postgres._start(server, centre.database.binaries, durable=True)


def test_without_the_changes_a_copy_comes_back_as_it_was_made(centre: Centre) -> None:
    centre.write(1)
    backup_create(clock=SystemClock(), database=centre.database, folder=centre.backups)
    centre.write(2)
    assert centre.read(centre.restore(None).data) == [1]


def test_a_moment_that_the_changes_do_not_reach_is_said_and_nothing_is_left(centre: Centre) -> None:
    centre.write(1)
    backup_create(clock=SystemClock(), database=centre.database, folder=centre.backups)
    with pytest.raises(UnreadableError, match="recovery ended before configured recovery target was reached"):
        centre.restore(datetime.now(UTC) + timedelta(days=1))
    assert not (centre.folder / "restored").exists()


def test_what_cannot_be_restored_is_refused(centre: Centre) -> None:
    early = datetime.now(UTC)
    centre.write(1)
    backup_create(clock=SystemClock(), database=centre.database, folder=centre.backups)
    with pytest.raises(NotFoundError, match=r"no backup in .* was finished by then"):
        centre.restore(early)
    (centre.folder / "full").mkdir()
    (centre.folder / "full" / "kept").write_text("mine")
    with pytest.raises(RefusedError, match="holds something already"):
        centre.restore(None, "full")
    assert (centre.folder / "full" / "kept").read_text() == "mine"


def test_a_damaged_copy_is_found(centre: Centre) -> None:
    centre.write(1)
    made = backup_create(clock=SystemClock(), database=centre.database, folder=centre.backups)
    assert verified(centre.backups) == {made.label: ""}
    base = centre.backups / made.label / BASE
    version = (base / "PG_VERSION").read_text()
    spoilt = {"PG_VERSION is not what was written": "17\\n", "PG_VERSION is missing": None}
    for said, text in spoilt.items():
        (base / "PG_VERSION").unlink()
        if text is not None:
            (base / "PG_VERSION").write_text(text)
        assert verified(centre.backups) == {made.label: said}
    (base / "PG_VERSION").write_text(version)
    (base / "base" / "strange").touch()
    assert verified(centre.backups) == {made.label: "base/strange was added"}
    (base / "base" / "strange").unlink()
    manifest = (base / "backup_manifest").read_text()
    (base / "backup_manifest").write_text(manifest.replace('"Size": ', '"Size": 1', 1))
    assert verified(centre.backups) == {made.label: "backup_manifest is not what was written"}


def test_a_copy_that_fails_is_no_backup(centre: Centre) -> None:
    broken = Database(centre.database.url.replace(postgres.NAME + ":", "nobody:", 1), centre.database.binaries)
    with pytest.raises(UnreadableError, match="the database: "):
        backup_create(clock=SystemClock(), database=broken, folder=centre.backups)
    assert backups(centre.backups) == []
    assert [path.name for path in centre.backups.iterdir()] == []


def test_a_folder_that_others_can_read_takes_no_backup(centre: Centre) -> None:
    centre.backups.mkdir(mode=0o755)
    with pytest.raises(UnreadableError, match="is not private to this user"):
        backup_create(clock=SystemClock(), database=centre.database, folder=centre.backups)
    assert not (centre.backups / WAL).exists()
