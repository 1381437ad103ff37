"""The committed script and style sheet are what the sources build."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "src" / "gatehouse" / "web" / "static" / "web"


@pytest.mark.real
def test_the_committed_bundle_equals_the_build(tmp_path: Path) -> None:
    frontend = tmp_path / "frontend"
    shutil.copytree(ROOT / "frontend", frontend, ignore=shutil.ignore_patterns("node_modules"))
    web = tmp_path / "src" / "gatehouse" / "web"
    shutil.copytree(ROOT / "src" / "gatehouse" / "web", web, ignore=shutil.ignore_patterns("static", "*.py"))
    for command in (["npm", "ci"], ["npm", "run", "check"], ["npm", "run", "build"]):
        subprocess.run(command, cwd=frontend, check=True, capture_output=True)
    for name in ("gatehouse.js", "gatehouse.css"):
        assert (web / "static" / "web" / name).read_bytes() == (BUILT / name).read_bytes()


def test_the_lock_of_the_front_end_names_no_address() -> None:
    lock = (ROOT / "frontend" / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    assert '"integrity"' in lock
