"""The map in docs/architecture.md, the contracts of import-linter and the folders say the same."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ROOT / "src" / "gatehouse"
#: Folders with data, not rooms.
DATA = {"profiles", "locale"}
ROW = re.compile(r"\| (\d+) \| `(\w+)` \| (yes|planned) \|")


def mapped() -> list[tuple[int, str, bool]]:
    text = (ROOT / "docs" / "architecture.md").read_text()
    return [(int(line), package, stands == "yes") for line, package, stands in ROW.findall(text)]


def layers() -> list[str]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    [contract] = [contract for contract in contracts if contract["type"] == "layers" and len(contract["layers"]) > 10]
    return list(reversed(contract["layers"]))


def test_the_rooms_that_stand_are_the_folders() -> None:
    folders = {path.name for path in PACKAGES.iterdir() if path.is_dir() and path.name != "__pycache__"} - DATA
    assert {package for _, package, stands in mapped() if stands} == folders


def test_the_lines_are_the_contracts_of_import_linter() -> None:
    lines: dict[int, list[str]] = {}
    for line, package, _ in mapped():
        lines.setdefault(line, []).append(package)
    assert [sorted(packages) for _, packages in sorted(lines.items())] == [
        sorted(re.findall(r"\w+", layer)) for layer in layers()
    ]


def test_no_file_is_longer_than_400_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for folder in ("src", "tests", "benchmarks", "scripts")
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts and (lines := len(path.read_text().splitlines())) > 400
    }
    assert long == {}


def test_each_room_says_in_a_few_lines_what_it_is_for() -> None:
    for _, package, stands in mapped():
        if stands:
            lines = (PACKAGES / package / "README.md").read_text().splitlines()
            assert 5 <= len(lines) <= 25, package
