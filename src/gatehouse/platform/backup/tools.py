"""PostgreSQL's own programs for copies, and the database that they are to reach."""

from __future__ import annotations

import os
import pwd
import re
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from gatehouse.kernel.errors import UnreadableError
from gatehouse.platform import postgres
from gatehouse.platform.config import config

#: Where Debian keeps the programs of each version.
_DEBIAN = "/usr/lib/postgresql/{major}/bin"


@dataclass(frozen=True)
class Database:
    """A database by its address, and the folder of the programs of its version."""

    url: str
    binaries: Path

    @property
    def facts(self) -> Mapping[str, Any]:
        """The parts of the address: host, port, user, password, dbname."""
        return conninfo_to_dict(self.url)

    def connect(self, **other: Any) -> psycopg.Connection[tuple[Any, ...]]:
        """Raises `UnreadableError` where nobody answers."""
        try:
            return psycopg.connect(self.url, autocommit=True, **other)
        except psycopg.OperationalError as error:
            raise UnreadableError("the database: %(cause)s", cause=" ".join(str(error).split())) from error

    def command(self, program: str, *arguments: object) -> tuple[list[str], dict[str, str]]:
        """A program that speaks the protocol of copies, with whom it is to reach in its environment."""
        known = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "sslmode": "PGSSLMODE"}
        known |= {"sslrootcert": "PGSSLROOTCERT"}
        reached = {known[name]: str(value) for name, value in self.facts.items() if name in known and value}
        return [str(self.binaries / program), *map(str, arguments)], {**os.environ, **reached}

    def run(self, program: str, *arguments: object) -> str:
        """What the program said. Raises `UnreadableError` with the last line of its complaint."""
        command, environment = self.command(program, *arguments)
        return ran(command, environment)


def ran(
    command: list[str], environment: Mapping[str, str] | None = None, owner: pwd.struct_passwd | None = None
) -> str:
    """Run one of the programs, as `owner` where one is named."""
    done = subprocess.run(  # noqa: S603
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        cwd="/",
        env=environment,
        user=owner.pw_uid if owner else None,
        group=owner.pw_gid if owner else None,
        extra_groups=[] if owner else None,
    )
    if done.returncode:
        cause = (done.stdout.strip().splitlines() or ["no message"])[-1]
        raise UnreadableError("%(tool)s: %(cause)s", tool=Path(command[0]).name, cause=cause)
    return done.stdout


@contextmanager
def database() -> Iterator[Database]:
    """The database of the settings. Raises `UnreadableError` where it or its programs are not there."""
    given = config().database_url
    if given is None:
        with postgres.running(config().state_dir) as url:
            yield Database(url, postgres.binaries(config().state_dir))
        return
    found = Database(given, Path())
    with found.connect() as connection:
        major = connection.info.server_version // 10_000
    yield Database(given, programs(major))


def programs(major: int) -> Path:
    """The folder of the programs of a version of PostgreSQL. Raises `UnreadableError`."""
    debian = Path(_DEBIAN.format(major=major))
    if (debian / "pg_basebackup").exists():
        return debian
    shipped = postgres.binaries(config().state_dir) if config().database_url is None else postgres.shipped()
    if shipped is not None and re.search(rf"\b{major}\b", ran([str(shipped / "pg_basebackup"), "--version"])):
        return shipped
    raise UnreadableError("the programs of PostgreSQL %(major)d are not installed: postgresql-%(major)d", major=major)
