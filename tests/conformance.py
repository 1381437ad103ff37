"""Data that nobody of this project made: found in CONFORMANCE_DIR, by default beside the project."""

from __future__ import annotations

import os
from pathlib import Path

from tests.absence import absent

ROOT = Path(__file__).resolve().parents[1]
#: What was asked for and not told yet: `tests/conftest.py` writes it into the result of the test that runs.
USED: set[str] = set()


def conformance_dir() -> Path:
    return Path(os.environ.get("CONFORMANCE_DIR") or ROOT.parent / "shared" / "conformance")


def conformance(relative: str) -> Path:
    """The path of a file or folder of the conformance data. Absent: skips by name, and fails where CI=true."""
    path = conformance_dir() / relative
    if not path.exists():
        absent(f"conformance data {relative}")
    USED.add(relative)
    return path


def published_report() -> Path:
    """The text of the report that the agency published for the reference year; it lies beside the conformance data."""
    return conformance("../domain/performance-report-112.txt")
