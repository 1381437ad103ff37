"""Atheris itself for some seconds: the harness finds what is wrong, and finds nothing in what is right."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.conformance import ROOT

pytestmark = pytest.mark.real


@pytest.mark.parametrize("name", ["tlv", "cv_certificate", "chip_answers"])
def test_a_target_under_atheris(name: str, tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "scripts" / "fuzz.py"), name, "--seconds", "5", "--folder", str(tmp_path)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.rstrip().endswith("good")
    assert " executions in " in ran.stdout
