"""What LibreOffice makes of a file."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")
NEEDS_LIBREOFFICE = pytest.mark.skipif(
    not SOFFICE and os.environ.get("CI") != "true", reason="LibreOffice is not installed"
)


def converted(data: bytes, source: str, wanted: str, folder: Path) -> bytes:
    """A file of one format as LibreOffice writes it in another."""
    assert SOFFICE, "LibreOffice is not installed"
    path = folder / f"report.{source}"
    path.write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [SOFFICE, profile, "--headless", "--convert-to", wanted, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / f"report.{wanted}").read_bytes()
