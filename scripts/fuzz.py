"""Fuzz the parsers of what strangers bring: python scripts/fuzz.py [TARGET …] [--seconds N] [--folder DIR].

Each target runs by itself under atheris for that long, from the seeds of `tests/fuzz/seeds.py`; then everything that
was found interesting is run again, to see whether memory grows. The exit code is 1 where a target raised something
that is not the project's own, took more than ten seconds for an input, or grew.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
_LIMITS = ("-timeout=10", "-rss_limit_mb=2048", "-max_len=8192", "-print_final_stats=1")


def main() -> int:
    from tests.fuzz.targets import TARGETS  # noqa: PLC0415 - the path is set above

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--folder", type=Path, default=ROOT / ".fuzz", help="keeps what was found, for the next time")
    given = parser.parse_args()
    unknown = set(given.targets) - set(TARGETS)
    if unknown:
        parser.error(f"no target: {', '.join(sorted(unknown))}")
    found = [_fuzzed(name, given.seconds, given.folder) for name in given.targets or TARGETS]
    return 0 if all(found) else 1


def _fuzzed(name: str, seconds: int, folder: Path) -> bool:
    """Whether nothing was found. Says so, with the number of executions."""
    corpus, findings = folder / name, folder / "findings"
    _plant(name, corpus)
    findings.mkdir(parents=True, exist_ok=True)
    worker = [sys.executable, "-m", "tests.fuzz.worker", name, str(corpus)]
    options = [*_LIMITS, f"-max_total_time={seconds}", f"-artifact_prefix={findings}/{name}-"]
    began = time.monotonic()
    ran = subprocess.run([*worker, *options], cwd=ROOT, capture_output=True, text=True, check=False)
    taken = time.monotonic() - began
    executions = _stat(ran.stderr, "number_of_executed_units")
    again = subprocess.run([*worker, "replay"], cwd=ROOT, capture_output=True, text=True, check=False)
    good = not ran.returncode and not again.returncode
    memory = again.stdout.strip() or "the replay failed"
    print(
        f"{name:<16} {executions:>9} executions in {taken:4.0f} s; {memory}; {'good' if good else 'FOUND'}", flush=True
    )
    if not good:
        sys.stderr.write("\n".join((ran.stderr + again.stderr).splitlines()[-60:]) + "\n")
    return good


def _plant(name: str, corpus: Path) -> None:
    from tests.fuzz.targets import TARGETS  # noqa: PLC0415 - the path is set above

    corpus.mkdir(parents=True, exist_ok=True)
    for data in TARGETS[name].seeds():
        (corpus / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)


def _stat(said: str, name: str) -> str:
    found = re.search(rf"stat::{name}:\s*(\d+)", said)
    return found[1] if found else "?"


if __name__ == "__main__":
    sys.exit(main())
