"""The examples in docstrings are run."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

PACKAGES = Path(__file__).resolve().parents[1] / "src" / "gatehouse"
MODULES = sorted(
    ".".join(("gatehouse", *path.relative_to(PACKAGES).with_suffix("").parts)).removesuffix(".__init__")
    for line in ("kernel", "documents", "law", "device", "workstations")
    for path in (PACKAGES / line).rglob("*.py")
    if ">>>" in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name: str) -> None:
    failed, tried = doctest.testmod(importlib.import_module(name))
    assert (failed, tried > 0) == (0, True)
