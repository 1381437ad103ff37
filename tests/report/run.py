"""One run of the suites and what a reader has to know of it: version, machine, libraries, data; kept as it runs."""

from __future__ import annotations

import hashlib
import json
import platform
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from gatehouse import __version__
from tests.conformance import conformance_dir
from tests.report.results import TestResult, results_of

ROOT = Path(__file__).resolve().parents[2]
#: Each suite by its marker expression, and how many processes run it.
SUITES = {"checks": ("not real", "2"), "real": ("real", "0")}


@dataclass(frozen=True, slots=True)
class Suite:
    """One start of pytest. `exit` is its exit code: 0 and 1 ran to the end, any other did not."""

    name: str
    began: str
    seconds: float
    exit: int


@dataclass(frozen=True, slots=True)
class Library:
    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Data:
    """A file or folder that tests read and nobody here made. The digest of a folder is that of its files' digests."""

    path: str
    files: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Run:
    """`changed` says that the code was not that of the commit alone."""

    version: str
    commit: str
    changed: bool
    began: str
    system: str
    machine: str
    python: str
    libraries: tuple[Library, ...]
    suites: tuple[Suite, ...]
    collected: tuple[str, ...]
    data: tuple[Data, ...] = ()


def conduct(names: Sequence[str], folder: Path) -> None:
    """Run the suites; leave `run.json` and `<suite>.xml` in the folder. A failing test is a result, not an error."""
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob("*.xml"):
        left.unlink()
    run = Run(
        version=__version__,
        commit=_git("rev-parse", "HEAD"),
        changed=bool(_git("status", "--porcelain")),
        began=_now(),
        system=_system(),
        machine=f"{platform.machine()}, {_processors()}",
        python=platform.python_version(),
        libraries=tuple(_libraries()),
        suites=(),
        collected=_collected(),
    )
    for name in names:
        run = replace(run, suites=(*run.suites, _suite(name, folder)))
        _keep(run, folder)
    used = {path for each in results_of(run.collected, reports(folder)) for path in each.data}
    _keep(replace(run, data=tuple(digest_of(path) for path in sorted(used))), folder)


def kept(folder: Path) -> tuple[Run, tuple[TestResult, ...]]:
    """What `conduct` left in the folder."""
    said = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    said["libraries"] = tuple(Library(**each) for each in said["libraries"])
    said["suites"] = tuple(Suite(**each) for each in said["suites"])
    said["data"] = tuple(Data(**each) for each in said["data"])
    run = Run(**{**said, "collected": tuple(said["collected"])})
    return run, results_of(run.collected, reports(folder))


def reports(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.xml"))


def digest_of(path: str) -> Data:
    """`path` is relative to the folder of the conformance data."""
    place = conformance_dir() / path
    files = sorted(each for each in place.rglob("*") if each.is_file()) if place.is_dir() else [place]
    digests = [hashlib.sha256(each.read_bytes()).hexdigest() for each in files]
    if not place.is_dir():
        return Data(path, 1, digests[0])
    lines = "".join(
        f"{digest}  {each.relative_to(place).as_posix()}\n" for digest, each in zip(digests, files, strict=True)
    )
    return Data(path, len(files), hashlib.sha256(lines.encode()).hexdigest())


def _suite(name: str, folder: Path) -> Suite:
    marker, processes = SUITES[name]
    began, started = _now(), datetime.now(UTC)
    done = _pytest("-q", "-n", processes, "-m", marker, f"--junitxml={(folder / name).absolute()}.xml")
    return Suite(name, began, (datetime.now(UTC) - started).total_seconds(), done.returncode)


def _collected() -> tuple[str, ...]:
    done = _pytest("-q", "-n", "0", "--collect-only", "--color=no", quiet=True)
    if done.returncode:
        msg = f"the tests cannot be collected:\n{done.stdout}"
        raise SystemExit(msg)
    return tuple(line for line in done.stdout.splitlines() if "::" in line and line.startswith("tests/"))


def _pytest(*arguments: str, quiet: bool = False) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(
        command, check=False, cwd=ROOT, text=True, stdout=subprocess.PIPE if quiet else None, timeout=4 * 3600
    )


def _keep(run: Run, folder: Path) -> None:
    text = json.dumps(asdict(run), ensure_ascii=False, indent=1)
    (folder / "run.json").write_text(text + "\n", encoding="utf-8")


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], check=True, cwd=ROOT, capture_output=True, text=True)
    return done.stdout.strip()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _system() -> str:
    named = platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    return f"{named}, Linux {platform.release()}" if platform.system() == "Linux" else named


def _processors() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    memory = Path("/proc/meminfo").read_text().split()[1] if Path("/proc/meminfo").exists() else "0"
    return f"{len(models)} × {models[0] if models else '?'}, {int(memory) / 2**20:.1f} GiB"


def _libraries() -> Iterable[Library]:
    found = {each.metadata["Name"]: each.version for each in metadata.distributions()}
    return (Library(name, found[name]) for name in sorted(found, key=str.lower) if name != "gatehouse")
