"""Every test file shows a requirement, and every requirement has tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.report.requirements import Requirement, requirement_of, requirements
from tests.report.sheets import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(each.relative_to(ROOT).as_posix() for each in (ROOT / "tests").rglob("test_*.py"))


def test_every_test_file_belongs_to_a_requirement() -> None:
    assert len(FILES) > 200
    assert [file for file in FILES if requirement_of(file) is None] == []


@pytest.mark.parametrize("requirement", requirements(), ids=lambda each: each.id)
def test_a_requirement_is_said_in_each_language_and_its_paths_exist(requirement: Requirement) -> None:
    assert set(requirement.name) == set(requirement.asks) == set(LANGUAGES)
    assert [path for path in requirement.tests if not (ROOT / path).exists()] == []
    assert any(requirement_of(file) == requirement.id for file in FILES)


def test_the_longest_path_decides() -> None:
    assert requirement_of("tests/documents/test_tlv.py") == "documents"
    assert requirement_of("tests/documents/chip/test_bac.py") == "chip"
    assert requirement_of("tests/documents/chip/simulator/test_chip.py") == "simulator"
    assert requirement_of("tests/documentation/test_x.py") is None


def test_no_id_and_no_path_stands_twice() -> None:
    ids = [each.id for each in requirements()]
    paths = [path for each in requirements() for path in each.tests]
    assert len(set(ids)) == len(ids)
    assert len(set(paths)) == len(paths)
