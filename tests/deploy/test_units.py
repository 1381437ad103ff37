"""The units that are delivered, started by a real systemd in production mode beside a real PostgreSQL."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from tests.absence import absent
from tests.deploy.machine import SYSTEMD, UNITS, Machine, machine, may_be_first

BINARIES = Path("/usr/lib/postgresql/15/bin")
SERVICES = sorted(unit.name for unit in UNITS.glob("*.service"))


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def database() -> Iterator[str]:
    """Debian's PostgreSQL on a port of 127.0.0.1."""
    if os.geteuid() != 0 or not Path(SYSTEMD).exists() or not BINARIES.exists():
        absent("root, systemd and Debian's postgresql-15")
    if not may_be_first():
        pytest.skip("this machine lets nobody make namespaces")
    owner, port = pwd.getpwnam("postgres"), free_port()
    home = Path(mkdtemp(prefix="gatehouse-units-"))
    os.chown(home, owner.pw_uid, owner.pw_gid)

    def run(program: str, *arguments: str) -> None:
        command = [str(BINARIES / program), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", user=owner.pw_uid, group=owner.pw_gid)

    data = str(home / "data")
    run("initdb", "-D", data, "-U", "gatehouse", "-A", "trust", "--locale=C.UTF-8", "-N")
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={home} -c fsync=off"
    run("pg_ctl", "start", "-w", "-D", data, "-l", str(home / "log"), "-o", options)
    try:
        run("createdb", "-h", str(home), "-p", str(port), "-U", "gatehouse", "gatehouse")
        yield f"postgresql://gatehouse@127.0.0.1:{port}/gatehouse"
    finally:
        run("pg_ctl", "stop", "-D", data, "-m", "immediate")
        shutil.rmtree(home)


@pytest.fixture
def folder() -> Iterator[Path]:
    """Where everybody may look, unlike pytest's own."""
    made = Path(mkdtemp(prefix="gatehouse-machine-", dir="/var/tmp"))
    made.chmod(0o777)
    (made / "keys").mkdir()
    key = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (made / "keys" / "audit-key.pem").write_bytes(key)
    (made / "keys" / "biometrics-key").write_text("u3" * 30)
    yield made
    shutil.rmtree(made)


def settings(database: str) -> dict[str, str]:
    return {
        "DATABASE_URL": database,
        "GATEHOUSE_SECRET_KEY": "k7" * 30 + "-not-of-a-demo-Aq!",
        "GATEHOUSE_AUDIT_KEY_FILE": "/etc/gatehouse/audit-key.pem",
        "GATEHOUSE_AUDIT_CHECKPOINT_DIR": "/var/lib/gatehouse/checkpoints",
        "GATEHOUSE_BIOMETRICS_KEY_FILE": "/etc/gatehouse/biometrics-key",
        "GATEHOUSE_HOSTS": "border.example",
    }


def answer(port: int) -> int | None:
    """The status of the sign-in page as the proxy asks for it; None where nobody answers."""
    try:
        headers = {"Host": "border.example", "X-Forwarded-Proto": "https"}
        return httpx.get(f"http://127.0.0.1:{port}/sign-in/", headers=headers, timeout=10).status_code
    except httpx.HTTPError:
        return None


def until(port: int, wanted: int | None, seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer(port) == wanted:
            return True
        time.sleep(0.3)
    return False


@pytest.mark.real
def test_a_centre_is_set_up_started_killed_and_stopped_by_its_units(database: str, folder: Path) -> None:
    port = free_port()
    changed = {"--port 8000": f"--port {port}", "--workers 4": "--workers 2"}
    with machine(folder, settings=settings(database), changed=changed) as centre:
        # before its tables are there it does not start, says why, and is not tried again and again
        assert centre.run("systemctl", "start", "gatehouse-web").returncode != 0
        assert "run gatehouse migrate first" in centre.said("gatehouse-web")
        assert (centre.shown("gatehouse-web", "NRestarts"), answer(port)) == ("0", None)

        assert centre.run("systemctl", "start", "gatehouse-migrate", seconds=120).returncode == 0
        assert "The tables are up to date." in centre.said("gatehouse-migrate")
        started = centre.run("systemctl", "start", "gatehouse-web", seconds=120)
        assert started.returncode == 0, centre.said("gatehouse-web")
        # it was ready when systemd said so
        assert answer(port) == 200

        assert_confined(centre)
        main = int(centre.shown("gatehouse-web", "MainPID"))
        centre.run("kill", f"-{signal.SIGKILL}", str(main))
        assert until(port, 200)
        assert centre.shown("gatehouse-web", "NRestarts") == "1"
        assert int(centre.shown("gatehouse-web", "MainPID")) != main

        assert centre.run("systemctl", "start", "gatehouse-watchdog.timer").returncode == 0
        assert centre.shown("gatehouse-watchdog.timer", "ActiveState") == "active"
        # nothing of a monitor ever ran here: the look fails, which is what wakes somebody
        assert centre.run("systemctl", "start", "gatehouse-watchdog").returncode != 0
        assert "no part of the monitor ever ran here" in centre.said("gatehouse-watchdog")
        # a poller without anybody to poll is not started
        assert centre.run("systemctl", "start", "gatehouse-monitor").returncode == 0
        assert centre.shown("gatehouse-monitor", "ConditionResult") == "no"

        # the account of the service may copy the cluster here, as createuser --replication lets it
        assert centre.run("systemctl", "start", "gatehouse-backup", seconds=60).returncode == 0
        assert ": verified, with " in centre.said("gatehouse-backup")
        assert centre.run("systemctl", "start", "gatehouse-receive").returncode == 0
        time.sleep(2)
        assert centre.shown("gatehouse-receive", "ActiveState") == "active", centre.said("gatehouse-receive")
        assert centre.run("systemctl", "stop", "gatehouse-receive").returncode == 0

        assert centre.run("systemctl", "stop", "gatehouse-web").returncode == 0
        assert (answer(port), centre.shown("gatehouse-web", "Result")) == (None, "success")


def assert_confined(centre: Machine) -> None:
    """By what the kernel says of the process: not root, no privileges to come, nothing but its state to write to."""
    main = centre.shown("gatehouse-web", "MainPID")
    said = centre.run("cat", f"/proc/{main}/status").stdout
    facts = {name: value.strip() for name, _, value in (line.partition(":") for line in said.splitlines())}
    assert facts["Uid"].split()[0] == str(pwd.getpwnam("gatehouse").pw_uid)
    assert (facts["NoNewPrivs"], facts["Seccomp"], facts["CapBnd"]) == ("1", "2", "0" * 16)
    mounts = centre.run("cat", f"/proc/{main}/mounts").stdout.splitlines()
    options = {line.split()[1]: line.split()[3].split(",") for line in mounts}
    assert "ro" in options["/"]
    assert "rw" in options["/var/lib/gatehouse"]


@pytest.mark.real
@pytest.mark.parametrize("service", SERVICES)
def test_a_unit_exposes_little(service: str) -> None:
    """systemd's own reckoning, from 0 (nothing) to 10; it calls 2.0 and less OK."""
    if not shutil.which("systemd-analyze"):
        absent("systemd-analyze")
    command = ["systemd-analyze", "security", "--offline=true", "--threshold=25", str(UNITS / service)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-600:] + done.stderr


def test_what_a_unit_starts_is_a_command_of_the_program() -> None:
    started = [
        line.removeprefix("ExecStart=/opt/gatehouse/.venv/bin/gatehouse ").split()
        for service in SERVICES
        for line in (UNITS / service).read_text().splitlines()
        if line.startswith("ExecStart=")
    ]
    assert sorted(" ".join(command[:2]) for command in started) == [
        "backup create",
        "backup receive",
        "migrate",
        "monitor canary",
        "monitor notify",
        "monitor run",
        "monitor watchdog",
        "security watch",
        "serve --port",
    ]


def test_every_service_is_the_same_account_with_the_same_settings() -> None:
    for service in SERVICES:
        lines = (UNITS / service).read_text().splitlines()
        for wanted in ("User=gatehouse", "EnvironmentFile=/etc/gatehouse/centre.env", "ProtectSystem=strict"):
            assert lines.count(wanted) == 1, service
