"""The test cases of BSI TR-03105-5.1 with what this run says of each."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.report.results import Outcome, TestResult

TABLE = Path(__file__).resolve().parents[2] / "docs" / "tr-03105-5.1.csv"
_TESTS = "tests/documents/tr_03105/"
#: From the best to the worst: a case of several tests is as good as its worst.
_ORDER = (Outcome.PASSED, Outcome.SKIPPED, Outcome.NOT_RUN, Outcome.FAILED)


@dataclass(frozen=True, slots=True)
class TestCase:
    """A row of the table. `outcome` is that of the tests with this id; None where there are none."""

    __test__ = False  # no test of its own

    id: str
    what: str
    status: str
    why: str
    outcome: Outcome | None


def cases_of(results: Iterable[TestResult]) -> tuple[TestCase, ...]:
    found: dict[str, list[Outcome]] = defaultdict(list)
    for each in results:
        if each.file.startswith(_TESTS) and each.case:
            found[each.case].append(each.outcome)
    with TABLE.open(encoding="utf-8", newline="") as stream:
        return tuple(
            TestCase(
                id=row["id"],
                what=row["what"],
                status=row["status"],
                why=row["why"],
                outcome=max(found[row["id"]], key=_ORDER.index) if row["id"] in found else None,
            )
            for row in csv.DictReader(stream)
        )
