"""The list of the verification standard: whole, each point once, and each test that it names exists."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
#: How many points of levels 1 and 2 each section of version 5.0.0 has.
SECTIONS = {
    "1.1": 2,
    "1.2": 9,
    "1.3": 11,
    "1.4": 3,
    "1.5": 2,
    "2.1": 3,
    "2.2": 3,
    "2.3": 4,
    "2.4": 1,
    "3.2": 2,
    "3.3": 4,
    "3.4": 6,
    "3.5": 5,
    "3.7": 2,
    "4.1": 3,
    "4.2": 1,
    "4.3": 2,
    "4.4": 4,
    "5.1": 1,
    "5.2": 3,
    "5.3": 2,
    "5.4": 3,
    "6.1": 3,
    "6.2": 12,
    "6.3": 4,
    "6.4": 4,
    "6.5": 5,
    "6.6": 3,
    "6.8": 4,
    "7.1": 3,
    "7.2": 4,
    "7.3": 2,
    "7.4": 5,
    "7.5": 2,
    "7.6": 2,
    "8.1": 2,
    "8.2": 3,
    "8.3": 1,
    "8.4": 1,
    "9.1": 3,
    "9.2": 4,
    "10.1": 2,
    "10.2": 2,
    "10.3": 4,
    "10.4": 11,
    "10.5": 5,
    "10.6": 2,
    "10.7": 3,
    "11.1": 2,
    "11.2": 3,
    "11.3": 3,
    "11.4": 4,
    "11.5": 1,
    "11.6": 1,
    "12.1": 3,
    "12.2": 2,
    "12.3": 4,
    "13.1": 1,
    "13.2": 5,
    "13.3": 2,
    "13.4": 5,
    "14.1": 2,
    "14.2": 4,
    "14.3": 3,
    "15.1": 3,
    "15.2": 3,
    "15.3": 7,
    "16.1": 1,
    "16.2": 5,
    "16.3": 4,
    "16.4": 3,
    "16.5": 3,
    "17.1": 1,
    "17.2": 4,
    "17.3": 2,
}
_ROW = re.compile(r"^\| (\d+\.\d+)\.(\d+)(?:-(\d+))? \| (.+?) \| (holds|partly|open|not here) \| (.+) \|$", re.M)
_TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def text() -> str:
    return (ROOT / "docs" / "asvs.md").read_text(encoding="utf-8")


def rows() -> list[tuple[str, range, str, str]]:
    """Section, numbers within it, state, and what is said."""
    return [
        (section, range(int(first), int(last or first) + 1), state, said)
        for section, first, last, _, state, said in _ROW.findall(text())
    ]


def test_every_point_of_levels_1_and_2_is_there_once() -> None:
    found = Counter((section, number) for section, numbers, _, _ in rows() for number in numbers)
    assert found == Counter((section, number) for section, last in SECTIONS.items() for number in range(1, last + 1))
    assert found.total() == 253


def test_what_holds_names_a_test_and_every_test_that_is_named_exists() -> None:
    for section, numbers, state, said in rows():
        named = _TEST.findall(said)
        assert named or state != "holds", f"{section}.{numbers[0]}"
        for file, function in named:
            tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
            known = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
            assert not function or function in known, f"{section}.{numbers[0]}: {file}::{function}"


def test_the_sums_are_those_of_the_table() -> None:
    counted: Counter[str] = Counter()
    for _, numbers, state, _ in rows():
        counted[state] += len(numbers)
    said = re.search(r"Of (\d+) points (\d+) hold, (\d+) hold partly, (\d+) are open, and (\d+) are not here", text())
    assert said is not None
    wanted = (counted.total(), counted["holds"], counted["partly"], counted["open"], counted["not here"])
    assert tuple(map(int, said.groups())) == wanted
