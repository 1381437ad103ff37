"""A machine of its own for the units: systemd as the first process of namespaces that leave this machine alone.

No unit of the system is read, and what services write to is a file system in memory; processor and network are shared.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UNITS = ROOT / "deploy" / "systemd"
SYSTEMD = "/lib/systemd/systemd"


@dataclass
class Machine:
    process: subprocess.Popen[bytes]
    folder: Path

    def run(self, *command: str, seconds: float = 60) -> subprocess.CompletedProcess[str]:
        """A command inside, as root."""
        inside = ["nsenter", "--target", str(self._first), "--mount", "--pid", "--uts", "--ipc", *command]
        return subprocess.run(inside, capture_output=True, text=True, timeout=seconds, check=False)

    def shown(self, unit: str, fact: str) -> str:
        """One property of a unit, as systemctl shows it."""
        return self.run("systemctl", "show", unit, "--property", fact, "--value").stdout.strip()

    def said(self, unit: str) -> str:
        """What a unit wrote; there is no journal here."""
        file = self.folder / f"{unit}.log"
        return file.read_text() if file.exists() else ""

    @property
    def _first(self) -> int:
        outer = self.process.pid
        return int(Path(f"/proc/{outer}/task/{outer}/children").read_text().split()[0])


_APART = ("unshare", "--fork", "--pid", "--mount-proc", "--mount", "--uts", "--ipc", "--kill-child")


def may_be_first() -> bool:
    """Whether this machine lets a process be the first one of namespaces of its own, and mount there."""
    tried = subprocess.run([*_APART, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True, check=False)
    return tried.returncode == 0


@contextmanager
def machine(folder: Path, *, settings: Mapping[str, str], changed: Mapping[str, str]) -> Iterator[Machine]:
    """Booted into nothing but its socket: start what is wanted. `changed`: texts of the units that are others here."""
    units = folder / "units"
    units.mkdir()
    for unit in UNITS.iterdir():
        text = unit.read_text()
        for shipped, here in changed.items():
            text = text.replace(shipped, here)
        (units / unit.name).write_text(text + _drop_in(unit.name, folder))
    # A boot of Debian would set up this machine's clock, kernel and temporary files: here these are names alone.
    for name in ("bare", "sysinit", "basic", "shutdown", "network-online", "timers"):
        (units / f"{name}.target").write_text("[Unit]\nDefaultDependencies=no\n")
    (folder / "centre.env").write_text("".join(f'{name}="{value}"\n' for name, value in settings.items()))
    script = folder / "boot.sh"
    script.write_text(_boot(folder))
    with (folder / "boot.log").open("wb") as log:
        process = subprocess.Popen(
            [*_APART, "sh", str(script)],
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    booted = Machine(process, folder)
    try:
        _until_it_answers(booted)
        yield booted
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _until_it_answers(booted: Machine) -> None:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if booted.process.poll() is not None:
            break
        try:
            if booted.run("systemctl", "is-active", "bare.target", seconds=10).stdout.strip() == "active":
                return
        except (IndexError, OSError, ValueError, subprocess.TimeoutExpired):
            pass
        time.sleep(0.3)
    raise AssertionError((booted.folder / "boot.log").read_text()[-2000:])


def _drop_in(name: str, folder: Path) -> str:
    """Logs into a file, as no journal runs; and a Python in somebody's home stays visible."""
    if not name.endswith(".service"):
        return ""
    file = folder / f"{name.removesuffix('.service')}.log"
    home = "ProtectHome=no\n" if _home_of_python() else ""
    return f"\n[Service]\n{home}StandardOutput=append:{file}\nStandardError=append:{file}\n"


def _home_of_python() -> Path | None:
    prefix = Path(sys.base_prefix).resolve()
    return prefix if prefix.is_relative_to("/root") or prefix.is_relative_to("/home") else None


def _boot(folder: Path) -> str:
    python = _home_of_python()
    homes = ""
    if python:
        kept = f"/run/python{len(python.parts)}"
        homes = f"""
mkdir -p {kept}; mount --bind {python} {kept}
mount -t tmpfs -o mode=0755 tmpfs /{python.parts[1]}
mkdir -p {python}; mount --bind {kept} {python}
"""
    return f"""set -e
mount --make-rprivate /
mount -o bind,ro /proc/sys /proc/sys
mount -t tmpfs -o mode=1777 tmpfs /tmp
mount -t tmpfs -o mode=1777 tmpfs /dev/shm
mount -t tmpfs -o mode=0755 tmpfs /run
mkdir -p /run/systemd/system /run/lock /etc/gatehouse /var/lib/gatehouse
{homes}
mount -t tmpfs tmpfs /etc/systemd/system
mount -t tmpfs -o mode=0755 tmpfs /etc/gatehouse
mount -t tmpfs -o mode=0755 tmpfs /var/lib/gatehouse
mkdir -p /var/lib/gatehouse-backups; mount -t tmpfs -o mode=0755 tmpfs /var/lib/gatehouse-backups
mount -t tmpfs -o mode=0755 tmpfs /opt
mkdir /opt/gatehouse && mount --bind {ROOT} /opt/gatehouse
cp {folder}/centre.env /etc/gatehouse/
cp {folder}/keys/* /etc/gatehouse/ && chown -R gatehouse /etc/gatehouse && chmod 600 /etc/gatehouse/*
cp {folder}/units/* /run/systemd/system/
exec env -i container=lxc SYSTEMD_UNIT_PATH=/run/systemd/system \\
  PATH=/usr/sbin:/usr/bin:/sbin:/bin {SYSTEMD} --system --unit=bare.target \\
  --log-target=console --show-status=no
"""
