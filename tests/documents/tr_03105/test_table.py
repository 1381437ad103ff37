"""The table of all test cases says what is tested here, and nothing else."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

from tests.documents.tr_03105 import (
    test_access,
    test_active,
    test_chip_authentication,
    test_files,
    test_pace,
    test_protocol_files,
    test_security_object,
    test_terminal,
)

ROOT = Path(__file__).resolve().parents[3]
MODULES = (
    *(test_access, test_active, test_chip_authentication, test_files),
    *(test_pace, test_protocol_files, test_security_object, test_terminal),
)
#: Headings of the test plan, version 1.5, by unit.
UNITS = {
    "ISO7816_A": 3,
    "ISO7816_B": 10,
    "ISO7816_C": 8,
    "ISO7816_D": 15,
    "ISO7816_E": 38,
    "ISO7816_F": 9,
    "ISO7816_G": 41,
    "LDS_A": 10,
    "LDS_B": 28,
    "LDS_C": 28,
    "LDS_D": 16,
    "LDS_E": 14,
    "LDS_F": 7,
    "LDS_G": 2,
    "LDS_H": 98,
    "LDS_I": 3,
    "LDS_J": 4,
    "LDS_K": 4,
}


def table() -> list[dict[str, str]]:
    with (ROOT / "docs" / "tr-03105-5.1.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def with_status(status: str) -> set[str]:
    return {row["id"] for row in table() if row["status"] == status}


def test_every_case_of_the_test_plan_has_its_row() -> None:
    ids = [row["id"] for row in table()]
    assert len(ids) == len(set(ids)) == 338
    assert Counter(id.rpartition("_")[0] for id in ids) == UNITS


def test_what_is_said_to_be_covered_is_tested_and_the_other_way_round() -> None:
    assert with_status("covered") == {id for module in MODULES for id in module.CASES}
    assert with_status("differs") == {id for module in MODULES for id in getattr(module, "DIFFERING", {})}


def test_what_is_not_covered_says_why() -> None:
    for row in table():
        assert row["status"] in {"covered", "differs", "no", "deleted"}
        assert bool(row["why"]) == (row["status"] != "covered"), row["id"]
        assert row["what"]
