"""The committed script and style sheet are what the sources build."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

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
