"""The rooms with state on the oldest PostgreSQL that is supported: Debian 12's own, version 15."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest
from tests.absence import absent

ROOT = Path(__file__).resolve().parents[2]
BINARIES = Path("/usr/lib/postgresql/15/bin")
ROOMS = ["tests/audit", "tests/border", "tests/travellers", "tests/watchlist", "tests/edge"]


@pytest.fixture
def postgresql_15() -> Iterator[str]:
    if not BINARIES.exists():
        absent("PostgreSQL 15, Debian's postgresql-15")
    owner = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
    home = Path(mkdtemp(prefix="gatehouse-15-"))

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [str(BINARIES / program), *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd="/",
            user=owner.pw_uid if owner else None,
            group=owner.pw_gid if owner else None,
        )

    if owner:
        os.chown(home, owner.pw_uid, owner.pw_gid)
    data = str(home / "data")
    run("initdb", "-D", data, "-U", "gatehouse", "-A", "trust", "--locale=C.UTF-8", "-N")
    options = f"-c listen_addresses='' -c unix_socket_directories={home} -c fsync=off"
    run("pg_ctl", "start", "-w", "-D", data, "-l", str(home / "log"), "-o", options)
    try:
        run("createdb", "-h", str(home), "-U", "gatehouse", "gatehouse")
        yield f"postgresql://gatehouse@/gatehouse?host={str(home).replace('/', '%2F')}"
    finally:
        run("pg_ctl", "stop", "-D", data, "-m", "immediate")
        shutil.rmtree(home)


@pytest.mark.real
def test_the_rooms_hold_on_postgresql_15(postgresql_15: str) -> None:
    rooms = [room for room in ROOMS if (ROOT / room).exists()]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-m", "not real", *rooms],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": postgresql_15},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:]
    assert " passed" in done.stdout
